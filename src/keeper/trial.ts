import { type Engine, engineOf } from '../engine.ts';
import { sourceFile } from '../importing/source-file.ts';
import type { Term } from '../knowledge/document.ts';
import { parseDocument } from '../knowledge/parse.ts';
import { loadLanguage } from '../lexicon/files.ts';
import type { Draft } from './drafts.ts';

/** An engine over a draft alone. Throws an Error when its text is none that could be loaded. */
export async function engineOfDraft({ key, document }: Draft, terms: readonly Term[]): Promise<Engine> {
  const source = { path: key, text: sourceFile(document).text };
  const parsed = parseDocument({ id: `draft-${key}`, source, questions: undefined, sections: [], slogans: undefined });
  if (!parsed.document) throw new Error(`draft ${key} cannot be read`);
  return engineOf({ documents: [parsed.document], terms }, await loadLanguage());
}
