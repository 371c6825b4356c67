import type { AddressInfo } from 'node:net';
import type { Update, UserFromGetMe } from '@grammyjs/types';
import { bind, createCaller, type MethodTable } from './caller.ts';
import { type Buttons, createButtons } from './controls/buttons.ts';
import { createPeople, type People } from './controls/people.ts';
import { createPlaces, type Places } from './controls/places.ts';
import { createRule, type Rule } from './controls/rule.ts';
import { createWatch, type Watch } from './controls/watch.ts';
import { createFaults, type Faults } from './faults.ts';
import { chats } from './methods/chats.ts';
import { commands } from './methods/commands.ts';
import { editing } from './methods/editing.ts';
import { queries } from './methods/queries.ts';
import { sending } from './methods/sending.ts';
import type { Pace } from './pace.ts';
import { createPoller, type Poller } from './polling.ts';
import { createCheck } from './schema/check.ts';
import { loadSchema } from './schema/load.ts';
import { createHttpServer } from './server.ts';
import type { UpdateBody, UpdateType } from './updates.ts';
import { createWebhook, type Webhook } from './webhook.ts';
import { createWorld, type World, type WorldOptions } from './world.ts';

export interface EmulatorOptions extends WorldOptions {
  /** Milliseconds before any call is answered. */
  readonly latencyMs?: number;
}

/** An emulated Telegram with one bot: its Bot API over HTTP, and the people around it. */
export interface Emulator {
  readonly token: string;
  readonly places: Places;
  readonly people: People;
  readonly rule: Rule;
  readonly buttons: Buttons;
  readonly watch: Watch;
  readonly pace: Pace;
  readonly faults: Faults;
  /** The bot as getMe tells it. */
  bot(): UserFromGetMe;
  /** Privacy mode on: a group delivers only what is addressed to the bot. */
  setPrivacy(on: boolean): void;
  /** Queues an update as it is, for shapes that no control makes; undefined when allowed_updates leaves it out. */
  raw(update: UpdateBody): Update | undefined;
  /** `url` is what a client takes as its API root. */
  listen(port?: number): Promise<{ readonly url: string }>;
  close(): Promise<void>;
}

export function createEmulator(options: EmulatorOptions = {}): Emulator {
  const world = createWorld(options);
  const poller = createPoller(world, () => webhook.url());
  const webhook = createWebhook({
    world,
    interrupt: poller.interrupt,
    execute: ({ method, ...params }) =>
      void caller.call(String(method), { params, uploads: new Map(), textual: false }),
  });
  const faults = createFaults(world.random);
  const methods = tableOf(world, poller, webhook);
  const schema = loadSchema();
  const caller = createCaller({
    world,
    methods,
    faults,
    isKnown: (method) => Object.hasOwn(schema.methods, method),
    check: createCheck(schema),
    latency: options.latencyMs ?? 0,
  });
  const server = createHttpServer(world, caller);
  return {
    token: world.token,
    places: createPlaces(world),
    people: createPeople(world),
    rule: createRule(world),
    buttons: createButtons(world),
    watch: createWatch(world, poller.waiting),
    pace: world.pace,
    faults,
    raw: (update) => queueRaw(world, update),
    bot: () => world.bot,
    setPrivacy(on) {
      world.bot = { ...world.bot, can_read_all_group_messages: !on };
    },
    listen(port = 0) {
      return new Promise((resolve, reject) => {
        server.once('error', reject);
        server.listen(port, '127.0.0.1', () => {
          server.off('error', reject);
          resolve({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` });
        });
      });
    },
    close() {
      poller.interrupt();
      webhook.close();
      return new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      });
    },
  };
}

function tableOf(world: World, poller: Poller, webhook: Webhook): MethodTable {
  const all = [...bind(world, { ...sending, ...editing, ...queries, ...commands, ...chats })];
  const table = new Map(all.map(([name, run]) => [name.toLowerCase(), { name, run }]));
  table.set('setwebhook', { name: 'setWebhook', run: ({ params }) => webhook.set(params) });
  table.set('deletewebhook', { name: 'deleteWebhook', run: ({ params }) => webhook.remove(params) });
  table.set('getwebhookinfo', { name: 'getWebhookInfo', run: () => webhook.info() });
  table.set('getupdates', { name: 'getUpdates', run: ({ params }, onHangUp) => poller.getUpdates(params, onHangUp) });
  return table;
}

function queueRaw(world: World, body: UpdateBody): Update | undefined {
  const [type, content] = Object.entries(body)[0] ?? [];
  if (type === undefined) return undefined;
  const update = world.queue.push(type as UpdateType, content as never);
  if (update) world.events.emit({ kind: 'update', update });
  return update;
}
