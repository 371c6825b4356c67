import type { Api } from 'grammy';
import type { Timers } from '../delivery/timers.ts';
import { persist } from '../patience.ts';
import type { Log, Store } from '../storage/store.ts';
import type { Intake } from './intake.ts';
import type { Polling } from './polling.ts';
import { createWebhook } from './webhook.ts';
import { registerWebhook, type WebhookAddress } from './webhook-registration.ts';

export interface WebhookSourceDeps {
  readonly host: string;
  readonly port: number;
  readonly webhook: WebhookAddress;
  readonly api: Api;
  readonly intake: Intake;
  readonly store: Store;
  readonly log: Log;
  readonly timers: Timers;
}

/** Updates by webhook, as polling would bring them. */
export function createWebhookSource(deps: WebhookSourceDeps): Polling {
  const { webhook, api, intake, store, log, timers } = deps;
  const { pathname: path } = new URL(webhook.url);
  const server = createWebhook(intake, log, { path, secret: webhook.secret });
  const stopping = new AbortController();
  let stopped: Promise<void> | undefined;
  return {
    async run() {
      const { promise: asked, resolve } = Promise.withResolvers<void>();
      stopping.signal.addEventListener('abort', () => resolve());
      const port = await server.listen(deps.host, deps.port);
      log.info({ host: deps.host, port, path }, '等 Telegram 送来更新');
      // What is set before somebody listens would only fail.
      const registered = persist(
        () => registerWebhook(api, webhook, store, log, stopping.signal),
        (err) => log.warn({ err }, 'webhook 没有设上，稍后再试'),
        timers,
        stopping.signal,
      ).catch(() => {});
      if (!stopping.signal.aborted) await asked;
      await Promise.all([registered, stopped]);
    },
    stop() {
      stopped ??= server.stop();
      stopping.abort();
    },
    // An answered request is confirmed.
    confirm: async () => {},
  };
}
