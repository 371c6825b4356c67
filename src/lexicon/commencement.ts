import type { Concept, Member } from './concept.ts';

const WHEN = '(?:[哪那]一?[天年日]|[几哪]月|几[时号]|(?:什么|啥|咩)(?:时候|日子|日期|年份|时间)|何时|哪个月)';
const HOLDS = '(?:算数|作数|管用|管事|生效|[施实]行|实施|执行|上路|落地|起算|算起|用起|起用|使的?$|开始|起)';
const ASKS = new RegExp(`(?:[从自由打到]|是)?${WHEN}{1,3}[^，。？?!！]{0,5}${HOLDS}`, 'g');
const MEMBERS: readonly Member[] = [
  { word: '施行', weight: 1 },
  { word: '起施行', weight: 1 },
  { word: '生效', weight: 1 },
  { word: '实施', weight: 0.6 },
  { word: '执行', weight: 0.6 },
];

/** Where a folded question asks since when a rule holds, in more forms than a list of words has: 「哪天起算数」. */
export function commencementsIn(folded: string): readonly Concept[] {
  return Array.from(
    folded.matchAll(ASKS),
    ({ index, 0: { length } }): Concept => ({ start: index, end: index + length, members: MEMBERS }),
  );
}
