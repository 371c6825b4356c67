import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Engine, engineOf } from '../engine.ts';
import { sourceFile } from '../importing/source-file.ts';
import type { Term } from '../knowledge/document.ts';
import { parseDocument } from '../knowledge/parse.ts';
import { loadLanguage } from '../lexicon/files.ts';
import type { Draft } from './drafts.ts';
import { writeWhole } from './folders.ts';

/** Who tries which draft: until it is over, their questions in private are answered from it alone. */
export interface Trials {
  of(person: number): Promise<string | undefined>;
  begin(person: number, key: string): Promise<void>;
  /** Of one person, or of all who try a draft. */
  end(which: number | string): Promise<void>;
}

const FILE = '.trials.json';

/** A file beside the drafts: what an owner began goes on after a restart. */
export function openTrials(knowledge: string): Trials {
  const path = join(knowledge, FILE);
  let known: Map<number, string> | undefined;
  const all = async () => {
    known ??= new Map(
      JSON.parse(await readFile(path, 'utf8').catch(() => '[]')) as readonly (readonly [number, string])[],
    );
    return known;
  };
  const write = async (trials: ReadonlyMap<number, string>) => writeWhole(path, JSON.stringify([...trials]));
  return {
    async of(person) {
      return (await all()).get(person);
    },
    async begin(person, key) {
      const trials = await all();
      trials.set(person, key);
      await write(trials);
    },
    async end(which) {
      const trials = await all();
      const before = trials.size;
      for (const [person, key] of [...trials]) if (person === which || key === which) trials.delete(person);
      if (trials.size < before) await write(trials);
    },
  };
}

/** An engine over a draft alone. Throws an Error when its text is none that could be loaded. */
export async function engineOfDraft({ key, document }: Draft, terms: readonly Term[]): Promise<Engine> {
  const source = { path: key, text: sourceFile(document).text };
  const parsed = parseDocument({ id: `draft-${key}`, source, questions: undefined, sections: [], slogans: undefined });
  if (!parsed.document) throw new Error(`draft ${key} cannot be read`);
  return engineOf({ documents: [parsed.document], terms }, await loadLanguage());
}
