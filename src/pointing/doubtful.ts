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

/**
 * From this confidence on, answers have been right 98 % of the time: with a point or section, and with a clause of text,
 * whose confidence is the less reliable.
 */
const SURE = { point: 0.9, clause: 0.97 };
/** Below this confidence, nothing was ever found in the texts by reading on; and half of all small talk is there. */
const SILENT = 0.01;
/** A message with so many units and more than one piece is a story around its question. */
const STORY = 40;

/** Whether something was looked for: small talk is told by its words before that. */
export function isQuestion(answer: Answer): boolean {
  return answer.outcome !== 'unanswered' || answer.reason === 'unsure' || answer.reason === 'uncovered';
}

/** Undefined where what is answered may go out at once. */
export function doubtful(question: string, { before }: Asked, answer: Answer): Doubtful | undefined {
  if (answer.outcome === 'unanswered') return isQuestion(answer) && answer.confidence >= SILENT ? 'silent' : undefined;
  if (answer.outcome === 'related') return answer.degree;
  // Only a clause is read in a stretch of its text.
  if (answer.confidence < (answer.stretch ? SURE.clause : SURE.point)) return 'unsure';
  const folded = foldQuestion(question);
  if (asksDenied(folded)) return 'negation';
  if (isRumour(folded)) return 'rumour';
  if (qualifiersIn(folded).length > 0) return 'qualifier';
  if (answer.also || answer.partly || partsOf(question).length > 1) return 'two';
  if (before !== undefined && leansOn(question)) return 'follow-up';
  return question.length >= STORY && piecesOf(question).length > 1 ? 'story' : undefined;
}
