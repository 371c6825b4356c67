import type { MessageEntity } from '@grammyjs/types';
import type { Actions } from './actions.ts';
import { el, iconButton } from './dom.ts';
import { safeLink } from './links.ts';
import { cut, type Piece } from './pieces.ts';
import { WORDING } from './wording.ts';

/** A text with its entities as nodes. */
export function richText(text: string, entities: readonly MessageEntity[] | undefined, actions: Actions): Node[] {
  return render(cut(text, entities), actions);
}

function render(pieces: readonly Piece[], actions: Actions): Node[] {
  return pieces.map((piece) =>
    typeof piece === 'string' ? document.createTextNode(piece) : wrap(piece.entity, piece.pieces, actions),
  );
}

function wrap(entity: MessageEntity, pieces: readonly Piece[], actions: Actions): HTMLElement {
  const children = render(pieces, actions);
  const plain = plainText(pieces);
  switch (entity.type) {
    case 'bold':
      return el('strong', {}, ...children);
    case 'italic':
      return el('em', {}, ...children);
    case 'underline':
      return el('u', {}, ...children);
    case 'strikethrough':
      return el('s', {}, ...children);
    case 'code':
      return el('code', {}, ...children);
    case 'pre':
      return el('pre', { tabindex: 0 }, el('code', {}, ...children));
    case 'spoiler':
      return spoiler(children);
    case 'blockquote':
      return el('blockquote', { class: 'quote' }, el('div', { class: 'quote-text' }, ...children));
    case 'expandable_blockquote':
      return expandable(children);
    case 'text_link':
      return link(entity.url, children, actions);
    case 'url':
      return link(plain, children, actions);
    case 'email':
      return link(`mailto:${plain}`, children, actions);
    case 'bot_command':
      return command(plain, children, actions);
    case 'mention':
    case 'text_mention':
    case 'hashtag':
    case 'cashtag':
    case 'phone_number':
      return el('span', { class: 'marked' }, ...children);
    default:
      return el('span', {}, ...children);
  }
}

function plainText(pieces: readonly Piece[]): string {
  return pieces.map((piece) => (typeof piece === 'string' ? piece : plainText(piece.pieces))).join('');
}

function link(url: string, children: readonly Node[], actions: Actions): HTMLElement {
  const safe = safeLink(url);
  if (safe === undefined) return el('span', {}, ...children);
  const anchor = el('a', { href: safe, rel: 'noopener noreferrer', target: '_blank' }, ...children);
  anchor.addEventListener('click', (event) => {
    event.preventDefault();
    actions.open(safe);
  });
  return anchor;
}

/** Tapping a command sends it, as in Telegram. */
function command(text: string, children: readonly Node[], actions: Actions): HTMLElement {
  const button = el('button', { type: 'button', class: 'command-link' }, ...children);
  button.addEventListener('click', () => void actions.say(text));
  return button;
}

function spoiler(children: readonly Node[]): HTMLElement {
  const hidden = el('span', { class: 'spoiler-text', 'aria-hidden': 'true' }, ...children);
  const cover = { class: 'spoiler', role: 'button', tabindex: 0, 'aria-label': WORDING.revealSpoiler };
  const element = el('span', cover, hidden);
  const reveal = () => {
    for (const name of ['role', 'tabindex', 'aria-label']) element.removeAttribute(name);
    hidden.removeAttribute('aria-hidden');
    element.classList.add('revealed');
  };
  element.addEventListener('click', reveal, { once: true });
  element.addEventListener('keydown', (event) => {
    if (event.key === 'Enter' || event.key === ' ') reveal();
  });
  return element;
}

/** Three lines until opened. The button shows only where there is more than that. */
function expandable(children: readonly Node[]): HTMLElement {
  const text = el('div', { class: 'quote-text' }, ...children);
  const button = iconButton('chevron', WORDING.expand, 'quote-expander');
  button.setAttribute('aria-expanded', 'false');
  button.hidden = true;
  const quote = el('blockquote', { class: 'quote expandable' }, text, button);
  const toggle = () => {
    const open = quote.classList.toggle('open');
    button.setAttribute('aria-expanded', String(open));
    button.setAttribute('aria-label', open ? WORDING.collapse : WORDING.expand);
    button.title = open ? WORDING.collapse : WORDING.expand;
  };
  button.addEventListener('click', (event) => {
    event.stopPropagation();
    toggle();
  });
  quote.addEventListener('click', () => {
    if (!button.hidden && getSelection()?.isCollapsed !== false) toggle();
  });
  new ResizeObserver(() => {
    if (!quote.classList.contains('open')) button.hidden = text.scrollHeight <= text.clientHeight + 1;
    quote.classList.toggle('longer', !button.hidden);
  }).observe(text);
  return quote;
}
