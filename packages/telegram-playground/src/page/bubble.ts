import type { Message } from '@grammyjs/types';
import type { Actions } from './actions.ts';
import { el, icon, iconButton, setAttribute, setText } from './dom.ts';
import { fileElement } from './files.ts';
import { keyboard } from './keyboard.ts';
import { authorOf, avatar, colourOf, nameOf, rankOf } from './people.ts';
import { PHOTO_MARGIN, photo, photoWidth } from './photo.ts';
import { richText } from './rich-text.ts';
import type { Scene } from './store.ts';
import { timeText } from './time.ts';
import { WORDING } from './wording.ts';

/** What a message's looks take from its surroundings, and who is looking. */
export interface Dress {
  readonly own: boolean;
  /** First and last of several in a row by one author. */
  readonly first: boolean;
  readonly last: boolean;
  readonly reached: boolean;
  readonly rank: string;
  readonly reaction: string;
}

export interface BubbleEvents {
  menu(message: Message, anchor: HTMLElement, at?: { readonly x: number; readonly y: number }): void;
  reply(message: Message): void;
  jump(messageId: number): void;
}

/** A message as a list item. It stays as it is until the message itself changes; `dress` does the rest. */
export function bubble(message: Message, scene: Scene, actions: Actions, events: BubbleEvents): HTMLElement {
  const author = authorOf(message);
  const item = el('li', { class: 'message', 'data-message': message.message_id, tabindex: -1 });
  const body = el('div', { class: 'bubble' }, ...contentOf(message, author, scene, actions, events));
  const more = iconButton('more', WORDING.actions, 'message-more');
  const reply = iconButton('reply', WORDING.reply, 'message-reply');
  // Reached by keyboard through the message itself: Enter and R.
  for (const button of [more, reply]) button.tabIndex = -1;
  more.addEventListener('click', () => events.menu(message, more));
  reply.addEventListener('click', () => events.reply(message));
  const picture = avatar(
    author.id,
    author.name,
    author.id === scene.world.bot.id ? 'message-avatar bot' : 'message-avatar',
  );
  const row = el('div', { class: 'bubble-row' }, picture, body, el('div', { class: 'message-tools' }, reply, more));
  const room = message.photo && photoWidth(message.photo);
  // A caption keeps to the width of its picture.
  if (room !== undefined) body.style.maxWidth = `min(100%, max(${room + PHOTO_MARGIN}px, 15em))`;
  const buttons = message.reply_markup ? keyboard(message, actions) : undefined;
  item.append(el('div', { class: 'stack' }, row, buttons, el('div', { class: 'reaction' })));
  item.addEventListener('contextmenu', (event) => {
    if (getSelection()?.isCollapsed === false) return;
    event.preventDefault();
    events.menu(message, item, { x: event.clientX, y: event.clientY });
  });
  return item;
}

export function dress(item: HTMLElement, { own, first, last, reached, rank, reaction }: Dress): void {
  item.classList.toggle('own', own);
  item.classList.toggle('first', first);
  item.classList.toggle('last', last);
  const rankElement = item.querySelector('.rank');
  if (rankElement) setText(rankElement, rank);
  const ticks = item.querySelector('.ticks');
  if (ticks && ticks.classList.contains('reached') !== reached) {
    ticks.classList.toggle('reached', reached);
    setAttribute(ticks, 'title', reached ? WORDING.delivered : WORDING.sent);
    setAttribute(ticks, 'aria-label', reached ? WORDING.delivered : WORDING.sent);
  }
  const reactionElement = item.querySelector('.reaction');
  if (reactionElement) setText(reactionElement, reaction);
}

export function rankIn(message: Message, { world, conversation }: Scene): string {
  return conversation.room.owner === undefined ? rankOf(message, world, conversation.room) : '';
}

/** What a preview of a message says in one line. */
export function previewText(message: Pick<Message, 'text' | 'caption' | 'photo' | 'document'>): string {
  const text = (message.text ?? message.caption ?? '').replaceAll('\n', ' ');
  if (message.document) return `${message.document.file_name ?? WORDING.file} ${text}`.trim();
  return message.photo ? `${WORDING.photo} ${text}`.trim() : text;
}

function contentOf(
  message: Message,
  author: { readonly id: number; readonly name: string },
  scene: Scene,
  actions: Actions,
  events: BubbleEvents,
): (Node | undefined)[] {
  const text = message.text ?? message.caption;
  const entities = message.entities ?? message.caption_entities;
  const sender = el('span', { class: 'sender-name', 'data-colour': colourOf(author.id, scene.world) }, author.name);
  return [
    el('span', { class: 'visually-hidden' }, WORDING.says(author.name)),
    el('div', { class: 'sender', 'aria-hidden': 'true' }, sender, el('span', { class: 'rank' })),
    message.via_bot && el('div', { class: 'via' }, WORDING.viaBot(message.via_bot.username ?? '')),
    replyPreview(message, scene, events),
    message.photo && photo(message.photo),
    message.document && fileElement(message.document),
    el('div', { class: 'text' }, ...(text ? richText(text, entities, actions) : []), meta(message, scene)),
  ];
}

function replyPreview(message: Message, { world }: Scene, events: BubbleEvents): HTMLElement | undefined {
  const replied = message.reply_to_message;
  // In a topic every message answers the one that opened it.
  if (!replied || replied.forum_topic_created) return undefined;
  const { id, name } = authorOf(replied as Message);
  const button = el(
    'button',
    { type: 'button', class: 'reply-preview', 'data-colour': colourOf(id, world), 'aria-label': WORDING.replyTo(name) },
    el('span', { class: 'reply-name' }, name),
    el('span', { class: 'reply-text' }, previewText(replied)),
  );
  button.addEventListener('click', () => events.jump(replied.message_id));
  return button;
}

function meta(message: Message, { world }: Scene): HTMLElement {
  const iso = new Date(message.date * 1_000).toISOString();
  return el(
    'span',
    { class: 'meta' },
    message.edit_date === undefined ? undefined : el('span', { class: 'edited' }, WORDING.edited),
    el('time', { datetime: iso }, timeText(message.date, world.clock.timeZone)),
    el(
      'span',
      { class: 'ticks', role: 'img', 'aria-label': WORDING.sent, title: WORDING.sent },
      icon('check'),
      icon('checks'),
    ),
  );
}

/** A line about the chat rather than a message; undefined for an ordinary message. */
export function serviceText(message: Message): string | undefined {
  const { text, caption, photo: picture, document: file } = message;
  if (text !== undefined || caption !== undefined || picture || file) return undefined;
  const by = authorOf(message).name;
  if (message.new_chat_members) return WORDING.joined(message.new_chat_members.map(nameOf).join('、'));
  if (message.left_chat_member) return WORDING.left(nameOf(message.left_chat_member));
  if (message.pinned_message) return WORDING.pinned(by);
  if (message.forum_topic_created) return WORDING.topicCreated(message.forum_topic_created.name);
  return WORDING.serviceMessage;
}
