import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A service of the endpoint's form on loopback, which does with a request what a test says. */
export interface Service {
  readonly url: string;
  /** What was asked, in order: the parsed bodies, and what came along. */
  readonly asked: readonly Request[];
  /** From now on. */
  does(behaviour: Behaviour): void;
  close(): Promise<void>;
}

export interface Request {
  readonly path: string;
  readonly authorization: string | undefined;
  readonly body: {
    readonly model: string;
    readonly messages?: readonly { readonly role: string; readonly content: string }[];
    readonly input?: readonly string[];
    readonly [key: string]: unknown;
  };
}

export type Behaviour = (response: ServerResponse, request: Request) => unknown;

export async function startService(first: Behaviour): Promise<Service> {
  let behaviour = first;
  const asked: Request[] = [];
  const server = createServer(async (message, response) => {
    const request = {
      path: message.url ?? '',
      authorization: message.headers.authorization,
      body: await bodyOf(message),
    };
    asked.push(request);
    await behaviour(response, request);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    asked,
    does(next) {
      behaviour = next;
    },
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

async function bodyOf(message: IncomingMessage): Promise<Request['body']> {
  let text = '';
  for await (const chunk of message) text += chunk;
  return JSON.parse(text);
}

/** A completion with this text. */
export function says(text: string | ((request: Request) => string)): Behaviour {
  return (response, request) => {
    const content = typeof text === 'string' ? text : text(request);
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ object: 'chat.completion', choices: [{ message: { role: 'assistant', content } }] }));
  };
}

export function fails(status: number, headers: Readonly<Record<string, string>> = {}): Behaviour {
  return (response) => {
    response.writeHead(status, headers);
    response.end(JSON.stringify({ error: { message: `Incorrect API key provided: sk-sec**, status ${status}` } }));
  };
}

/** Takes the request and says nothing. */
export const hangs: Behaviour = () => {};

/** The number under which a prompt has a sentence that begins so; 0 when it is not there. */
export function numberIn({ body }: Request, beginning: string): number {
  const user = body.messages?.at(-1)?.content ?? '';
  const line = user.split('\n').find((one) => one.replace(/^\d+ /, '').startsWith(beginning) && /^\d+ /.test(one));
  return Number(line?.split(' ')[0] ?? 0);
}
