import { createHash } from 'node:crypto';
import { setImmediate as immediate } from 'node:timers/promises';
import { OWN_COMMANDS } from '../knowledge/check.ts';
import type { Library, Term } from '../knowledge/document.ts';
import { type FolderFiles, parseFolder, parseTerms, readFolder } from '../knowledge/folder.ts';
import { KnowledgeError } from '../knowledge/knowledge-error.ts';
import type { Problem } from '../knowledge/problem.ts';
import { createAnalyzer } from '../phrasings/analysis.ts';
import { makersOf, openKeptReadings } from './kept-readings.ts';
import { fingerprintOf, type Prepared, prepare, recall } from './prepared.ts';

/** A knowledge folder without an error in it, each of its documents made ready. */
export interface LoadedKnowledge {
  readonly documents: readonly Prepared[];
  readonly terms: readonly Term[];
  /** Of all that it was made from. */
  readonly fingerprint: string;
}

/** The code that runs is that of the start, whatever its files have become. */
let made: Promise<string> | undefined;

export function libraryOf({ documents, terms }: Pick<LoadedKnowledge, 'documents' | 'terms'>): Library {
  return { documents: documents.map(({ document }) => document), terms };
}

/**
 * Loads a folder; throws a KnowledgeError when any of its problems is an error. A document that has not changed since
 * `before`, or since its reading was kept, is not read again.
 */
export async function loadKnowledge(folder: string, before?: LoadedKnowledge): Promise<LoadedKnowledge> {
  made ??= makersOf();
  const [files, makers] = [await readFolder(folder), await made];
  const kept = openKeptReadings(folder);
  const { terms, problems } = parseTerms(files.terms);
  if ([...files.problems, ...problems].some(isError)) throw faultsOf(folder, files);
  const analyzer = createAnalyzer(terms);
  const had = new Map(before?.documents.map((one) => [one.document.id, one]));
  // Phrasings are read in the light of the folder's terms.
  const sameTerms = JSON.stringify(terms) === JSON.stringify(before?.terms);
  const documents: Prepared[] = [];
  for (const one of files.documents) {
    const fingerprint = fingerprintOf(one, makers, files.terms?.text ?? '');
    const earlier = had.get(one.id);
    if (earlier?.fingerprint === fingerprint) {
      documents.push(earlier);
      continue;
    }
    const found = await kept.load(one.id, fingerprint);
    const recalled = found && recall(one, fingerprint, found);
    const prepared = recalled ?? prepare(one, fingerprint, analyzer, sameTerms ? earlier : undefined);
    if (!prepared) throw faultsOf(folder, files);
    if (!recalled) await kept.save(one.id, fingerprint, prepared);
    documents.push(prepared);
    // A bot that reloads answers in between.
    await immediate();
  }
  if (contradict(documents)) {
    // Numbers that are alike may still stand for phrasings that are not.
    const error = faultsOf(folder, files);
    if (error.problems.length > 0) throw error;
  }
  await kept.keepOnly(documents.map(({ document }) => document.id));
  return { documents, terms, fingerprint: sumOf([...documents.map((one) => one.fingerprint), JSON.stringify(terms)]) };
}

function sumOf(parts: readonly string[]): string {
  return createHash('sha256').update(parts.join('\n')).digest('hex');
}

function isError({ severity }: Problem): boolean {
  return severity === 'error';
}

function faultsOf(folder: string, files: FolderFiles): KnowledgeError {
  return new KnowledgeError(folder, parseFolder(files).problems.filter(isError));
}

/** Whether two documents claim the same command or phrasing. */
function contradict(documents: readonly Prepared[]): boolean {
  const commands = documents.flatMap(({ document: { command } }) => command?.name ?? []);
  if (new Set([...commands, ...OWN_COMMANDS]).size < commands.length + OWN_COMMANDS.length) return true;
  const claims = new Float64Array(documents.reduce((sum, one) => sum + one.claims.length, 0));
  let to = 0;
  for (const one of documents) {
    claims.set(one.claims, to);
    to += one.claims.length;
  }
  claims.sort();
  return claims.some((claim, at) => claim === claims[at - 1]);
}
