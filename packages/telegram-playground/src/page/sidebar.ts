import type { Actions } from './actions.ts';
import { previewText, serviceText } from './bubble.ts';
import { type Conversation, messagesOf } from './conversation.ts';
import { el, icon, setText } from './dom.ts';
import { identityRow } from './identity.ts';
import type { Notices } from './notices.ts';
import { authorOf, avatar } from './people.ts';
import type { Scene, Store } from './store.ts';
import { themeButton } from './theme.ts';
import { timeText } from './time.ts';
import { WORDING } from './wording.ts';

/** Who speaks, which chat is open, and the switches that concern all chats. */
export function createSidebar(store: Store, actions: Actions, notices: Notices, opened: () => void) {
  const people = identityRow(store);
  const brand = el('span');
  const brandNote = el('span', { class: 'brand-note' });
  const list = el('ul', { class: 'chats' });
  const privacy = privacySwitch(actions);
  const reset = el(
    'button',
    { type: 'button', class: 'wide-button', title: WORDING.resetNote },
    icon('reset'),
    WORDING.reset,
  );
  reset.addEventListener('click', async () => {
    if (await notices.confirm(WORDING.resetSure, WORDING.reset)) await actions.do({ type: 'reset' });
  });
  const element = el(
    'aside',
    { class: 'sidebar', 'aria-label': WORDING.chats },
    el('header', { class: 'sidebar-head' }, el('h1', { class: 'brand' }, brand, brandNote), themeButton()),
    el('h2', { class: 'section-title' }, WORDING.speakAs),
    people.element,
    el('nav', { 'aria-label': WORDING.chats, class: 'chats-nav' }, list),
    el('div', { class: 'sidebar-foot' }, privacy.element, reset),
  );
  const rows = new Map<string, ReturnType<typeof chatRow>>();

  function rowOf(conversation: Conversation): ReturnType<typeof chatRow> {
    const key = `${conversation.room.id}/${conversation.key}`;
    const known = rows.get(key);
    if (known) return known;
    const made = chatRow(conversation, () => {
      store.change({ conversation: conversation.key, screen: 'chat' });
      opened();
    });
    rows.set(key, made);
    return made;
  }

  return {
    element,
    update() {
      const scene = store.scene();
      if (!scene) return;
      setText(brand, scene.world.words.brand);
      setText(brandNote, scene.world.words.brandNote);
      people.update(scene);
      privacy.update(scene.world.privacy);
      const wanted = scene.conversations.map((conversation) => {
        const row = rowOf(conversation);
        row.update(scene, conversation);
        return row.element;
      });
      // Moving nodes about would lose the focus.
      if (wanted.some((node, i) => list.children[i] !== node) || list.children.length !== wanted.length) {
        list.replaceChildren(...wanted);
      }
    },
  };
}

function chatRow(first: Conversation, open: () => void) {
  const { room, title, within } = first;
  const isPrivate = room.owner !== undefined;
  const note = el('span', { class: 'chat-note' });
  const time = el('span', { class: 'chat-time' });
  const kind = within ?? (isPrivate ? WORDING.privateNote : '');
  const looks = isPrivate ? 'bot' : within === undefined ? '' : 'topic';
  const letter = looks === 'topic' ? '#' : title;
  const picture = avatar(room.id + (first.topic ?? 0), letter, `chat-picture ${looks}`.trim());
  const button = el(
    'button',
    { type: 'button', class: 'chat' },
    picture,
    el('span', { class: 'chat-title' }, title, kind === '' ? undefined : el('span', { class: 'chat-kind' }, kind)),
    time,
    note,
  );
  button.addEventListener('click', open);
  return {
    element: el('li', {}, button),
    update({ world, conversation: current }: Scene, conversation: Conversation) {
      const last = messagesOf(world, conversation).at(-1);
      if (conversation.key === current.key) button.setAttribute('aria-current', 'true');
      else button.removeAttribute('aria-current');
      setText(time, last ? timeText(last.date, world.clock.timeZone) : '');
      const service = last && serviceText(last);
      const text = last && (service ?? `${isPrivate ? '' : `${authorOf(last).name}：`}${previewText(last)}`);
      setText(note, text ?? WORDING.noMessages);
    },
  };
}

function privacySwitch(actions: Actions) {
  const note = el('span', { class: 'switch-note' });
  const element = el(
    'button',
    { type: 'button', class: 'switch', role: 'switch', 'aria-checked': 'true' },
    el('span', { class: 'switch-label' }, WORDING.privacy, note),
    el('span', { class: 'switch-track' }),
  );
  element.addEventListener('click', () => {
    void actions.do({ type: 'privacy', on: element.getAttribute('aria-checked') !== 'true' });
  });
  return {
    element,
    update(on: boolean) {
      element.setAttribute('aria-checked', String(on));
      setText(note, on ? WORDING.privacyOn : WORDING.privacyOff);
    },
  };
}
