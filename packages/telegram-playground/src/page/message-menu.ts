import type { Message } from '@grammyjs/types';
import type { Actions } from './actions.ts';
import type { BubbleEvents } from './bubble.ts';
import { type MenuItem, openMenu } from './menu.ts';
import { isOwn } from './people.ts';
import type { Store } from './store.ts';
import { WORDING } from './wording.ts';

/** What can be done with a message: by menu, by keys on the focused message, by swiping. */
export function createMessageEvents(store: Store, actions: Actions, focusInput: () => void): BubbleEvents {
  function reply(message: Message): void {
    store.change({ replyTo: message, editing: undefined });
    focusInput();
  }

  function itemsFor(message: Message): readonly MenuItem[] {
    const scene = store.scene();
    if (!scene) return [];
    const own = isOwn(message, scene.person);
    const text = message.text ?? message.caption;
    const items: MenuItem[] = [{ label: WORDING.reply, icon: 'reply', choose: () => reply(message) }];
    if (own && message.text !== undefined && !message.via_bot) {
      items.push({ label: WORDING.edit, icon: 'edit', choose: () => startEditing(store, message, focusInput) });
    }
    if (text) items.push({ label: WORDING.copy, icon: 'copy', choose: () => actions.copy(text) });
    if (own) {
      const act = {
        type: 'remove',
        person: scene.person.key,
        chat: message.chat.id,
        message: message.message_id,
      } as const;
      items.push({ label: WORDING.remove, icon: 'trash', danger: true, choose: () => void actions.do(act) });
    }
    return items;
  }

  return {
    reply,
    menu: (message, anchor, at) => openMenu(WORDING.actions, itemsFor(message), anchor, at),
    jump(messageId) {
      const target = document.querySelector<HTMLElement>(`.message[data-message="${messageId}"]`);
      if (!target) return;
      target.scrollIntoView({ block: 'center' });
      target.focus({ preventScroll: true });
      target.classList.remove('found');
      // Reading a measure lets the flash start over when it is asked for twice.
      void target.offsetWidth;
      target.classList.add('found');
    },
  };
}

export function startEditing(store: Store, message: Message, focusInput: () => void): void {
  store.change({ editing: message, replyTo: undefined });
  focusInput();
}
