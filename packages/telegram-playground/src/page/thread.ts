import type { Message } from '@grammyjs/types';
import type { Actions } from './actions.ts';
import { type BubbleEvents, bubble, dress, rankIn, serviceText } from './bubble.ts';
import { messagesOf } from './conversation.ts';
import { el, iconButton, setText } from './dom.ts';
import { emptyState } from './empty-state.ts';
import { authorOf, isOwn } from './people.ts';
import { followEnd } from './scrolling.ts';
import type { Scene, Store } from './store.ts';
import { dayText } from './time.ts';
import { WORDING } from './wording.ts';
import { keyOf } from './world.ts';

export interface Thread {
  readonly element: HTMLElement;
  update(): void;
}

/** Messages of one author closer than this stand together, as in Telegram. Seconds. */
const GROUPING_S = 600;

interface Entry {
  readonly key: string;
  readonly source: unknown;
  make(): HTMLElement;
  settle(node: HTMLElement): void;
}

/** The messages of the open conversation. Nodes are kept as long as their message stays the same. */
export function createThread(store: Store, actions: Actions, events: BubbleEvents): Thread {
  const list = el('ol', { class: 'messages', role: 'list' });
  const log = el('div', { class: 'log', role: 'log', 'aria-label': WORDING.messages, 'aria-live': 'polite' }, list);
  const badge = el('span', { class: 'down-badge' });
  const down = iconButton('down', WORDING.down, 'down');
  down.append(badge);
  const empty = el('div', { class: 'empty' });
  const element = el('div', { class: 'thread' }, log, empty, down);
  const end = followEnd(log, (away, unseen) => {
    down.classList.toggle('shown', away);
    down.tabIndex = away ? 0 : -1;
    setText(badge, unseen === 0 ? '' : String(unseen));
    down.setAttribute('aria-label', unseen === 0 ? WORDING.down : `${WORDING.down}，${WORDING.newMessages(unseen)}`);
  });
  down.addEventListener('click', () => end.toEnd('smooth'));
  let nodes = new Map<string, { readonly source: unknown; readonly node: HTMLElement }>();
  let shown = '';

  function update(): void {
    const scene = store.scene();
    if (!scene) return;
    const { conversation, person, world } = scene;
    const place = `${conversation.room.id}/${conversation.key}`;
    const opened = place !== shown;
    const messages = messagesOf(world, conversation);
    const newest = messages.at(-1);
    const fresh = newest !== undefined && !nodes.has(keyOf(newest));
    if (opened) {
      shown = place;
      nodes = new Map();
      list.replaceChildren();
    }
    // Opening a chat isn't news: only what comes later is read out.
    log.setAttribute('aria-live', opened ? 'off' : 'polite');
    list.classList.toggle('private', conversation.room.owner !== undefined);
    list.classList.toggle('group', conversation.room.owner === undefined);
    reconcile(entriesOf(messages, scene), opened);
    emptyState(empty, scene, messages.length > 0 && messages.some((each) => serviceText(each) === undefined), actions);
    if (opened || (fresh && isOwn(newest, person))) end.toEnd();
    else end.grown(fresh);
    if (opened) setTimeout(() => log.setAttribute('aria-live', 'polite'));
  }

  function entriesOf(messages: readonly Message[], scene: Scene): readonly Entry[] {
    const entries: Entry[] = [];
    let day = '';
    for (const [i, message] of messages.entries()) {
      const text = dayText(message.date, scene.world, store.now());
      if (text !== day) entries.push(dayEntry(text, message));
      const before = text === day ? messages[i - 1] : undefined;
      const after = messages[i + 1];
      const sameDay = after && dayText(after.date, scene.world, store.now()) === text;
      day = text;
      entries.push(messageEntry(message, scene, before, sameDay ? after : undefined));
    }
    return entries;
  }

  function messageEntry(message: Message, scene: Scene, before?: Message, after?: Message): Entry {
    const key = keyOf(message);
    const service = serviceText(message);
    if (service !== undefined) {
      return { key, source: message, make: () => pill(service), settle: () => undefined };
    }
    const looks = {
      own: isOwn(message, scene.person),
      first: !together(before, message),
      last: !together(message, after),
      reached: scene.world.reached.has(key),
      rank: rankIn(message, scene),
      reaction: (scene.world.reactions.get(key) ?? []).join(''),
    };
    return {
      key,
      source: message,
      make: () => bubble(message, scene, actions, events),
      settle: (node) => dress(node, looks),
    };
  }

  function reconcile(entries: readonly Entry[], opened: boolean): void {
    const next: typeof nodes = new Map();
    let place: ChildNode | null = list.firstChild;
    for (const entry of entries) {
      const known = nodes.get(entry.key);
      const kept = known?.source === entry.source;
      const node = known && kept ? known.node : entry.make();
      entry.settle(node);
      next.set(entry.key, { source: entry.source, node });
      if (known && !kept) {
        if (place === known.node) place = known.node.nextSibling;
        swap(known.node, node);
      } else if (node === place) place = place.nextSibling;
      else list.insertBefore(node, place);
      if (!known && !opened) node.classList.add('arriving');
    }
    for (const [key, { node }] of nodes) if (!next.has(key)) node.remove();
    nodes = next;
    rove();
  }

  /** One message takes part in tabbing: the one last focused, or the newest. */
  function rove(): void {
    const items = [...list.querySelectorAll<HTMLElement>('.message')];
    if (
      items.some((item) => item.tabIndex === 0) &&
      items.at(-1)?.tabIndex !== 0 &&
      list.contains(document.activeElement)
    )
      return;
    for (const item of items) item.tabIndex = -1;
    const newest = items.at(-1);
    if (newest) newest.tabIndex = 0;
  }

  return { element, update };
}

/** Puts a message's new looks in its place; focus stays on the same button, or on the message. */
function swap(before: HTMLElement, after: HTMLElement): void {
  const focused = before.contains(document.activeElement) ? document.activeElement : undefined;
  after.tabIndex = before.tabIndex;
  before.replaceWith(after);
  if (!(focused instanceof HTMLElement)) return;
  const { row, column } = focused.dataset;
  const same = row && after.querySelector<HTMLElement>(`[data-row="${row}"][data-column="${column}"]`);
  (same || after).focus({ preventScroll: true });
}

function together(before: Message | undefined, after: Message | undefined): boolean {
  if (!before || !after || serviceText(before) !== undefined || serviceText(after) !== undefined) return false;
  return authorOf(before).id === authorOf(after).id && after.date - before.date < GROUPING_S;
}

function dayEntry(text: string, message: Message): Entry {
  const key = `day ${keyOf(message)}`;
  return { key, source: text, make: () => pill(text), settle: () => undefined };
}

function pill(text: string): HTMLElement {
  return el('li', { class: 'pill-row' }, el('span', { class: 'pill' }, text));
}
