import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Api } from 'grammy';
import type { Log, Store } from '../storage/store.ts';
import { ALLOWED_UPDATES } from './update-shape.ts';

export interface WebhookAddress {
  readonly url: string;
  readonly secret: string;
}

/** Connections that Telegram may open, shared by all replicas. */
const CONNECTIONS = 100;
const MARK = 'webhook';
/** In milliseconds: what another replica gets that has begun to set it. */
const ANOTHERS_MS = 2_000;

/**
 * Tells Telegram where to post, unless it knows: by one of several replicas, and again when the address, the secret or
 * the kinds of update have changed. The secret can't be asked for, so a hash of it is kept.
 */
export async function registerWebhook(
  api: Api,
  { url, secret }: WebhookAddress,
  { marks }: Pick<Store, 'marks'>,
  log: Log,
  signal: AbortSignal,
): Promise<void> {
  const until = signal as Parameters<typeof api.setWebhook>[2];
  const wanted = createHash('sha256')
    .update(JSON.stringify([url, secret, ALLOWED_UPDATES, CONNECTIONS]))
    .digest('base64url');
  const isSet = async () => {
    const info = await api.getWebhookInfo(until as Parameters<typeof api.getWebhookInfo>[0]);
    const kinds = [...(info.allowed_updates ?? [])].toSorted().join();
    return info.url === url && kinds === [...ALLOWED_UPDATES].toSorted().join();
  };
  const before = await marks.get(MARK);
  const isOurs = before !== wanted && (await marks.replace(MARK, before, wanted));
  if (!isOurs) {
    if (await isSet()) return;
    await sleep(ANOTHERS_MS, undefined, { signal });
    if (await isSet()) return;
  }
  await api.setWebhook(
    url,
    { secret_token: secret, allowed_updates: ALLOWED_UPDATES, max_connections: CONNECTIONS },
    until,
  );
  log.info({ url: new URL(url).host }, 'webhook 已设置');
}
