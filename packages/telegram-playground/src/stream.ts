import type { ServerResponse } from 'node:http';
import type { ServerEvent } from './protocol.ts';

/** Server-Sent Events to every open page. */
export interface Stream {
  publish(event: ServerEvent): void;
  /** Starts a response: with what was missed since `lastId` when that is still known, otherwise with a snapshot. */
  open(response: ServerResponse, lastId: string | undefined, snapshot: () => ServerEvent): void;
  close(): void;
}

/** Events kept for pages that come back. */
const KEPT = 1_000;
/** Milliseconds after which a page that lost its stream tries again. */
const RETRY_MS = 1_000;

/** `session` tells one run of the server from another: an id of an earlier run means nothing in this one. */
export function createStream(session: string): Stream {
  const open = new Set<ServerResponse>();
  let kept: { readonly number: number; readonly frame: string }[] = [];
  let count = 0;

  const frameOf = (number: number, event: ServerEvent) =>
    `id: ${session}-${number}\ndata: ${JSON.stringify(event)}\n\n`;

  function missed(lastId: string | undefined): readonly string[] | undefined {
    const [, run, number] = /^(.+)-(\d+)$/.exec(lastId ?? '') ?? [];
    const last = Number(number);
    if (run !== session || last > count || last < count - kept.length) return undefined;
    return kept.filter((each) => each.number > last).map(({ frame }) => frame);
  }

  return {
    publish(event) {
      const frame = frameOf(++count, event);
      kept.push({ number: count, frame });
      if (kept.length > KEPT * 1.25) kept = kept.slice(-KEPT);
      for (const response of open) response.write(frame);
    },
    open(response, lastId, snapshot) {
      response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8', connection: 'keep-alive' });
      response.write(`retry: ${RETRY_MS}\n\n`);
      for (const frame of missed(lastId) ?? [frameOf(count, snapshot())]) response.write(frame);
      open.add(response);
      response.once('close', () => open.delete(response));
    },
    close() {
      for (const response of open) response.end();
    },
  };
}
