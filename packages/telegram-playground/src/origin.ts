import type { IncomingMessage } from 'node:http';
import { BlockList, isIP } from 'node:net';

const LOOPBACK = new BlockList();
LOOPBACK.addSubnet('127.0.0.0', 8, 'ipv4');
LOOPBACK.addAddress('::1', 'ipv6');

/** Whether an IP address, ::ffff:127.0.0.1 among them, is this machine's alone. */
export function isLoopback(address: string): boolean {
  const family = isIP(address);
  return family !== 0 && LOOPBACK.check(address, family === 4 ? 'ipv4' : 'ipv6');
}

/** What of a request tells whose it is. */
export interface Visit {
  readonly headers: IncomingMessage['headers'];
  readonly socket: { readonly remoteAddress?: string | undefined };
}

/**
 * Whether a request comes from this very page or from a program. Anybody can write a Host, so it is the socket that
 * tells whether somebody is on this machine; `open` lets others in. A foreign name that resolves to our address shows in
 * Host (DNS rebinding), another site's page in Origin and Sec-Fetch-Site.
 */
export function isTrusted({ headers, socket }: Visit, open: boolean): boolean {
  const { host, origin } = headers;
  if (!open && !isLoopback(socket.remoteAddress ?? '')) return false;
  if (host === undefined || !isOwnName(`http://${host}`, open)) return false;
  if (origin !== undefined && origin !== `http://${host}`) return false;
  const site = headers['sec-fetch-site'];
  // "none" is a person typing the address; following a link from elsewhere to the page itself is harmless too.
  return site === undefined || site === 'same-origin' || site === 'none' || headers['sec-fetch-mode'] === 'navigate';
}

/** No foreign name can be an address: whoever is let in from elsewhere writes that. */
function isOwnName(url: string, open: boolean): boolean {
  if (!URL.canParse(url)) return false;
  const name = new URL(url).hostname.replace(/^\[|\]$/g, '');
  return name === 'localhost' || isLoopback(name) || (open && isIP(name) !== 0);
}
