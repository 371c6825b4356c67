import type { RecordedCall } from 'telegram-emulator/calls';
import { el } from './dom.ts';
import { timeText } from './time.ts';
import { WORDING } from './wording.ts';

/** One call as a list item that opens. What is inside is made when it is first opened. */
export function callElement(call: RecordedCall, timeZone: string): HTMLElement {
  const summary = el(
    'summary',
    { class: 'call-summary' },
    el('span', { class: 'call-method' }, call.method),
    verdictBadge(call),
    el('span', { class: 'call-time' }, timeText(call.at / 1_000, timeZone)),
    el('span', { class: 'call-gist' }, gistOf(call)),
  );
  const details = el('details', { class: 'call' }, summary);
  details.addEventListener('toggle', () => details.append(...contentOf(call)), { once: true });
  return el('li', { 'data-call': call.number }, details);
}

/** Whether a call's method, parameters or reply contain the text. */
export function callMatches(call: RecordedCall, text: string): boolean {
  const wanted = text.trim().toLowerCase();
  if (wanted === '') return true;
  return `${call.method} ${JSON.stringify([call.params, call.reply])}`.toLowerCase().includes(wanted);
}

function verdictBadge({ verdict, reply, fault }: RecordedCall): HTMLElement {
  if (verdict !== 'ok') return el('span', { class: 'badge bad' }, WORDING.callWrong(verdict.length));
  if (fault !== undefined) return el('span', { class: 'badge warn' }, WORDING.callFault);
  if (reply && !reply.ok) return el('span', { class: 'badge warn' }, String(reply.error_code));
  return el('span', { class: 'badge good' }, WORDING.callOk);
}

/** What the call is about, in one line. */
function gistOf({ params, reply }: RecordedCall): string {
  if (reply && !reply.ok) return reply.description;
  const { text, caption, action } = params;
  const said = text ?? caption ?? action;
  return typeof said === 'string' ? said.replaceAll('\n', ' ').slice(0, 120) : '';
}

function contentOf({ verdict, params, reply, fault }: RecordedCall): HTMLElement[] {
  const parts: HTMLElement[] = [];
  if (verdict !== 'ok') {
    const items = verdict.map(({ path, problem, detail }) =>
      el('li', {}, el('code', {}, path), ` ${problem}: ${detail}`),
    );
    parts.push(
      el('h3', { class: 'call-heading' }, WORDING.callProblems),
      el('ul', { class: 'call-problems' }, ...items),
    );
  }
  if (fault !== undefined) parts.push(el('p', { class: 'call-fault' }, `${WORDING.callFault}: ${fault}`));
  parts.push(el('h3', { class: 'call-heading' }, WORDING.callParams), code(params));
  const answer = reply === undefined ? WORDING.callNoReply : reply.ok ? reply.result : reply;
  parts.push(el('h3', { class: 'call-heading' }, WORDING.callReply), code(answer));
  return parts;
}

function code(value: unknown): HTMLElement {
  const text = typeof value === 'string' ? value : JSON.stringify(readable(value), undefined, 2);
  return el('pre', { class: 'call-code', tabindex: 0 }, text);
}

/** Objects that were sent as JSON strings within a form are shown as what they are. */
function readable(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, field]) => {
      if (typeof field !== 'string' || !/^[[{]/.test(field)) return [name, field];
      try {
        return [name, JSON.parse(field)];
      } catch {
        return [name, field];
      }
    }),
  );
}
