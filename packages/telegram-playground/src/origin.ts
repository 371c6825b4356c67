import type { IncomingMessage } from 'node:http';

const LOOPBACK: ReadonlySet<string> = new Set(['127.0.0.1', 'localhost', '[::1]']);

/**
 * Whether a request comes from this very page or from a program on this machine. A foreign name that resolves to
 * loopback shows in Host (DNS rebinding), another site's page in Origin and Sec-Fetch-Site.
 */
export function isTrusted({ headers }: IncomingMessage): boolean {
  const { host, origin } = headers;
  if (host === undefined || !isLoopback(`http://${host}`)) return false;
  if (origin !== undefined && origin !== `http://${host}`) return false;
  const site = headers['sec-fetch-site'];
  // "none" is a person typing the address; following a link from elsewhere to the page itself is harmless too.
  return site === undefined || site === 'same-origin' || site === 'none' || headers['sec-fetch-mode'] === 'navigate';
}

function isLoopback(url: string): boolean {
  return URL.canParse(url) && LOOPBACK.has(new URL(url).hostname);
}
