import type { Answer } from '../answering/answer.ts';
import type { Document } from '../knowledge/document.ts';
import type { Labelled } from './labelled.ts';
import { judge } from './score.ts';

/** A labelled question that was answered as it should be before an edit, and no longer. */
export interface Regression {
  readonly labelled: Labelled;
  readonly before: Answer;
  readonly after: Answer;
}

/** Whether an answer is what the label asks for; of what the sources don't say, none. */
export function holds(labelled: Labelled, answer: Answer): boolean {
  const { verdict, complete } = judge(labelled, answer);
  return verdict === (labelled.gold === null ? 'abstained' : 'right') && complete !== false;
}

/**
 * Of many labelled questions those that an edit of some documents may well have spoilt: about what these say, evenly
 * from the list, and some that no text answers.
 */
export function concerned(
  labelled: readonly Labelled[],
  documents: readonly Document[],
  { answerable, unanswerable }: { readonly answerable: number; readonly unanswerable: number },
): readonly Labelled[] {
  const texts = documents.map(({ paragraphs }) => paragraphs.join('\n'));
  // Many questions have the same answer.
  const known = new Map<string, boolean>();
  const isSaid = (part: string) => {
    const said = known.get(part) ?? texts.some((text) => text.includes(part));
    known.set(part, said);
    return said;
  };
  const about = labelled.filter(({ gold }) => gold?.some(isSaid));
  const none = labelled.filter(({ gold }) => gold === null);
  return [...evenly(about, answerable), ...evenly(none, about.length > 0 ? unanswerable : 0)];
}

function evenly<T>(all: readonly T[], most: number): readonly T[] {
  if (all.length <= most) return all;
  return Array.from({ length: most }, (_, at) => all[Math.floor((at * all.length) / most)] as T);
}
