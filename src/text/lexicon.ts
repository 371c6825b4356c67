/** Finds which groups of equivalent expressions occur in folded text. */
export interface Lexicon {
  /** The names of the groups found, each once, in order of occurrence; the longest expression wins at each place. */
  find(folded: string): readonly string[];
}

export interface LexiconGroup {
  readonly name: string;
  /** Folded expressions. */
  readonly expressions: readonly string[];
}

interface Entry {
  readonly expression: string;
  readonly names: string[];
}

export function createLexicon(groups: readonly LexiconGroup[]): Lexicon {
  const entries = new Map<string, Entry>();
  for (const { name, expressions } of groups) {
    for (const expression of expressions) {
      if (expression === '') continue;
      const entry = entries.get(expression);
      if (!entry) entries.set(expression, { expression, names: [name] });
      else if (!entry.names.includes(name)) entry.names.push(name);
    }
  }
  // By their first two units, so that at most places of a text there is nothing to try.
  const beginnings = new Set(Array.from(entries.keys(), (expression) => expression.charCodeAt(0)));
  const byStart = Map.groupBy(entries.values(), ({ expression }) => expression.slice(0, 2));
  for (const list of byStart.values()) list.sort((a, b) => b.expression.length - a.expression.length);

  function longestAt(folded: string, at: number): Entry | undefined {
    if (!beginnings.has(folded.charCodeAt(at))) return undefined;
    const pair = byStart.get(folded.slice(at, at + 2));
    if (pair) {
      for (const entry of pair) if (occursAt(folded, entry.expression, at)) return entry;
    }
    const single = entries.get(folded.charAt(at));
    return single && occursAt(folded, single.expression, at) ? single : undefined;
  }

  return {
    find(folded) {
      const found = new Set<string>();
      let at = 0;
      while (at < folded.length) {
        const entry = longestAt(folded, at);
        if (entry) for (const name of entry.names) found.add(name);
        at += entry?.expression.length ?? 1;
      }
      return [...found];
    },
  };
}

const LATIN = /[a-z0-9]/;

function occursAt(folded: string, expression: string, at: number): boolean {
  if (!folded.startsWith(expression, at)) return false;
  const end = at + expression.length;
  const startsInside = LATIN.test(expression.charAt(0)) && at > 0 && LATIN.test(folded.charAt(at - 1));
  const endsInside = LATIN.test(expression.charAt(expression.length - 1)) && LATIN.test(folded.charAt(end));
  return !startsInside && !endsInside;
}
