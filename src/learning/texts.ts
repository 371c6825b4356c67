import { THRESHOLDS } from '../answering/calibration.ts';
import { type DocumentQuestion, plainDocument } from '../evaluation/document-questions.ts';
import type { Squad } from '../evaluation/squad.ts';
import { articleAt, type Law, type Statutes } from '../evaluation/statutes.ts';
import type { Document } from '../knowledge/document.ts';
import type { Language } from '../lexicon/language.ts';
import type { Network } from '../network.ts';
import { createRandom, shuffle } from '../random.ts';
import { readDocument } from '../reading/reading.ts';
import {
  certainties,
  confidenceOf,
  type IsRight,
  type Lesson,
  learnCertainty,
  learnRanking,
  lessonsOf,
} from './text-lessons.ts';

/** Libraries have so many documents: one, as a keeper begins with, a few, and more. */
const SIZES = [1, 8, 40] as const;
const FOLDS = 4;
/** One question in so many is put to a library that lacks its document as well, and fewer to one of fewer than `FEW` documents. */
const FOREIGN_EVERY = 40;
const FEW = 8;
/** Of the questions that can also be put to all statutes, and of those about an encyclopedia's paragraphs, one in so many. */
const STATUTE_EVERY = 3;
const SQUAD_EVERY = 4;

export interface Learned {
  readonly ranking: Network;
  readonly right: Network;
  readonly shown: Network;
}

export interface Material {
  readonly documents: readonly Document[];
  readonly questions: readonly DocumentQuestion[];
  /** A large library, and laymen's questions on it. */
  readonly statutes: Statutes | undefined;
  /** Paragraphs that say much the same words as their questions; some of the questions may be English. */
  readonly squads: readonly Squad[];
}

export interface Learning {
  readonly learned: Learned;
  /** What was reached on documents not learned from. */
  readonly head: readonly string[];
  readonly rows: readonly (readonly (string | number)[])[];
}

/**
 * Learns from questions about many documents. Everything reported was measured on documents not learned from: they are
 * dealt into folds, and libraries are made within a fold.
 */
export function learnFromDocuments(material: Material, language: Language, say: (step: string) => void): Learning {
  const { documents, questions } = material;
  const folds = foldsOf(documents);
  const own = folds.map((fold, number) => {
    say(`fold ${number + 1}: ${fold.length} documents`);
    return SIZES.flatMap((size) =>
      librariesOf(fold, size).flatMap((library, at) => lessonsIn(library, at, questions, language)),
    );
  });
  say('other texts');
  const others = otherLessons(material, language);
  const lessons = own.map((fold, number) => [...fold, ...others.filter((_, at) => at % FOLDS === number)]);
  const beside = lessons.map((fold) => fold.filter(isBesideOthers));
  const rankings = lessons.map((_, fold) => {
    say(`ranking without fold ${fold + 1}`);
    return learnRanking(beside.filter((_, other) => other !== fold).flat());
  });
  const foldOf = new Map(lessons.flatMap((fold, number) => fold.map((lesson) => [lesson, number] as const)));
  const rankingOf = (lesson: Lesson) => rankings[foldOf.get(lesson) as number] as Network;
  const judged = lessons.map((fold, number) => {
    say(`certainty without fold ${number + 1}`);
    const certainty = learnCertainty(lessons.filter((_, other) => other !== number).flat(), rankingOf);
    return fold.map((lesson): Judged => {
      const one = certainties(lesson, rankingOf(lesson));
      return {
        lesson,
        right: one.right,
        confidence: confidenceOf(one, certainty.right),
        shown: confidenceOf(one, certainty.shown),
      };
    });
  });
  say('all');
  const all = lessons.flat();
  const learned = { ranking: learnRanking(beside.flat()), ...learnCertainty(all, rankingOf) };
  const reported = new Set(own.flat());
  return { learned, head: HEAD, rows: report(judged.flat().filter(({ lesson }) => reported.has(lesson))) };
}

/** Whether a question was put to more than one document: the ranking learns from these, the confidences from all. */
function isBesideOthers({ candidates: [first, ...others] }: Lesson): boolean {
  return others.some(({ document }) => document !== first?.document);
}

function foldsOf(documents: readonly Document[]): readonly (readonly Document[])[] {
  const order = shuffle([...documents], createRandom(1));
  return Array.from({ length: FOLDS }, (_, fold) => order.filter((_, at) => at % FOLDS === fold));
}

function librariesOf(documents: readonly Document[], size: number): readonly (readonly Document[])[] {
  const count = Math.max(1, Math.round(documents.length / size));
  return Array.from({ length: count }, (_, one) => documents.filter((_, at) => at % count === one));
}

function lessonsIn(
  documents: readonly Document[],
  number: number,
  questions: readonly DocumentQuestion[],
  language: Language,
): readonly Lesson[] {
  const every = FOREIGN_EVERY * Math.max(1, Math.round(FEW / documents.length));
  const names = new Set(documents.map(({ id }) => id));
  const asked = questions.filter(({ doc }, at) => names.has(doc) || at % every === number % every);
  return lessonsOf(documents.map(readDocument), asked, language);
}

function otherLessons({ questions, statutes, squads }: Material, language: Language): readonly Lesson[] {
  const encyclopedic = squads.flatMap(({ paragraphs, questions: asked }, squad) => {
    const documents = paragraphs.map((text, number) => ({ ...plainDocument(`${squad}/${number}`, text), title: '' }));
    const some = asked
      .filter((_, at) => at % SQUAD_EVERY === 0)
      .map(
        ({ question, paragraph, answers }, at): DocumentQuestion => ({
          id: `${squad}-${at}`,
          doc: `${squad}/${paragraph}`,
          q: question,
          kind: 'encyclopedia',
          gold: answers,
        }),
      );
    return lessonsOf(documents.map(readDocument), some, language);
  });
  if (!statutes) return encyclopedic;
  const laws = new Map(statutes.laws.map((law) => [law.document.id, law]));
  const readings = statutes.laws.map(({ document }) => readDocument(document));
  const known = questions.filter(({ doc, gold }, at) => laws.has(doc) && gold !== null && at % STATUTE_EVERY === 0);
  const lay = new Map(
    statutes.questions.map(({ question, own }, at) => [
      { id: `lay-${at}`, doc: '', q: question, kind: 'lay', gold: null } as DocumentQuestion,
      new Set(own),
    ]),
  );
  const isRight: IsRight = (question, { clause, document: { document } }) => {
    const own = lay.get(question);
    return own?.has(articleAt(laws.get(document.id) as Law, clause.span.paragraph)) ?? false;
  };
  return [
    ...encyclopedic,
    ...lessonsOf(readings, known, language),
    ...lessonsOf(readings, [...lay.keys()], language, isRight),
  ];
}

interface Judged {
  readonly lesson: Lesson;
  readonly right: readonly boolean[];
  readonly confidence: number;
  readonly shown: number;
}

const HEAD = ['', 'questions', 'right %', 'wrong % / shown %'];
const BINS = 10;

/** What was reached on documents not learned from. */
function report(judged: readonly Judged[]): readonly (readonly (string | number)[])[] {
  const answerable = judged.filter(({ lesson: { question, candidates } }) => isAnswerable(question, candidates));
  const percent = (part: number, whole: number) => Math.round((1000 * part) / Math.max(1, whole)) / 10;
  const within = (k: number) =>
    percent(answerable.filter(({ right }) => right.slice(0, k).includes(true)).length, answerable.length);
  /** Of some, what is answered from a confidence on: right as a share of `whole`, wrong of all of them. */
  const answered = (label: string, some: readonly Judged[], threshold: number, whole: number) => {
    const given = some.filter(({ confidence }) => confidence >= threshold);
    const right = given.filter(({ right: [first] }) => first).length;
    return [label, some.length, percent(right, whole), percent(given.length - right, some.length)];
  };
  const thresholds = [0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9].map((threshold) =>
    answered(`from ${threshold}`, judged, threshold, answerable.length),
  );
  const bins = Array.from({ length: BINS }, (_, bin) => {
    const inside = judged.filter(({ confidence }) => Math.min(BINS - 1, Math.floor(confidence * BINS)) === bin);
    const shown = judged.filter(({ shown: likely }) => Math.min(BINS - 1, Math.floor(likely * BINS)) === bin);
    return [
      `${bin / BINS}–${(bin + 1) / BINS}`,
      inside.length,
      percent(inside.filter(({ right: [first] }) => first).length, inside.length),
      percent(shown.filter(({ right }) => right.slice(0, 3).includes(true)).length, shown.length),
    ];
  });
  const kinds = Array.from(Map.groupBy(judged, ({ lesson }) => lesson.question.kind).entries(), ([kind, some]) =>
    answered(`${kind}, from ${THRESHOLDS.text}`, some, THRESHOLDS.text, some.length),
  );
  return [
    ['first', answerable.length, within(1), ''],
    ['in three', answerable.length, within(3), ''],
    ['in five', answerable.length, within(5), ''],
    ...thresholds,
    ...kinds,
    ...bins,
  ];
}

function isAnswerable({ gold, doc }: DocumentQuestion, candidates: Lesson['candidates']): boolean {
  return gold !== null && candidates.some(({ document: { document } }) => document.id === doc);
}
