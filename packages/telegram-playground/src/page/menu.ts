import { el, type IconName, icon } from './dom.ts';

export interface MenuItem {
  readonly label: string;
  readonly icon?: IconName;
  readonly picture?: Node;
  readonly note?: string;
  /** Given for items of which one is chosen. */
  readonly checked?: boolean;
  readonly danger?: boolean;
  choose(): void;
}

/** Opens a menu beside an element, or at a point; gives focus back when it closes. */
export function openMenu(
  label: string,
  items: readonly MenuItem[],
  anchor: HTMLElement,
  at?: { readonly x: number; readonly y: number },
): void {
  const before = document.activeElement;
  const menu = el('div', { class: 'menu', role: 'menu', 'aria-label': label, popover: 'auto' });
  for (const item of items) menu.append(itemElement(item, close));
  menu.addEventListener('keydown', (event) => move(menu, event, close));
  menu.addEventListener('toggle', (event) => {
    if ((event as ToggleEvent).newState !== 'closed') return;
    const inside = menu.contains(document.activeElement) || document.activeElement === document.body;
    menu.remove();
    if (inside && before instanceof HTMLElement) before.focus({ preventScroll: true });
  });
  document.body.append(menu);
  menu.showPopover();
  place(menu, at ?? corner(anchor));
  const checked = menu.querySelector<HTMLElement>('[aria-checked="true"]');
  (checked ?? (menu.firstElementChild as HTMLElement | null))?.focus({ preventScroll: true });

  function close(): void {
    menu.hidePopover();
  }
}

function itemElement(item: MenuItem, close: () => void): HTMLElement {
  const kind = item.checked === undefined ? 'menuitem' : 'menuitemradio';
  const element = el(
    'button',
    { type: 'button', class: `menu-item${item.danger ? ' danger' : ''}`, role: kind, tabindex: -1 },
    item.picture ?? (item.icon && icon(item.icon)),
    el('span', { class: 'menu-label' }, item.label, item.note ? el('small', {}, item.note) : undefined),
    item.checked ? icon('check') : undefined,
  );
  if (item.checked !== undefined) element.setAttribute('aria-checked', String(item.checked));
  element.addEventListener('click', () => {
    close();
    item.choose();
  });
  return element;
}

function move(menu: HTMLElement, event: KeyboardEvent, close: () => void): void {
  const items = [...menu.querySelectorAll<HTMLElement>('.menu-item')];
  const index = items.indexOf(document.activeElement as HTMLElement);
  const target = {
    ArrowDown: (index + 1) % items.length,
    ArrowUp: (index - 1 + items.length) % items.length,
    Home: 0,
    End: items.length - 1,
  }[event.key];
  if (target !== undefined) items[target]?.focus();
  else if (event.key === 'Tab' || event.key === 'Escape') close();
  else return;
  event.preventDefault();
  event.stopPropagation();
}

function corner(anchor: HTMLElement): { readonly x: number; readonly y: number } {
  const { left, bottom } = anchor.getBoundingClientRect();
  return { x: left, y: bottom + 4 };
}

/** Pixels kept free at the window's edges. */
const MARGIN = 8;

function place(menu: HTMLElement, { x, y }: { readonly x: number; readonly y: number }): void {
  const { width, height } = menu.getBoundingClientRect();
  const left = Math.max(MARGIN, Math.min(x, innerWidth - width - MARGIN));
  const top = y + height + MARGIN > innerHeight ? Math.max(MARGIN, y - height - 8) : y;
  menu.style.left = `${left}px`;
  menu.style.top = `${top}px`;
}
