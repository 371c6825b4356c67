import type { InlineKeyboardButton, Message } from '@grammyjs/types';
import type { Actions } from './actions.ts';
import { el, icon } from './dom.ts';
import { WORDING } from './wording.ts';

/** Fired on a button that puts "@bot query" into the input line; `detail` is an InlineSwitch. */
export const INLINE_SWITCH = 'inline-switch';

export interface InlineSwitch {
  readonly query: string;
  /** Whether another chat is to be chosen first. */
  readonly elsewhere: boolean;
}

/** The buttons under a message. */
export function keyboard(message: Message, actions: Actions): HTMLElement {
  const rows = message.reply_markup?.inline_keyboard ?? [];
  const element = el('div', { class: 'keyboard', role: 'group', 'aria-label': WORDING.buttons });
  for (const [row, buttons] of rows.entries()) {
    const line = el('div', { class: 'keyboard-row' });
    for (const [column, button] of buttons.entries()) line.append(key(message, button, { row, column }, actions));
    element.append(line);
  }
  return element;
}

function key(
  message: Message,
  button: InlineKeyboardButton,
  { row, column }: { readonly row: number; readonly column: number },
  actions: Actions,
): HTMLElement {
  const element = el(
    'button',
    { type: 'button', class: 'key', 'data-row': row, 'data-column': column },
    el('span', { class: 'key-text' }, button.text),
    'url' in button ? icon('link') : undefined,
    'copy_text' in button ? icon('copy') : undefined,
  );
  element.addEventListener('click', () => void press());
  return element;

  async function press(): Promise<void> {
    if ('callback_data' in button) {
      if (element.classList.contains('waiting')) return;
      element.classList.add('waiting');
      element.setAttribute('aria-busy', 'true');
      await actions.press(message, row, column);
      element.classList.remove('waiting');
      element.removeAttribute('aria-busy');
    } else if ('url' in button) {
      actions.open(button.url);
    } else if ('copy_text' in button) {
      actions.copy(button.copy_text.text);
    } else if ('switch_inline_query_current_chat' in button) {
      switchTo({ query: button.switch_inline_query_current_chat, elsewhere: false });
    } else if ('switch_inline_query' in button) {
      switchTo({ query: button.switch_inline_query, elsewhere: true });
    } else if ('switch_inline_query_chosen_chat' in button) {
      switchTo({ query: button.switch_inline_query_chosen_chat.query ?? '', elsewhere: true });
    } else {
      actions.tell(WORDING.unsupportedButton);
    }
  }

  function switchTo(detail: InlineSwitch): void {
    element.dispatchEvent(new CustomEvent(INLINE_SWITCH, { bubbles: true, detail }));
  }
}
