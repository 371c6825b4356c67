import type { Answer } from '../answering/answer.ts';
import { createAnswerer } from '../answering/answerer.ts';
import { keyOf } from '../answering/key.ts';
import type { Library } from '../knowledge/document.ts';
import { createRetriever } from '../phrasings/retriever.ts';
import { type PhrasedTarget, phrasedOf } from '../phrasings/targets.ts';
import { readDocument } from '../reading/reading.ts';
import { NO_TEXTS } from '../retrieval/search.ts';
import { folds, type HeldOut, sameWords } from './hold-out.ts';
import type { Judgement, Verdict } from './score.ts';

const FOLDS = 5;

/** Every phrasing and near miss put to the library without it: the phrasings of each point held out in turn. */
export function judgeHeldOut(library: Library): readonly Judgement[] {
  const targets = new Map(phrasedOf(library.documents).map(({ target }) => [keyOf(target), target]));
  return folds(library, FOLDS).flatMap((fold, number) => {
    const retriever = createRetriever(fold.library);
    const answerer = createAnswerer({
      library: fold.library,
      readings: fold.library.documents.map(readDocument),
      retriever,
      texts: NO_TEXTS,
    });
    return fold.heldOut.map((held, i): Judgement => {
      const answer = answerer.answer(held.question);
      const labelled = {
        id: `${number + 1}-${i + 1}`,
        question: held.question,
        kind: held.near ? 'near' : 'ask',
        gold: held.near ? null : [held.key],
      };
      return { labelled, answer, verdict: verdictOf(held, answer, targets), complete: undefined, misleading: false };
    });
  });
}

function verdictOf(held: HeldOut, answer: Answer, targets: ReadonlyMap<string, PhrasedTarget>): Verdict {
  if (answer.outcome !== 'answered') return 'abstained';
  const [asked, given] = [targets.get(held.key), targets.get(answer.key)];
  return !held.near && asked && given && sameWords(asked, given) ? 'right' : 'wrong';
}
