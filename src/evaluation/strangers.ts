import { cut, type Library } from '../knowledge/document.ts';
import { phrasedOf } from '../phrasings/targets.ts';
import { foldQuestion, foldText } from '../text/fold.ts';
import { tokenizeAll } from '../text/tokens.ts';

// What one in so many texts mentions, the library is about.
const TOPICAL_SHARE = 0.1;

/**
 * Asks of somebody or something else: where a question names what the library is about, it names instead what the library
 * never mentions. 「社区年底考核看什么」 becomes 「医院年底考核看什么」, and no text answers that. Undefined where it names nothing so.
 */
export function createStrangers(
  library: Library,
  foreign: readonly string[],
): (question: string, number: number) => string | undefined {
  const entries = phrasedOf(library.documents);
  const passages = entries.map(({ passage }) => foldText(passage));
  const own = library.documents.flatMap((document) =>
    document.sections.flatMap(({ points }) => points.map(({ quote }) => foldText(cut(document, quote)))),
  );
  const asked = entries.flatMap(({ ask, not }) => [...ask, ...not].map(foldQuestion));
  const known = new Set(tokenizeAll([...asked, ...passages]).flatMap(({ words }) => words));
  const strange = tokenizeAll(foreign.map(foldQuestion))
    .flatMap(({ words }) => words)
    .filter((word) => HAN_WORD.test(word) && !known.has(word));
  const counts = new Map<string, number>();
  for (const { words } of tokenizeAll(own))
    for (const word of new Set(words)) counts.set(word, (counts.get(word) ?? 0) + 1);
  const topical = [...counts]
    .filter(([word, count]) => HAN_WORD.test(word) && count >= TOPICAL_SHARE * own.length)
    .map(([word]) => word)
    .toSorted((a, b) => b.length - a.length);
  if (topical.length === 0 || strange.length === 0) return () => undefined;
  const topic = new RegExp(`(?:${topical.join('|')})+`, 'g');
  return (question, number) => {
    const folded = foldQuestion(question);
    const replaced = folded.replace(topic, strange[number % strange.length] as string);
    return replaced === folded ? undefined : replaced;
  };
}

const HAN_WORD = /^\p{Script=Han}{2,}$/u;
