import { el } from './dom.ts';
import { openMenu } from './menu.ts';
import { avatar, nameOf } from './people.ts';
import type { Scene, Store } from './store.ts';
import { WORDING } from './wording.ts';

/** The speaker's picture beside the input line; pressing it offers the others, as Telegram's "send as" does. */
export function identityButton(store: Store): { readonly element: HTMLElement; update(scene: Scene): void } {
  const element = el('button', { type: 'button', class: 'identity', 'aria-haspopup': 'menu' });
  element.addEventListener('click', () => {
    const scene = store.scene();
    if (!scene) return;
    const items = scene.world.people.map(({ key, user, role }) => ({
      label: nameOf(user),
      note: role,
      picture: avatar(user.id, nameOf(user), 'small'),
      checked: key === scene.person.key,
      choose: () => store.change({ person: key }),
    }));
    openMenu(WORDING.speakAs, items, element);
  });
  return {
    element,
    update({ person: { key, user } }) {
      if (element.dataset.person === `${key}${user.id}`) return;
      element.dataset.person = `${key}${user.id}`;
      element.setAttribute('aria-label', WORDING.identity(nameOf(user)));
      element.title = WORDING.identity(nameOf(user));
      element.replaceChildren(avatar(user.id, nameOf(user)));
    },
  };
}

/** The people in a row, one of them chosen. */
export function identityRow(store: Store): { readonly element: HTMLElement; update(scene: Scene): void } {
  const element = el('div', { class: 'people', role: 'radiogroup', 'aria-label': WORDING.speakAs });
  let shown = '';

  function choose(index: number): void {
    const button = element.children[index] as HTMLElement | undefined;
    const person = store.scene()?.world.people[index];
    if (!button || !person) return;
    store.change({ person: person.key });
    button.focus();
  }

  element.addEventListener('keydown', (event) => {
    const buttons = [...element.children];
    const index = buttons.indexOf(event.target as HTMLElement);
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (step === undefined || index < 0) return;
    event.preventDefault();
    choose((index + step + buttons.length) % buttons.length);
  });

  return {
    element,
    update({ world, person: current }) {
      const people = world.people.map(({ user }) => user.id).join();
      if (people !== shown) {
        shown = people;
        const buttons = world.people.map(({ key, user, role, shortRole }, index) => {
          const props = {
            type: 'button',
            class: 'person',
            role: 'radio',
            'data-person': key,
            title: role,
          };
          const name = el('span', { class: 'person-name' }, nameOf(user));
          const rank = el('span', { class: 'person-role' }, shortRole);
          const button = el('button', props, avatar(user.id, nameOf(user)), name, rank);
          button.addEventListener('click', () => choose(index));
          return button;
        });
        element.replaceChildren(...buttons);
      }
      for (const [index, { key }] of world.people.entries()) {
        const button = element.children[index] as HTMLElement;
        button.setAttribute('aria-checked', String(key === current.key));
        button.tabIndex = key === current.key ? 0 : -1;
      }
    },
  };
}
