import { foldQuestion, foldText } from '../../src/text/fold.ts';
import { withoutQuestionWords } from '../../src/text/question-words.ts';
import { type Tokens, tokenize } from '../../src/text/tokens.ts';

/** What the peers are given to index: the same folding and the same three kinds of token as the prototype had. */
export function passageFields(text: string): Tokens {
  return tokenize(foldText(text));
}

export function questionFields(text: string): Tokens {
  return tokenize(withoutQuestionWords(foldQuestion(text)));
}
