import { iconButton } from './dom.ts';
import { recall, remember } from './memory.ts';
import { WORDING } from './wording.ts';

/** Applies what was chosen last; without a choice the system's own colours hold. */
export function applyTheme(): void {
  const chosen = recall('theme');
  if (chosen === 'dark' || chosen === 'light') document.documentElement.dataset.theme = chosen;
}

export function themeButton(): HTMLElement {
  const button = iconButton('moon', WORDING.theme);
  const show = () => button.setAttribute('aria-pressed', String(isDark()));
  button.addEventListener('click', () => {
    const next = isDark() ? 'light' : 'dark';
    document.documentElement.dataset.theme = next;
    remember('theme', next);
    show();
  });
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', show);
  show();
  return button;
}

function isDark(): boolean {
  const chosen = document.documentElement.dataset.theme;
  return chosen === undefined ? matchMedia('(prefers-color-scheme: dark)').matches : chosen === 'dark';
}
