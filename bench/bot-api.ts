import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Update, UserFromGetMe } from '@grammyjs/types';

/**
 * A Bot API with nothing behind it: it makes up its updates and says yes to every call at once, so that what is
 * measured is the bot. The emulated Bot API checks every call, which costs more than an echo.
 */
export interface PlainBotApi {
  readonly url: string;
  /** Updates given out so far. */
  served(): number;
  close(): Promise<void>;
}

export const TOKEN = '7000000001:AA-the-token-of-a-bot-that-is-measured';

export const ME: UserFromGetMe = {
  id: 7_000_000_001,
  is_bot: true,
  first_name: '问策',
  username: 'wence_bot',
  can_join_groups: true,
  can_read_all_group_messages: true,
  supports_inline_queries: true,
  can_connect_to_business: false,
  has_main_web_app: false,
  has_topics_enabled: false,
  allows_users_to_create_topics: false,
  can_manage_bots: false,
  supports_join_request_queries: false,
};

/** `updateAt` makes the update with that number, counted from 0, out of so many. */
export async function startPlainBotApi(updates: number, updateAt: (number: number) => Update): Promise<PlainBotApi> {
  const resultOf = createResults();
  let served = 0;

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const method = methodOf(request.url ?? '');
    const body = await bodyOf(request);
    const result = method === 'getUpdates' ? await poll(JSON.parse(body)) : resultOf(method);
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ ok: true, result }));
  }

  async function poll({ offset = 1, limit = 100 }: { offset?: number; limit?: number }): Promise<readonly Update[]> {
    // Update ids are 1 + the number.
    const from = Math.max(0, offset - 1);
    const to = Math.min(updates, from + limit);
    if (to <= from) await new Promise((resolve) => setTimeout(resolve, 100));
    served = Math.max(served, to);
    return Array.from({ length: Math.max(0, to - from) }, (_, i) => updateAt(from + i));
  }

  const server = createServer((request, response) => {
    handle(request, response).catch(() => response.destroy());
  });
  server.keepAliveTimeout = 60_000;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    served: () => served,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** The last part of a call's address. */
export function methodOf(url: string): string {
  return url.split('?')[0]?.split('/').at(-1) ?? '';
}

/** What is said to each call but the poll. */
export function createResults(): (method: string) => unknown {
  let messageId = 0;
  return (method) => {
    if (method === 'getMe') return ME;
    if (method === 'getChatMember') return { status: 'administrator', user: ME };
    if (!method.startsWith('send') && !method.startsWith('editMessage')) return true;
    return {
      message_id: ++messageId,
      date: 1_767_225_600,
      chat: { id: 1, type: 'private', first_name: '居民' },
      text: '',
    };
  };
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString() || '{}';
}
