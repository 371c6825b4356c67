import type { RecordedCall } from 'telegram-emulator/calls';
import type { Actions } from './actions.ts';
import { callElement, callMatches } from './call.ts';
import { createClockLine } from './clock-line.ts';
import { el, iconButton, setText } from './dom.ts';
import type { Store } from './store.ts';
import { WORDING } from './wording.ts';

/** Calls shown at once; the filter reaches further back. */
const SHOWN = 150;

/** Every call the bot makes, the newest first, and the bot's clock. */
export function createCallsPanel(store: Store, actions: Actions) {
  const clock = createClockLine(store, actions);
  const count = el('span', { class: 'panel-count', role: 'status' });
  const close = iconButton('close', WORDING.closePanel, 'panel-close');
  const filter = el('input', {
    type: 'search',
    class: 'panel-filter',
    placeholder: WORDING.callsFilter,
    'aria-label': WORDING.callsFilter,
    autocomplete: 'off',
    spellcheck: 'false',
  });
  const wrong = checkbox(WORDING.callsWrong);
  const polls = checkbox(WORDING.callsPolls);
  const list = el('ol', { class: 'calls', role: 'list', 'aria-label': WORDING.panel, tabindex: -1 });
  const none = el('p', { class: 'calls-none' });
  const element = el(
    'aside',
    { class: 'panel', 'aria-label': WORDING.panel },
    el('header', { class: 'panel-head' }, el('h2', { class: 'panel-title' }, WORDING.panel), count, close),
    clock.element,
    el('div', { class: 'panel-tools' }, filter, el('div', { class: 'panel-checks' }, wrong.element, polls.element)),
    el('div', { class: 'calls-scroll', tabindex: 0, role: 'region', 'aria-label': WORDING.panel }, list, none),
  );
  const made = new Map<number, HTMLElement>();

  function shut(): void {
    store.change({ panel: false });
    document.querySelector<HTMLElement>('.panel-toggle')?.focus();
  }

  close.addEventListener('click', shut);
  element.addEventListener('keydown', (event) => {
    if (event.key === 'Escape' && !event.defaultPrevented && event.target !== filter) shut();
  });
  filter.addEventListener('input', update);
  for (const { input } of [wrong, polls]) input.addEventListener('change', update);

  function elementOf(call: RecordedCall, timeZone: string): HTMLElement {
    const known = made.get(call.number) ?? callElement(call, timeZone);
    made.set(call.number, known);
    return known;
  }

  function update(): void {
    const scene = store.scene();
    if (!scene) return;
    clock.update();
    const {
      calls,
      clock: { timeZone },
    } = scene.world;
    const counted = calls.filter(({ method }) => polls.input.checked || method.toLowerCase() !== 'getupdates');
    const fitting = counted.filter(
      (call) =>
        callMatches(call, filter.value) && (!wrong.input.checked || call.verdict !== 'ok' || call.reply?.ok !== true),
    );
    setText(count, WORDING.callsCount(fitting.length, counted.length));
    setText(none, counted.length === 0 ? WORDING.callsNone : fitting.length === 0 ? WORDING.callsNoneFit : '');
    place(fitting.slice(-SHOWN).reverse(), timeZone);
    const kept = new Set(calls.map(({ number }) => number));
    for (const number of made.keys()) if (!kept.has(number)) made.delete(number);
  }

  /** Leaves what stands right where it is: an opened call stays open and keeps its focus. */
  function place(calls: readonly RecordedCall[], timeZone: string): void {
    const wanted = calls.map((call) => elementOf(call, timeZone));
    const keep = new Set<Element>(wanted);
    for (const child of [...list.children]) if (!keep.has(child)) child.remove();
    let at: ChildNode | null = list.firstChild;
    for (const node of wanted) {
      if (node === at) at = at.nextSibling;
      else list.insertBefore(node, at);
    }
  }

  return { element, update };
}

function checkbox(label: string): { readonly element: HTMLElement; readonly input: HTMLInputElement } {
  const input = el('input', { type: 'checkbox' });
  return { input, element: el('label', { class: 'check' }, input, label) };
}
