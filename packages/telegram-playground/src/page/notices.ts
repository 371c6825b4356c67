import { el } from './dom.ts';
import { WORDING } from './wording.ts';

/** Short words to the visitor: a toast passes by itself, an alert or a question waits for an answer. */
export interface Notices {
  readonly element: HTMLElement;
  toast(text: string): void;
  alert(text: string): void;
  confirm(text: string, yes: string): Promise<boolean>;
}

/** Milliseconds; longer texts stay longer. */
const TOAST_MS = 2_600;
const TOAST_MS_PER_CHARACTER = 60;

export function createNotices(): Notices {
  const toasts = el('div', { class: 'toasts', role: 'status' });
  let timer: ReturnType<typeof setTimeout> | undefined;

  function ask(text: string, buttons: readonly (readonly [label: string, value: string])[]): Promise<string> {
    const dialog = el('dialog', { class: 'dialog alert', 'aria-label': text });
    const row = el('div', { class: 'dialog-buttons' });
    for (const [label, value] of buttons) {
      const button = el('button', { type: 'button', class: 'text-button' }, label);
      button.addEventListener('click', () => dialog.close(value));
      row.append(button);
    }
    dialog.append(el('p', { class: 'alert-text' }, text), row);
    document.body.append(dialog);
    // The dialog gives focus back to where it came from by itself.
    dialog.showModal();
    (row.lastElementChild as HTMLElement | null)?.focus();
    return new Promise((resolve) => {
      dialog.addEventListener('close', () => {
        dialog.remove();
        resolve(dialog.returnValue);
      });
    });
  }

  return {
    element: toasts,
    toast(text) {
      clearTimeout(timer);
      toasts.replaceChildren(el('div', { class: 'toast' }, text));
      timer = setTimeout(() => toasts.replaceChildren(), TOAST_MS + TOAST_MS_PER_CHARACTER * text.length);
    },
    alert(text) {
      void ask(text, [[WORDING.ok, 'ok']]);
    },
    async confirm(text, yes) {
      const answer = await ask(text, [
        [WORDING.cancel, ''],
        [yes, 'yes'],
      ]);
      return answer === 'yes';
    },
  };
}
