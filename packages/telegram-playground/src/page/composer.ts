import type { Message } from '@grammyjs/types';
import type { Actions } from './actions.ts';
import { previewText } from './bubble.ts';
import { createCompletion } from './completion.ts';
import { messagesOf } from './conversation.ts';
import { el, iconButton, setText } from './dom.ts';
import { createFileButton, takePastes } from './files.ts';
import { identityButton } from './identity.ts';
import { startEditing } from './message-menu.ts';
import { authorOf, isOwn, nameOf } from './people.ts';
import type { Scene, Store } from './store.ts';
import { WORDING } from './wording.ts';

export interface Composer {
  readonly element: HTMLElement;
  update(): void;
  focus(): void;
  /** Puts text into the input line, as a button of the bot may ask for. */
  put(text: string): void;
}

/** Where one writes: the input line, what is being answered or edited above it, and who speaks. */
export function createComposer(store: Store, actions: Actions): Composer {
  const input = el('textarea', {
    class: 'composer-input',
    rows: 1,
    maxlength: 4_096,
    placeholder: WORDING.composer,
    'aria-label': WORDING.composer,
    'aria-autocomplete': 'list',
    'aria-controls': 'options',
    enterkeyhint: 'send',
    autocomplete: 'off',
  });
  const send = iconButton('send', WORDING.send, 'send');
  const slash = iconButton('slash', WORDING.commandsButton, 'slash-button');
  const identity = identityButton(store);
  const context = contextBar(() => {
    if (store.scene()?.ui.editing) put('');
    store.change({ replyTo: undefined, editing: undefined });
    input.focus();
  });
  const drafts = new Map<string, string>();
  let place: string | undefined;
  let edited: Message | undefined;

  const completion = createCompletion(store, actions, {
    element: input,
    text: () => input.value,
    caret: () => input.selectionStart,
    put,
    submit: () => void submit(),
  });

  function put(text: string, caret = text.length): void {
    input.value = text;
    input.setSelectionRange(caret, caret);
    input.focus();
    completion.look();
    refresh();
  }

  function refresh(): void {
    send.classList.toggle('ready', input.value.trim() !== '');
    send.setAttribute('aria-disabled', String(input.value.trim() === ''));
  }

  async function submit(): Promise<void> {
    const scene = store.scene();
    const text = input.value.trim();
    if (!scene || text === '') return;
    const { editing, replyTo } = scene.ui;
    put('');
    completion.list.hide();
    store.change({ replyTo: undefined, editing: undefined });
    edited = undefined;
    const done = editing ? await actions.edit(editing, text) : await actions.say(text, replyTo);
    // What could not be sent goes back into the line, unless something else was begun meanwhile.
    if (!done && input.value === '') put(text);
  }

  input.addEventListener('input', () => {
    completion.look();
    refresh();
  });
  input.addEventListener('keydown', (event) => {
    // Enter while an input method is composing chooses its candidate.
    if (event.isComposing || event.keyCode === 229) return;
    if (completion.list.key(event.key)) event.preventDefault();
    else if (event.key === 'Enter' && !event.shiftKey) {
      event.preventDefault();
      void submit();
    } else if (event.key === 'Escape') context.cancel();
    else if (event.key === 'ArrowUp' && input.value === '') editLast(event);
  });
  send.addEventListener('click', () => {
    void submit();
    input.focus();
  });
  takePastes(input, actions);
  slash.addEventListener('click', () => {
    if (completion.list.isOpen()) completion.list.hide();
    else put('/');
  });

  function editLast(event: Event): void {
    const scene = store.scene();
    if (!scene) return;
    const mine = messagesOf(scene.world, scene.conversation).filter(
      (message) => isOwn(message, scene.person) && message.text !== undefined && !message.via_bot,
    );
    const last = mine.at(-1);
    if (!last) return;
    event.preventDefault();
    startEditing(store, last, () => input.focus());
  }

  function keepDraft(scene: Scene): void {
    const next = `${scene.conversation.room.id}/${scene.conversation.key}/${scene.person.key}`;
    if (next === place) return;
    if (place !== undefined) drafts.set(place, edited ? '' : input.value);
    place = next;
    edited = undefined;
    input.value = drafts.get(next) ?? '';
    completion.list.hide();
    refresh();
  }

  const line = el(
    'div',
    { class: 'composer-line' },
    identity.element,
    el('div', { class: 'input-box' }, input, createFileButton(actions), slash),
    send,
  );
  const element = el('div', { class: 'composer' }, completion.list.element, context.element, line);
  const bars = blockedBar(actions, store);
  const footer = el('footer', { class: 'footer' }, element, bars.element);

  return {
    element: footer,
    put,
    focus: () => input.focus({ preventScroll: true }),
    update() {
      const scene = store.scene();
      if (!scene) return;
      keepDraft(scene);
      identity.update(scene);
      element.hidden = bars.update(scene);
      if (scene.ui.editing && scene.ui.editing !== edited) {
        edited = scene.ui.editing;
        put(edited.text ?? '');
      }
      context.update(scene);
    },
  };
}

function contextBar(cancel: () => void) {
  const title = el('div', { class: 'context-title' });
  const text = el('div', { class: 'context-text' });
  const close = iconButton('close', WORDING.cancel);
  const element = el(
    'div',
    { class: 'context', hidden: true },
    el('div', { class: 'context-body' }, title, text),
    close,
  );
  close.addEventListener('click', cancel);
  return {
    element,
    cancel: () => {
      if (!element.hidden) cancel();
    },
    update({ ui: { replyTo, editing } }: Scene) {
      const message = editing ?? replyTo;
      element.hidden = message === undefined;
      if (!message) return;
      setText(title, editing ? WORDING.editing : WORDING.replyTo(authorOf(message).name));
      setText(text, previewText(message));
    },
  };
}

/** Stands in for the input line where the person can't write; `update` says whether it does. */
function blockedBar(actions: Actions, store: Store) {
  const button = el('button', { type: 'button', class: 'footer-button' });
  const element = el('div', { class: 'footer-bar', hidden: true }, button);
  button.addEventListener('click', () => {
    const scene = store.scene();
    if (!scene) return;
    const { person, conversation } = scene;
    if (conversation.room.blocked) void actions.do({ type: 'block', person: person.key, on: false });
    else void actions.do({ type: 'role', person: person.key, chat: conversation.room.id, standing: 'member' });
  });
  return {
    element,
    update({ conversation: { room }, person }: Scene): boolean {
      const outside = room.people[person.key] === 'absent';
      element.hidden = !outside && !room.blocked;
      const why = room.blocked ? WORDING.blocked : WORDING.notInGroup(nameOf(person.user));
      setText(button, `${why} · ${room.blocked ? WORDING.unblock : WORDING.join}`);
      return !element.hidden;
    },
  };
}
