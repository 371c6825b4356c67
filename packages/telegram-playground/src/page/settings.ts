import type { Standing } from '../protocol.ts';
import type { Actions } from './actions.ts';
import { el } from './dom.ts';
import { avatar, nameOf } from './people.ts';
import type { Scene, Store } from './store.ts';
import { WORDING } from './wording.ts';

type Choice = Exclude<Standing, 'creator'>;
const CHOICES: readonly Choice[] = ['administrator', 'member', 'muted', 'absent'];

/** Who is what in the open group; in a private chat, whether the bot is blocked. */
export function openSettings(store: Store, actions: Actions): void {
  const scene = store.scene();
  if (!scene) return;
  const dialog = el('dialog', { class: 'dialog settings', 'aria-label': WORDING.settings });
  const done = el('button', { type: 'button', class: 'text-button' }, WORDING.done);
  done.addEventListener('click', () => dialog.close());
  dialog.addEventListener('close', () => dialog.remove());
  dialog.addEventListener('click', (event) => {
    if (event.target === dialog) dialog.close();
  });
  const body =
    scene.conversation.room.owner === undefined ? groupSettings(scene, actions) : blockSetting(scene, actions);
  const title = el('h2', { class: 'dialog-title' }, scene.conversation.room.title);
  dialog.append(el('div', { class: 'dialog-body' }, title, ...body, el('div', { class: 'dialog-buttons' }, done)));
  document.body.append(dialog);
  dialog.showModal();
}

function groupSettings({ world, conversation: { room } }: Scene, actions: Actions): HTMLElement[] {
  const bot = standingRow(world.bot.id, world.bot.first_name, 'bot', room.bot, (standing) =>
    actions.do({ type: 'bot', chat: room.id, standing }),
  );
  const people = world.people.map(({ key, user }) =>
    standingRow(user.id, nameOf(user), '', room.people[key] ?? 'absent', (standing) =>
      actions.do({ type: 'role', chat: room.id, person: key, standing }),
    ),
  );
  return [
    el('h3', { class: 'section-title' }, WORDING.botInGroup),
    bot,
    el('h3', { class: 'section-title' }, WORDING.peopleInGroup),
    ...people,
  ];
}

function standingRow(
  id: number,
  name: string,
  looks: string,
  current: Standing,
  choose: (standing: Choice) => Promise<boolean>,
): HTMLElement {
  const picture = avatar(id, name, `small ${looks}`);
  if (current === 'creator') {
    const fixed = el('span', { class: 'standing-fixed' }, WORDING.standings.creator);
    return el('div', { class: 'standing' }, picture, el('span', { class: 'standing-name' }, name), fixed);
  }
  const select = el('select', { class: 'standing-select', 'aria-label': name });
  for (const choice of CHOICES) {
    const option = el('option', { value: choice }, WORDING.standings[choice]);
    option.selected = choice === current;
    select.append(option);
  }
  select.addEventListener('change', () => void choose(select.value as Choice));
  return el('label', { class: 'standing' }, picture, el('span', { class: 'standing-name' }, name), select);
}

function blockSetting({ conversation: { room }, person }: Scene, actions: Actions): HTMLElement[] {
  const element = el(
    'button',
    { type: 'button', class: 'switch', role: 'switch', 'aria-checked': String(room.blocked) },
    el('span', { class: 'switch-label' }, WORDING.blockBot, el('span', { class: 'switch-note' }, WORDING.blockNote)),
    el('span', { class: 'switch-track' }),
  );
  element.addEventListener('click', async () => {
    const on = element.getAttribute('aria-checked') !== 'true';
    if (await actions.do({ type: 'block', person: person.key, on })) element.setAttribute('aria-checked', String(on));
  });
  return [element];
}
