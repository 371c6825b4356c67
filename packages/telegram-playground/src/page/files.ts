import type { Message } from '@grammyjs/types';
import type { Actions } from './actions.ts';
import { el, icon, iconButton } from './dom.ts';
import { WORDING } from './wording.ts';

/** Files come by a button, dropped on the chat, or pasted into the line. */
export function createFileButton(actions: Actions): HTMLElement {
  const input = el('input', { type: 'file', multiple: true, hidden: true, tabindex: -1, 'aria-hidden': 'true' });
  const button = iconButton('clip', WORDING.attach, 'attach');
  button.addEventListener('click', () => input.click());
  input.addEventListener('change', () => {
    void sendAll(input.files, actions);
    input.value = '';
  });
  return el('div', { class: 'attach-box' }, button, input);
}

/** Takes what is dropped on an element; it shows where it would go. */
export function takeDrops(element: HTMLElement, actions: Actions): void {
  const holdsFiles = (event: DragEvent) => event.dataTransfer?.types.includes('Files') ?? false;
  const show = (on: boolean) => element.classList.toggle('dropping', on);
  element.addEventListener('dragover', (event) => {
    if (!holdsFiles(event)) return;
    event.preventDefault();
    show(true);
  });
  element.addEventListener('dragleave', (event) => {
    if (!element.contains(event.relatedTarget as Node | null)) show(false);
  });
  element.addEventListener('drop', (event) => {
    if (!holdsFiles(event)) return;
    event.preventDefault();
    show(false);
    void sendAll(event.dataTransfer?.files ?? null, actions);
  });
}

export function takePastes(input: HTMLElement, actions: Actions): void {
  input.addEventListener('paste', (event) => {
    const files = event.clipboardData?.files;
    if (!files || files.length === 0) return;
    event.preventDefault();
    void sendAll(files, actions);
  });
}

/** One after the other, in their order. */
async function sendAll(files: FileList | null, actions: Actions): Promise<void> {
  for (const file of files ?? []) if (!(await actions.send(file))) return;
}

type Document = NonNullable<Message['document']>;

/** A file in a bubble: its name and size. */
export function fileElement({ file_name: name = WORDING.file, file_size: bytes = 0 }: Document): HTMLElement {
  return el(
    'div',
    { class: 'file' },
    el('span', { class: 'file-icon' }, icon('file')),
    el('span', { class: 'file-name' }, name),
    el('span', { class: 'file-size' }, sizeText(bytes)),
  );
}

function sizeText(bytes: number): string {
  if (bytes < 1_024) return `${bytes} B`;
  const kilobytes = bytes / 1_024;
  return kilobytes < 1_024 ? `${Math.round(kilobytes)} KB` : `${(kilobytes / 1_024).toFixed(1)} MB`;
}
