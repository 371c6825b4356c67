import type { Answer } from '../answering/answer.ts';
import type { Asked } from '../answering/asked.ts';
import { leansOn, partsOf, piecesOf } from '../answering/parts.ts';
import { foldQuestion } from '../text/fold.ts';
import { asksDenied, isRumour, qualifiersIn } from '../text/forms.ts';

/**
 * Why somebody should read: the answer is not sure, or the message has a form that rules and weights read badly. The
 * figures of each stand in docs/model.md.
 */
export type Doubtful =
  | 'perhaps'
  | 'near'
  | 'unsure'
  | 'silent'
  | 'negation'
  | 'rumour'
  | 'qualifier'
  | 'two'
  | 'story'
  | 'follow-up';

/** From this confidence on, answers have been right 98 % of the time: see docs/model.md. */
export const SURE = 0.9;
/** A message with so many units and more than one piece is a story around its question. */
const STORY = 40;

/** Undefined where what is answered may go out at once. */
export function doubtful(question: string, { before }: Asked, answer: Answer): Doubtful | undefined {
  if (answer.outcome === 'unanswered')
    return answer.reason === 'unsure' || answer.reason === 'uncovered' ? 'silent' : undefined;
  if (answer.outcome === 'related') return answer.degree;
  if (answer.confidence < SURE) return 'unsure';
  const folded = foldQuestion(question);
  if (asksDenied(folded)) return 'negation';
  if (isRumour(folded)) return 'rumour';
  if (qualifiersIn(folded).length > 0) return 'qualifier';
  if (answer.also || answer.partly || partsOf(question).length > 1) return 'two';
  if (before !== undefined && leansOn(question)) return 'follow-up';
  return question.length >= STORY && piecesOf(question).length > 1 ? 'story' : undefined;
}
