import type { Advance } from '../protocol.ts';
import type { Actions } from './actions.ts';
import { el, icon, setText } from './dom.ts';
import type { Store } from './store.ts';
import { clockNow, clockText } from './time.ts';
import { WORDING } from './wording.ts';

/** The bot's clock, and buttons to move it forward where that is possible. */
export function createClockLine(store: Store, actions: Actions) {
  const time = el('span', { class: 'clock-time' });
  const buttons = el('div', { class: 'clock-buttons' });
  const button = (advance: Advance, label: string) => {
    const made = el('button', { type: 'button', class: 'small-button' }, label);
    made.addEventListener('click', () => void actions.do({ type: 'clock', advance }));
    buttons.append(made);
    return made;
  };
  button('hour', WORDING.advanceHour);
  const morning = button('morning', '');
  button('day', WORDING.advanceDay);
  const element = el(
    'div',
    { class: 'clock', role: 'group', 'aria-label': WORDING.clock },
    el('div', { class: 'clock-line', title: WORDING.clock }, icon('clock'), time),
    buttons,
  );

  function update(): void {
    const scene = store.scene();
    if (!scene) return;
    const { clock } = scene.world;
    buttons.hidden = !clock.canAdvance;
    morning.hidden = clock.morning === undefined;
    setText(morning, WORDING.advanceTo(clock.morning ?? ''));
    setText(time, clockText(clockNow(scene.world, store.now()), clock.timeZone));
  }

  setInterval(update, 1_000);
  return { element, update };
}
