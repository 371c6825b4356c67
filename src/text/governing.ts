import type { Range } from './sentences.ts';

/** Words that turn what they govern into its opposite: what follows them is lifted, ended or forbidden. */
const GOVERNING =
  /取消|突破|废止|废除|撤销|解除|免除|免予|不再|禁止|严禁|不得|不予|不设|不属于|不包括|停止|终止|原则上不/g;
/** What stands before these is taken out of what was said. */
const EXCEPTING = /除外|以外|之外|不在此限|不在此列/;
/** Where a word's reach ends; a list goes on after 「，以及」. */
const BOUNDARY = /[。；;！!？?：:\n]|[，,](?!以及|及|和|并|或)/g;

/**
 * The word outside a stretch of text without which the stretch would say the opposite: 「取消…的限制」, 「…除外」;
 * undefined when there is none.
 */
export function governingWord(text: string, { start, end }: Range): string | undefined {
  const said = text.slice(start, end);
  if (said.search(GOVERNING) >= 0 || EXCEPTING.test(said)) return undefined;
  const before = text.slice(0, start);
  const from = Array.from(before.matchAll(BOUNDARY)).at(-1);
  const reach = before.slice(from ? from.index + from[0].length : 0);
  const governs = Array.from(reach.matchAll(GOVERNING)).at(-1)?.[0];
  if (governs !== undefined) return governs;
  // What stands in brackets further on is said of something else.
  const [after = ''] = /^(?:[（(][^）)]*|[^（(]*)/.exec(text.slice(end)) ?? [];
  const to = after.search(BOUNDARY);
  return EXCEPTING.exec(to < 0 ? after : after.slice(0, to))?.[0];
}
