import { FormattedString } from '@grammyjs/parse-mode';
import type { Related } from '../answering/answer.ts';
import { button } from './keyboard.ts';
import { type Message, messageOf } from './message.ts';

/** A question that was asked in vain, as its card needs it. */
export interface CardedGap {
  readonly key: string;
  readonly question: string;
  readonly questions: readonly string[];
  readonly count: number;
  readonly disliked: number;
  readonly outcome: 'perhaps' | 'near' | 'unanswered' | 'answered';
}

/** Other wordings that a card shows, and UTF-16 units of each clause. */
const WORDINGS = 3;
const EXCERPT = 70;

/** What people asked in vain, with the clauses that may answer it: a thumb chooses one. */
export function gapCard(gap: CardedGap, clauses: readonly Related[]): Message {
  const { key, question, questions, outcome } = gap;
  const others = questions.slice(1, 1 + WORDINGS);
  const lines: (FormattedString | string)[] = [
    GAPS.asked(gap),
    FormattedString.bold(question),
    ...(others.length > 0 ? [GAPS.also(others, questions.length - 1 - others.length)] : []),
    GAPS.now[outcome],
    '',
    clauses.length > 0 ? GAPS.which : GAPS.noClauses,
    ...clauses.map(({ section, title, quotes: [{ text, document }] }, at) => {
      const place = [document.label, section || title].filter((each) => each !== '');
      return `${at + 1}. ${place.join(' · ')}\n${shortened(text)}`;
    }),
  ];
  const choices = clauses.map((clause, at) =>
    button(`${at + 1}`, { kind: 'teach', key, target: clause.key, force: false }),
  );
  return messageOf(FormattedString.join(lines, '\n'), [
    ...(choices.length > 0 ? [choices] : []),
    [button(GAPS.miss, { kind: 'gap', key, act: 'miss' }), button(GAPS.drop, { kind: 'gap', key, act: 'drop' })],
  ]);
}

/** A drafted phrasing with the clause that it would ask for; `said`: what became of the one before. */
export function suggestionCard(
  document: string,
  draft: { readonly key: string; readonly question: string; readonly quote: string } | undefined,
  said?: string,
): Message {
  const before = said === undefined ? [] : [said, ''];
  if (!draft) return messageOf([...before, GAPS.suggestedAll].join('\n'));
  const text = FormattedString.join(
    [...before, GAPS.suggestion, FormattedString.bold(draft.question), '', shortened(draft.quote)],
    '\n',
  );
  return messageOf(text, [
    [
      button(GAPS.take, { kind: 'suggestion', key: document, draft: draft.key, take: true }),
      button(GAPS.leave, { kind: 'suggestion', key: document, draft: draft.key, take: false }),
    ],
  ]);
}

/** A lesson that would spoil labelled questions, which the keeper may want all the same. */
export function withheldLesson(key: string, target: string, question: string, spoiled: readonly string[]): Message {
  return messageOf(GAPS.withheld(question, spoiled), [
    [
      button(GAPS.anyway, { kind: 'teach', key, target, force: true }),
      button(GAPS.drop, { kind: 'gap', key, act: 'drop' }),
    ],
  ]);
}

function shortened(text: string): string {
  const line = text.replace(/\s+/g, ' ');
  return line.length <= EXCERPT
    ? line
    : `${line
        .slice(0, EXCERPT)
        .toWellFormed()
        .replace(/\uFFFD$/, '')}…`;
}

/** Questions that a message lists. */
const LISTED = 6;

export const GAPS = {
  none: '没有答不上的问题。',
  head: (count: number, days: number) =>
    `最近 ${days} 天，有 ${count} 类问题没答好，最常问的在下面。点数字：以后就用那一条回答；「不在资料里」：以后直说没有；「忽略」：不再列出。`,
  asked: ({ count, disliked }: Pick<CardedGap, 'count' | 'disliked'>) =>
    [count > 0 ? `没答上 ${count} 次` : '', disliked > 0 ? `👎 ${disliked} 次` : '']
      .filter((each) => each !== '')
      .join('，'),
  also: (others: readonly string[], more: number) =>
    `也有人问：${others.join('；')}${more > 0 ? `；还有 ${more} 种问法` : ''}`,
  now: {
    perhaps: '现在的回答：拿不准，列出几处',
    near: '现在的回答：原文没有直说',
    unanswered: '现在的回答：没找到',
    answered: '现在有回答，但有人点了 👎',
  },
  which: '哪一条能回答？',
  noClauses: '资料里没有相近的内容。',
  miss: '不在资料里',
  drop: '忽略',
  checking: '正在核对……',
  learned: (question: string, title: string) => `✓ 学会了：问「${question}」，就用「${title}」回答。`,
  missed: (question: string) => `✓ 记下了：「${question}」不在资料里，以后直说没有。`,
  dropped: (question: string) => `已忽略「${question}」。`,
  gone: '这一条已经处理过了，或者资料改过了。发 /gaps 看现在的。',
  taken: (question: string, title: string) => `没有改：「${question}」已经是「${title}」的问法。`,
  unreadable: (path: string) => `没有改：${path} 的写法没法自动添加，请在电脑上改。`,
  broken: '没有改：资料里现在有错误，请先改好（npm run -s check 会指出在哪一行）。',
  failed: '没有改成，请稍后再点一次。',
  withheld: (question: string, spoiled: readonly string[]) =>
    `没有改：改了「${question}」，会让 ${spoiled.length} 个原来答得对的问题答错。\n${spoiled
      .slice(0, LISTED)
      .map((one) => `· ${one}`)
      .join('\n')}`,
  anyway: '照样改',
  suggestion: '大家会不会这样问这一条？',
  suggestedAll: '没有别的建议了。',
  take: '收下',
  leave: '不要',
} as const;
