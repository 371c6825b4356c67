import type { Message } from '@grammyjs/types';
import type { BubbleEvents } from './bubble.ts';
import { messagesOf } from './conversation.ts';
import { startEditing } from './message-menu.ts';
import { isOwn } from './people.ts';
import type { Store } from './store.ts';

/** Pixels to the left that count as a swipe, and how far the bubble follows. */
const SWIPE_PX = 48;
const FOLLOW_PX = 72;

/** Arrow keys, Enter, R and E on the focused message; swiping and tapping on touch screens. */
export function listenToMessages(
  thread: HTMLElement,
  store: Store,
  events: BubbleEvents,
  focusInput: () => void,
): void {
  function messageOf(item: HTMLElement | null): Message | undefined {
    const scene = store.scene();
    const id = Number(item?.dataset.message);
    return scene && messagesOf(scene.world, scene.conversation).find((each) => each.message_id === id);
  }

  thread.addEventListener('keydown', (event) => {
    const item = event.target as HTMLElement;
    if (!item.matches('.message') || event.ctrlKey || event.metaKey || event.altKey) return;
    const message = messageOf(item);
    if (!message || !onKey(event.key, item, message)) return;
    event.preventDefault();
  });

  function onKey(key: string, item: HTMLElement, message: Message): boolean {
    const items = [...thread.querySelectorAll<HTMLElement>('.message')];
    const index = items.indexOf(item);
    const target = { ArrowUp: index - 1, ArrowDown: index + 1, Home: 0, End: items.length - 1 }[key];
    if (target !== undefined) {
      focusOn(items[target], items);
      return true;
    }
    const scene = store.scene();
    if (key === 'Enter' || key === 'ContextMenu') events.menu(message, item.querySelector('.bubble') ?? item);
    else if (key === 'r') events.reply(message);
    else if (key === 'e' && scene && isOwn(message, scene.person)) startEditing(store, message, focusInput);
    else if (key === 'Escape') focusInput();
    else return false;
    return true;
  }

  function focusOn(item: HTMLElement | undefined, items: readonly HTMLElement[]): void {
    if (!item) return;
    for (const each of items) each.tabIndex = each === item ? 0 : -1;
    item.focus();
  }

  // On a touch screen a tap opens the menu, as in Telegram for Android.
  thread.addEventListener('click', (event) => {
    const target = event.target as HTMLElement;
    const bubble = target.closest<HTMLElement>('.bubble');
    const tapped = event instanceof PointerEvent && event.pointerType === 'touch';
    if (!bubble || !tapped || target.closest('a, button, [role="button"], .quote.longer')) return;
    const message = messageOf(bubble.closest<HTMLElement>('.message'));
    if (message) events.menu(message, bubble, { x: event.clientX, y: event.clientY });
  });

  let swipe: { readonly item: HTMLElement; readonly x: number; readonly y: number; moved: number } | undefined;

  thread.addEventListener('pointerdown', (event) => {
    const item = (event.target as HTMLElement).closest<HTMLElement>('.message');
    swipe = item && event.pointerType === 'touch' ? { item, x: event.clientX, y: event.clientY, moved: 0 } : undefined;
  });
  thread.addEventListener('pointermove', (event) => {
    if (!swipe) return;
    const across = event.clientX - swipe.x;
    if (Math.abs(event.clientY - swipe.y) > Math.abs(across)) return;
    swipe.moved = Math.max(-FOLLOW_PX, Math.min(0, across));
    swipe.item.style.translate = `${swipe.moved}px 0`;
  });
  const release = () => {
    if (!swipe) return;
    const { item, moved } = swipe;
    swipe = undefined;
    item.style.translate = '';
    const message = moved < -SWIPE_PX ? messageOf(item) : undefined;
    if (message) events.reply(message);
  };
  thread.addEventListener('pointerup', release);
  thread.addEventListener('pointercancel', release);
}
