import { el, setText } from './dom.ts';
import { WORDING } from './wording.ts';

export interface Option {
  readonly id: string;
  readonly title: string;
  readonly note: string;
  readonly picture?: Node;
  choose(): void;
  /** What Tab does, when that differs. */
  insert?(): void;
}

export interface OptionList {
  readonly element: HTMLElement;
  /** `first` marks the first option at once, so that Enter takes it. */
  show(label: string, options: readonly Option[], hint: string, first: boolean): void;
  hide(): void;
  isOpen(): boolean;
  /** Whether the key was meant for the list. */
  key(key: string): boolean;
}

/** The list above the input line. Focus stays in the input; the marked option is told by aria-activedescendant. */
export function createOptionList(input: HTMLElement): OptionList {
  const list = el('div', { class: 'options-list', role: 'listbox', id: 'options' });
  const hint = el('div', { class: 'options-hint', 'aria-hidden': 'true' });
  const status = el('div', { class: 'visually-hidden', role: 'status' });
  const panel = el('div', { class: 'options', hidden: true }, list, hint);
  const element = el('div', { class: 'options-holder' }, panel, status);
  let options: readonly Option[] = [];
  let marked = -1;

  function mark(index: number): void {
    marked = index;
    for (const [i, node] of [...list.children].entries()) node.setAttribute('aria-selected', String(i === index));
    const current = list.children[index];
    if (current) {
      input.setAttribute('aria-activedescendant', current.id);
      current.scrollIntoView({ block: 'nearest' });
    } else input.removeAttribute('aria-activedescendant');
  }

  function hide(): void {
    if (panel.hidden) return;
    panel.hidden = true;
    options = [];
    setText(status, '');
    input.removeAttribute('aria-activedescendant');
  }

  return {
    element,
    hide,
    isOpen: () => !panel.hidden,
    show(label, next, hintText, first) {
      const kept = options[marked]?.id;
      options = next;
      list.setAttribute('aria-label', label);
      list.classList.toggle('stacked', !first);
      list.replaceChildren(...next.map(optionElement));
      setText(hint, hintText);
      panel.hidden = next.length === 0 && hintText === '';
      setText(status, panel.hidden ? '' : WORDING.found(next.length));
      const again = next.findIndex(({ id }) => id === kept);
      mark(again >= 0 ? again : first && next.length > 0 ? 0 : -1);
    },
    key(key) {
      if (panel.hidden) return false;
      if (key === 'Escape') hide();
      else if (options.length === 0) return false;
      else if (key === 'ArrowDown') mark((marked + 1) % options.length);
      else if (key === 'ArrowUp') mark((Math.max(marked, 0) - 1 + options.length) % options.length);
      else if (key === 'Enter' && marked >= 0) options[marked]?.choose();
      else if (key === 'Tab' && marked >= 0) (options[marked]?.insert ?? options[marked]?.choose)?.();
      else return false;
      return true;
    },
  };
}

function optionElement(option: Option, index: number): HTMLElement {
  const element = el(
    'div',
    { class: 'option', role: 'option', id: `option-${index}`, 'aria-selected': 'false' },
    option.picture,
    el('span', { class: 'option-title' }, option.title),
    option.note === '' ? undefined : el('span', { class: 'option-note' }, option.note),
  );
  // Pressing must not take the focus out of the input line.
  element.addEventListener('mousedown', (event) => event.preventDefault());
  element.addEventListener('click', () => option.choose());
  return element;
}
