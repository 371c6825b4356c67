import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { readBody } from './body.ts';
import type { Caller } from './caller.ts';
import type { Reply } from './reply.ts';
import type { World } from './world.ts';

/** The Bot API's HTTP side: /bot<token>/<method> and /file/bot<token>/<path>. */
export function createHttpServer(world: World, caller: Caller): Server {
  const server = createServer((request, response) => {
    handle(world, caller, request, response).catch((error: unknown) => {
      // A fault of the emulator itself; the caller sees it as Telegram's own.
      if (!response.headersSent) answer(response, 500, internalError(String(error)));
    });
  });
  server.keepAliveTimeout = 60_000;
  return server;
}

const NOT_FOUND: Reply = { ok: false, error_code: 404, description: 'Not Found' };
const UNAUTHORIZED: Reply = { ok: false, error_code: 401, description: 'Unauthorized' };

function internalError(reason: string): Reply {
  return { ok: false, error_code: 500, description: `Internal Server Error: ${reason}` };
}

async function handle(world: World, caller: Caller, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const [path = '', query] = splitQuery(request.url ?? '/');
  if (path.startsWith('/file/bot'))
    return sendFile(world, decodeURIComponent(path.slice('/file/bot'.length)), response);
  if (!path.startsWith('/bot')) return answer(response, 404, NOT_FOUND);
  const slash = path.lastIndexOf('/');
  const token = decodeURIComponent(path.slice('/bot'.length, slash));
  const method = path.slice(slash + 1);
  if (token !== world.token) {
    request.resume();
    return answer(response, 401, UNAUTHORIZED);
  }
  const body = await readBody(request, query);
  if (!body)
    return answer(response, 400, { ok: false, error_code: 400, description: "Bad Request: can't parse the request" });
  const outcome = await caller.call(method, body, (listener) => {
    response.once('close', listener);
    return () => response.off('close', listener);
  });
  switch (outcome.kind) {
    case 'reply':
      return answer(response, outcome.reply.ok ? 200 : outcome.reply.error_code, outcome.reply);
    case 'page':
      response.writeHead(outcome.status, { 'content-type': 'text/html' }).end(outcome.html);
      return;
    case 'body':
      response.writeHead(outcome.status, { 'content-type': 'application/json' }).end(outcome.text);
      return;
    case 'half':
      return answerHalf(response, outcome.reply, outcome.end);
    case 'reset':
      request.socket.resetAndDestroy();
      return;
    case 'silence':
      // Left open: the caller's own time-out ends it, or the emulator's close.
      return;
  }
}

function splitQuery(url: string): [string, URLSearchParams | undefined] {
  const mark = url.indexOf('?');
  return mark < 0 ? [url, undefined] : [url.slice(0, mark), new URLSearchParams(url.slice(mark + 1))];
}

function answer(response: ServerResponse, status: number, reply: Reply): void {
  const body = JSON.stringify(reply);
  response.writeHead(status, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) });
  // A string leaves together with the head in one write; a Buffer would not.
  response.end(body);
}

/** Sends the head and half of the body, and then breaks off, is silent, or goes on without end. */
function answerHalf(response: ServerResponse, reply: Reply, end: 'cut' | 'stall' | 'endless'): void {
  const body = JSON.stringify(reply);
  const length = end === 'endless' ? {} : { 'content-length': Buffer.byteLength(body) };
  response.writeHead(200, { 'content-type': 'application/json', ...length });
  const goOn = () => {
    if (!response.destroyed) response.write(' '.repeat(65_536), goOn);
  };
  response.write(body.slice(0, body.length / 2), () => {
    if (end === 'cut') response.destroy();
    if (end === 'endless') goOn();
  });
}

function sendFile(world: World, place: string, response: ServerResponse): void {
  const slash = place.indexOf('/');
  const isOurs = place.slice(0, slash) === world.token;
  const path = place.slice(slash + 1);
  const file = isOurs ? [...world.files.values()].find((each) => each.path === path) : undefined;
  if (file) {
    response.writeHead(200, { 'content-type': file.type, 'content-length': file.bytes.byteLength });
    response.end(file.bytes);
  } else {
    answer(response, isOurs ? 404 : 401, isOurs ? NOT_FOUND : UNAUTHORIZED);
  }
}
