import { Agent } from 'node:http';
import type { Update } from '@grammyjs/types';
import { type Params, readFlag, readInteger, readString } from './params.ts';
import { readAllowed } from './polling.ts';
import { badRequest, type Failure, type Reply, succeed } from './reply.ts';
import { placeOf } from './updates.ts';
import { type Posted, postUpdate } from './webhook-request.ts';
import type { World } from './world.ts';

/** Delivers updates by HTTP POST while a webhook is set. */
export interface Webhook {
  url(): string;
  set(params: Params): Reply;
  remove(params: Params): Reply;
  info(): Reply;
  close(): void;
}

export interface WebhookDeps {
  readonly world: World;
  /** Ends a waiting getUpdates. */
  readonly interrupt: (reason: string) => void;
  /** Runs a method call found in the webhook's response. */
  readonly execute: (params: Params) => void;
}

interface Settings {
  readonly url: string;
  readonly secret: string | undefined;
  readonly connections: number;
  readonly agent: Agent;
}

const DEFAULT_CONNECTIONS = 40;
/** After WebhookActor: an update that failed is tried again at once, then after 2, 4, 8 … s, at most a minute. */
const SECOND_RETRY_MS = 2_000;
const LAST_RETRY_MS = 60_000;
/** A longer Retry-After is cut to an hour. */
const MAX_RETRY_AFTER_S = 3_600;
/** How far behind the queue's head an update of another chat is looked for. */
const LOOK_AHEAD = 1_000;

export function createWebhook({ world, interrupt, execute }: WebhookDeps): Webhook {
  let settings: Settings | undefined;
  let stopListening = () => {};
  let lastError: { readonly at: number; readonly message: string } | undefined;
  /** Places with an update in the air or waiting to be tried again: one at a time each, so that order holds. */
  let busy = new Map<string, () => void>();
  let inAir = 0;
  let scheduled = false;

  function pump(): void {
    scheduled = false;
    if (!settings || inAir >= settings.connections) return;
    for (const update of world.queue.take(0, LOOK_AHEAD)) {
      if (inAir >= settings.connections) return;
      const place = placeOf(update);
      if (!busy.has(place)) attempt(settings, update, place, 0);
    }
  }

  function attempt(current: Settings, update: Update, place: string, failures: number): void {
    inAir++;
    busy.set(place, () => {});
    void postUpdate(current, update).then((posted) => {
      // The webhook was changed or removed meanwhile: its updates are the next one's.
      if (settings !== current) return;
      inAir--;
      if (posted.ok) {
        world.queue.confirm(update.update_id);
        busy.delete(place);
        if (posted.call) execute(posted.call);
      } else {
        retryLater(current, update, place, failures, posted);
      }
      pump();
    });
  }

  function retryLater(current: Settings, update: Update, place: string, failures: number, posted: Posted): void {
    lastError = { at: Math.floor(world.now() / 1_000), message: posted.error };
    const cancel = world.after(waitAfter(posted, failures), () => {
      if (settings !== current) return;
      busy.delete(place);
      // It may have expired, or been dropped, meanwhile.
      if (world.queue.has(update.update_id)) attempt(current, update, place, failures + 1);
      else pump();
    });
    busy.set(place, cancel);
  }

  function stop(): void {
    stopListening();
    for (const cancel of busy.values()) cancel();
    busy = new Map();
    inAir = 0;
    settings?.agent.destroy();
    settings = undefined;
  }

  function remove(params: Params): Reply {
    const was = settings !== undefined;
    stop();
    lastError = undefined;
    if (readFlag(params, 'drop_pending_updates')) world.queue.clear();
    return { ...succeed(true), description: was ? 'Webhook was deleted' : 'Webhook is already deleted' };
  }

  return {
    url: () => settings?.url ?? '',
    remove,
    set(params) {
      const url = readString(params, 'url') ?? '';
      if (url === '') return remove(params);
      const secret = readString(params, 'secret_token');
      const refused = checkUrl(url) ?? checkSecret(secret);
      if (refused) return refused;
      interrupt('terminated by setWebhook request');
      stop();
      const types = readAllowed(params);
      if (types) world.queue.allow(types);
      if (readFlag(params, 'drop_pending_updates')) world.queue.clear();
      const asked = readInteger(params, 'max_connections') ?? DEFAULT_CONNECTIONS;
      const connections = Math.min(Math.max(asked, 1), 100);
      const agent = new Agent({ keepAlive: true, maxSockets: connections });
      settings = { url, secret: secret === '' ? undefined : secret, connections, agent };
      lastError = undefined;
      stopListening = world.queue.onPush(() => {
        if (!scheduled) queueMicrotask(pump);
        scheduled = true;
      });
      pump();
      return { ...succeed(true), description: 'Webhook was set' };
    },
    info() {
      const allowed = world.queue.allowed();
      return succeed({
        url: settings?.url ?? '',
        has_custom_certificate: false,
        pending_update_count: world.queue.size(),
        ...(settings ? { max_connections: settings.connections, ip_address: '127.0.0.1' } : {}),
        ...(lastError ? { last_error_date: lastError.at, last_error_message: lastError.message } : {}),
        ...(allowed ? { allowed_updates: allowed } : {}),
      });
    },
    close: stop,
  };
}

function waitAfter({ retryAfter }: Posted, failures: number): number {
  if (retryAfter !== undefined) return Math.min(retryAfter, MAX_RETRY_AFTER_S) * 1_000;
  return failures === 0 ? 0 : Math.min(SECOND_RETRY_MS * 2 ** (failures - 1), LAST_RETRY_MS);
}

/** The emulator reaches loopback only, and there plain HTTP on any port; the rest is refused as Telegram would. */
function checkUrl(url: string): Failure | undefined {
  if (!URL.canParse(url)) return badRequest('bad webhook: invalid webhook URL specified');
  const { protocol, hostname, port } = new URL(url);
  if (protocol === 'http:' && (hostname === '127.0.0.1' || hostname === 'localhost')) return undefined;
  if (protocol !== 'https:') return badRequest('bad webhook: An HTTPS URL must be provided for webhook');
  if (!['', '443', '80', '88', '8443'].includes(port)) {
    return badRequest('bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443');
  }
  return badRequest('bad webhook: Failed to resolve host: the emulator reaches http://127.0.0.1 only');
}

function checkSecret(secret: string | undefined): Failure | undefined {
  if (secret === undefined || secret === '') return undefined;
  if (secret.length > 256) return badRequest('secret token is too long');
  return /^[A-Za-z0-9_-]+$/.test(secret) ? undefined : badRequest('secret token contains unallowed characters');
}
