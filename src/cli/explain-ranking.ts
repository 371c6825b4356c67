import { CONFIDENCE, RELEVANCE, THRESHOLDS } from '../answering/calibration.ts';
import { probability, signsOf } from '../answering/confidence.ts';
import type { LoadedEngine } from '../engine.ts';
import { cut } from '../knowledge/document.ts';
import { SIGNALS, type Signal } from '../phrasings/evidence.ts';
import type { RankedTarget } from '../phrasings/retriever.ts';
import { RANKING } from '../phrasings/weights.ts';
import { COMPARED } from '../retrieval/features.ts';
import { table } from './table.ts';

/** So many candidates stand beside each other. */
const SHOWN = 4;

/** Why a question is answered as it is: what speaks for each of the best candidates, by phrasings and in the texts. */
export function explainRanking({ retriever, texts }: LoadedEngine, question: string): string {
  const retrieved = retriever.retrieve(question);
  const found = texts.search(question);
  const best = retrieved.candidates.slice(0, SHOWN);
  const clauses = texts.explain(question).slice(0, SHOWN);
  const signs = signsOf(retrieved);
  const sure = (share: number) => `${(100 * share).toFixed(1)} %`;
  const lines = [
    `按问法：把握 ${sure(signs ? probability(signs, CONFIDENCE) : 0)}（${sure(THRESHOLDS.answered)} 起直接回答），` +
      `切题 ${sure(signs ? probability(signs, RELEVANCE) : 0)}（${sure(THRESHOLDS.related)} 起列出相近的）`,
    ...best.map(({ target }, at) => {
      const named = target.kind === 'point' ? target.point : target.section;
      const kind = target.kind === 'point' ? '要点' : '整节';
      return `  ${at + 1}. ${kind}「${named.title}」（${target.document.label}）`;
    }),
    ...(best.length > 0 ? ['', evidenceOf(best)] : []),
    '',
    `按原文：把握 ${sure(found.confidence)}（${sure(THRESHOLDS.text)} 起直接回答），` +
      `前三处里有 ${sure(found.shown)}（${sure(THRESHOLDS.perhaps)} 起列出）`,
    ...clauses.map(({ candidate: { document, clause } }, at) => {
      return `  ${at + 1}. ${shortened(cut(document.document, clause.span))}（${document.document.label}）`;
    }),
    ...(clauses.length > 0 ? ['', table(headOf(clauses.length), measuresOf(clauses))] : []),
  ];
  return `${lines.join('\n')}\n\n`;
}

const headOf = (count: number, ...before: readonly string[]) => [
  '依据',
  ...before,
  ...Array.from({ length: count }, (_, at) => String(at + 1)),
];

/** What each signal adds to the score, and the sum; a signal that adds nothing anywhere is left out. */
function evidenceOf(candidates: readonly RankedTarget[]): string {
  const added = (signal: Signal, { evidence }: RankedTarget) => RANKING[signal] * evidence()[signal];
  const telling = SIGNALS.filter((signal) => candidates.some((one) => Math.abs(added(signal, one)) >= LEAST));
  const rows = telling.map((signal) => [
    SIGNAL_NAMES[signal],
    `×${RANKING[signal]}`,
    ...candidates.map((one) => signed(added(signal, one))),
  ]);
  return table(headOf(candidates.length, '权重'), [
    ...rows,
    ['得分', '', ...candidates.map(({ score }) => signed(score))],
  ]);
}

const LEAST = 0.005;

/** What of the question each clause has, in shares. A network weighs them together: no part has a weight of its own. */
function measuresOf(
  clauses: readonly { readonly candidate: { readonly comparable: readonly number[] }; readonly score: number }[],
): readonly (readonly string[])[] {
  const rows = COMPARED.map((name, at) => [
    MEASURE_NAMES[name],
    ...clauses.map(({ candidate }) => (candidate.comparable[at] as number).toFixed(2)),
  ]);
  return [...rows, ['得分', ...clauses.map(({ score }) => signed(score))]];
}

function signed(value: number): string {
  return `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(2)}`;
}

const WIDTH = 36;

function shortened(text: string): string {
  const points = Array.from(text.replaceAll('\n', ' '));
  return points.length <= WIDTH ? points.join('') : `${points.slice(0, WIDTH).join('')}…`;
}

const SIGNAL_NAMES: Readonly<Record<Signal, string>> = {
  familiarity: '全部问法和原文合起来像不像',
  cover: '问题里的词有多少',
  likeness: '最像的一种问法',
  support: '再次的两种问法',
  nearMiss: '最像的反例',
  passage: '原文里的词',
  fuzzy: '逐字比对（Fuse.js）',
  type: '疑问词合不合',
  strangeType: '没人这样问它',
  strangeConcepts: '问到它没有的概念',
  wording: '整句措辞，像问法',
  nearWording: '整句措辞，像反例',
  affinity: '像是问它的（朴素贝叶斯）',
  suspicion: '像是反例（朴素贝叶斯）',
  section: '是整节',
  whole: '整节，而问题要整段',
  inside: '整节里要点的词',
};

const MEASURE_NAMES: Readonly<Record<(typeof COMPARED)[number], string>> = {
  characters: '字',
  pairs: '相邻的两个字',
  terms: '词',
  asked: '这句话被问到的份额',
  concepts: '概念',
  explained: '问题里讲得通的字',
  special: '专名和数字',
  words: '问题里讲得通的词',
  'explained above': '字，连同上文',
  'words above': '词，连同上文',
  'explained around': '字，连同标题和前一句',
  'rare terms': '少见的词',
  'rare terms above': '少见的词，连同上文',
  'rare explained': '少见的字',
  'rare explained above': '少见的字，连同上文',
  'rare explained around': '少见的字，连同标题和前一句',
  'words around': '词，连同标题和前一句',
  run: '连着对上的最长一段',
  meaning: '意思相近',
  'meaning above': '意思相近，连同上文',
};
