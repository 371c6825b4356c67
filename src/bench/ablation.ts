import { mistype, type Typo } from '../evaluation/typos.ts';
import { BM25, impactTable } from '../passages/impacts.ts';
import { createMatcher, type PassageMatch } from '../passages/matcher.ts';
import { createMistakeReader } from '../passages/mistakes.ts';
import { type Question, readQuestion } from '../passages/question.ts';
import { pickQuote, scoreSentences } from '../passages/quote.ts';
import { rank } from '../passages/ranking.ts';
import { rerankScore } from '../passages/rerank.ts';
import { unitsOf } from '../passages/segment.ts';
import { sentenceEnds } from '../passages/sentence-ends.ts';
import { createPassageStore } from '../passages/store.ts';
import { BIGRAM, CHARACTER, kindOfTerm } from '../passages/terms.ts';
import { foldUnits } from '../passages/units.ts';
import { SENTENCES } from '../passages/weights.ts';
import { round } from './figures.ts';
import type { Squad } from './squad.ts';

interface Variant {
  readonly name: string;
  readonly kinds?: readonly number[];
  readonly questionWords?: 'kept';
  readonly reranking?: 'none';
  readonly mistakes?: 'ignored';
  readonly quote?: 'head' | 'coverage';
  readonly typo?: Typo;
}

const VARIANTS: readonly Variant[] = [
  { name: 'all' },
  { name: 'characters only, no re-ranking', kinds: [CHARACTER], reranking: 'none' },
  { name: 'bigrams only, no re-ranking', kinds: [BIGRAM], reranking: 'none' },
  { name: 'no re-ranking', reranking: 'none' },
  { name: 'question words kept', questionWords: 'kept' },
  { name: 'quote: the first 120 characters', quote: 'head' },
  { name: 'quote: most of the question, no learning', quote: 'coverage' },
  { name: 'two homophones', typo: 'homophone2' },
  { name: 'two homophones, no corrector', typo: 'homophone2', mistakes: 'ignored' },
  { name: 'no corrector', mistakes: 'ignored' },
];

export interface AblationRow {
  readonly name: string;
  readonly recall1: number;
  readonly quote1: number;
}

/** What each part of the engine buys: the same questions with one part left out at a time. */
export function* ablate({ paragraphs, questions }: Squad): Generator<AblationRow> {
  const store = createPassageStore();
  store.add(paragraphs.map((text, number) => ({ document: String(number), text })));
  const { segments, documents, statistics } = store;
  const mistakes = createMistakeReader(statistics);
  const tables = BM25.map((parameters) => impactTable(parameters, statistics.averageLength()));

  for (const variant of VARIANTS) {
    let found = 0;
    let quoted = 0;
    for (const { question: text, paragraph, answers } of questions) {
      const asked = variant.typo ? mistype(text, variant.typo) : text;
      const question = read(asked, variant);
      const terms = question.terms
        .filter(({ term }) => variant.kinds === undefined || variant.kinds.includes(kindOfTerm(term)))
        .map(({ term, share }) => ({
          term,
          weight: share * statistics.idf(term),
          table: tables[kindOfTerm(term)] as Float32Array,
        }))
        .sort((a, b) => b.weight - a.weight || a.term - b.term);
      const ranked = rank(segments, terms, 20, 0.5);
      const matcher = createMatcher(question, statistics.idf);
      const best = ranked
        .map(({ segment, passage, score }) => {
          const units = unitsOf((segments[segment] as (typeof segments)[number]).segment, passage);
          const folded = foldUnits(units);
          const match = matcher.match(folded, sentenceEnds(units));
          const number = Number(documents[segments[segment]?.segment.documents[passage] ?? -1]);
          const final = variant.reranking === 'none' ? score : rerankScore(score / (ranked[0]?.score ?? 1), match);
          return { number, folded, match, score: final };
        })
        .sort((a, b) => b.score - a.score)[0];
      if (!best) continue;
      if (best.number === paragraph) found++;
      const { start, end } = quote(variant, question, best.folded, best.match);
      const given = (paragraphs[best.number] as string).slice(start, end);
      if (answers.some((answer) => given.includes(answer))) quoted++;
    }
    yield { name: variant.name, recall1: share(found), quote1: share(quoted) };
  }

  function read(text: string, variant: Variant): Question {
    const question = readQuestion(text, variant.mistakes === 'ignored' ? undefined : mistakes);
    if (variant.questionWords !== 'kept') return question;
    // A question that is nothing but its core: as if no word were a question word.
    return readQuestion(text, mistakes, (folded) => folded);
  }

  function share(count: number): number {
    return round((100 * count) / questions.length);
  }
}

const LIMIT = 120;

function quote({ quote: how }: Variant, question: Question, folded: Uint16Array, match: PassageMatch) {
  if (how === 'head') return { start: 0, end: LIMIT };
  const scores =
    how === 'coverage'
      ? match.sentences.map(({ mass }) => 20 * mass)
      : scoreSentences(question, folded, match, SENTENCES);
  return pickQuote(match, scores);
}
