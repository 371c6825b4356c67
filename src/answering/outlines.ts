import type { Document } from '../knowledge/document.ts';
import { outlineOf } from '../reading/outline.ts';
import type { Reading } from '../reading/reading.ts';
import { entryKey, keyOf } from './key.ts';

/** What a button opens. */
export interface Listed {
  /** See keyOf and entryKey. */
  readonly key: string;
  readonly title: string;
}

/** A chapter or heading of a document; its title is empty for what stands above the first. */
export interface Entry extends Listed {
  /** What stands below it; each is opened by its key as if it had been asked for. */
  readonly parts: readonly [Listed, ...Listed[]];
}

/** The documents by their own headings: what can be browsed where nobody wrote sections. */
export interface Outlines {
  /** Empty for a document that has sections, and for one that says nothing in sentences. */
  of(document: Document): readonly Entry[];
  /** The entry of a key and the document it stands in; undefined when there is none (any more). */
  find(key: string): { readonly document: Document; readonly entry: Entry } | undefined;
}

/** Outlines are made when somebody browses: most documents are asked only. */
export function createOutlines(readings: readonly Reading[]): Outlines {
  const byId = new Map(readings.map((reading) => [reading.document.id, reading]));
  const made = new Map<string, readonly Entry[]>();

  function of({ id }: Document): readonly Entry[] {
    const known = made.get(id);
    if (known) return known;
    const reading = byId.get(id);
    const entries = reading?.document.sections.every(({ ofClauses }) => ofClauses) ? entriesOf(reading) : [];
    made.set(id, entries);
    return entries;
  }

  return {
    of,
    find(key) {
      for (const { document } of readings) {
        const entry = of(document).find((one) => one.key === key);
        if (entry) return { document, entry };
      }
      return undefined;
    },
  };
}

function entriesOf(reading: Reading): readonly Entry[] {
  const { document } = reading;
  return outlineOf(reading).map(({ title, parts }) => {
    const [first, ...others] = parts.map((part) => ({
      key: keyOf({ kind: 'clause', document, ...part }),
      title: part.title,
    }));
    return { key: entryKey(document.id, parts[0].clause.span), title, parts: [first as Listed, ...others] };
  });
}
