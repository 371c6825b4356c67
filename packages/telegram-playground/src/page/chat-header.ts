import { el, iconButton, setAttribute, setText } from './dom.ts';
import { avatar } from './people.ts';
import { isWide } from './screen.ts';
import type { Scene, Store } from './store.ts';
import { WORDING } from './wording.ts';

/** The open chat's name, who is typing in it, and the ways to its settings and the API calls. */
export function createChatHeader(store: Store, openSettings: () => void) {
  const back = iconButton('back', WORDING.back, 'back');
  const settings = iconButton('settings', WORDING.settings);
  const panel = iconButton('panel', WORDING.openPanel, 'panel-toggle');
  const picture = el('span', { class: 'header-picture' });
  const title = el('h2', { class: 'header-title' });
  const note = el('p', { class: 'header-note', role: 'status' });
  const element = el(
    'header',
    { class: 'chat-header' },
    back,
    picture,
    el('div', { class: 'header-text' }, title, note),
    settings,
    panel,
  );
  back.addEventListener('click', () => {
    store.change({ screen: 'list' });
    queueMicrotask(() => document.querySelector<HTMLElement>('.chat[aria-current]')?.focus());
  });
  settings.addEventListener('click', openSettings);
  panel.addEventListener('click', () => {
    const open = !store.scene()?.ui.panel;
    store.change({ panel: open });
    // Where the panel covers the chat, focus goes along; its close button brings it back.
    queueMicrotask(() => {
      if (open && !isWide()) document.querySelector<HTMLElement>('.panel-close')?.focus();
    });
  });
  let timer: ReturnType<typeof setTimeout> | undefined;

  function update(): void {
    const scene = store.scene();
    if (!scene) return;
    const { conversation, ui, world } = scene;
    const { room } = conversation;
    setText(title, conversation.title);
    if (picture.dataset.for !== `${room.id}/${conversation.key}`) {
      picture.dataset.for = `${room.id}/${conversation.key}`;
      const isPrivate = room.owner !== undefined;
      const looks = isPrivate ? 'bot' : conversation.within === undefined ? '' : 'topic';
      picture.replaceChildren(
        avatar(room.id + (conversation.topic ?? 0), looks === 'topic' ? '#' : conversation.title, looks),
      );
    }
    const typing = typingText(scene, store.now());
    setText(note, typing ?? (ui.online ? standingText(scene) : WORDING.reconnecting));
    note.classList.toggle('typing', typing !== undefined);
    setAttribute(panel, 'aria-expanded', String(ui.panel));
    const label = ui.panel ? WORDING.closePanel : WORDING.openPanel;
    panel.title = label;
    panel.setAttribute('aria-label', label);
    panel.classList.toggle(
      'alarm',
      world.calls.some(({ verdict }) => verdict !== 'ok'),
    );
    clearTimeout(timer);
    const ends = world.typing.map(({ until }) => until - store.now()).filter((ms) => ms > 0);
    if (ends.length > 0) timer = setTimeout(update, Math.min(...ends) + 20);
  }

  return { element, update };
}

function typingText({ world, conversation }: Scene, now: number): string | undefined {
  const found = world.typing.find(
    ({ chatId, threadId, until }) =>
      chatId === conversation.room.id && until > now && (conversation.topic ?? undefined) === (threadId ?? undefined),
  );
  if (!found || found.action === 'cancel') return undefined;
  const name = world.bot.first_name;
  return found.action === 'upload_photo' ? WORDING.sendingPhoto(name) : WORDING.typing(name);
}

function standingText({ conversation: { room, within } }: Scene): string {
  if (room.owner !== undefined) return WORDING.botNote;
  const people = Object.values(room.people).filter((standing) => standing !== 'absent').length;
  const count = WORDING.members(people + (room.bot === 'absent' ? 0 : 1));
  return [within, count, WORDING.botStanding[room.bot]].filter((part) => part !== undefined).join(' · ');
}
