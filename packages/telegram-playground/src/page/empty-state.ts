import type { Actions } from './actions.ts';
import { el } from './dom.ts';
import { avatar } from './people.ts';
import type { Scene } from './store.ts';
import { WORDING } from './wording.ts';

/** Shows three example questions where nothing has been said yet. */
export function emptyState(element: HTMLElement, scene: Scene, spoken: boolean, actions: Actions): void {
  const { world, person, conversation } = scene;
  const state = spoken ? 'spoken' : `${conversation.room.id}/${conversation.key}/${person.key}`;
  if (element.dataset.state === state) return;
  element.dataset.state = state;
  element.hidden = spoken;
  if (spoken) {
    element.replaceChildren();
    return;
  }
  const isPrivate = conversation.room.owner !== undefined;
  const language = person.user.language_code;
  const { examples: byLanguage, emptyGroup, emptyPrivate } = world.words;
  const examples = byLanguage[language ?? ''] ?? Object.values(byLanguage)[0] ?? [];
  const chips = el('div', { class: 'chips' });
  for (const example of examples) {
    const text = isPrivate ? example : `@${world.bot.username} ${example}`;
    const chip = el('button', { type: 'button', class: 'chip', lang: language }, text);
    chip.addEventListener('click', () => {
      void actions.say(text);
      document.querySelector<HTMLElement>('.composer-input')?.focus({ preventScroll: true });
    });
    chips.append(chip);
  }
  element.replaceChildren(
    el(
      'div',
      { class: 'empty-card' },
      avatar(world.bot.id, world.bot.first_name, 'large bot'),
      el('p', { class: 'empty-title' }, WORDING.emptyTitle(world.bot.first_name)),
      el('p', { class: 'empty-note' }, isPrivate ? emptyPrivate : emptyGroup),
      chips,
    ),
  );
}
