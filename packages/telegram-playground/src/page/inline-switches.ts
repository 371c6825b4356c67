import { INLINE_SWITCH, type InlineSwitch } from './keyboard.ts';
import { openMenu } from './menu.ts';
import type { Store } from './store.ts';
import { WORDING } from './wording.ts';

/** Buttons that put "@bot query" into the input line, of this chat or of one that is chosen first. */
export function inlineSwitches(thread: HTMLElement, store: Store, put: (text: string) => void): void {
  thread.addEventListener(INLINE_SWITCH, (event) => {
    const scene = store.scene();
    if (!scene) return;
    const { query, elsewhere } = (event as CustomEvent<InlineSwitch>).detail;
    const text = `@${scene.world.bot.username} ${query}`;
    if (!elsewhere) return put(text);
    const items = scene.conversations.map(({ key, title, within }) => ({
      label: title,
      ...(within === undefined ? {} : { note: within }),
      choose() {
        store.change({ conversation: key, screen: 'chat' });
        // The input line first takes up that chat's own draft.
        queueMicrotask(() => put(text));
      },
    }));
    openMenu(WORDING.chooseChat, items, event.target as HTMLElement);
  });
}
