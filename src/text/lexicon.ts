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

const LATIN = /[a-z0-9]/;

export function createLexicon(groups: readonly LexiconGroup[]): Lexicon {
  const byFirst = new Map<string, { expression: string; names: string[] }[]>();
  const known = new Map<string, { expression: string; names: string[] }>();
  for (const { name, expressions } of groups) {
    for (const expression of expressions) {
      const entry = known.get(expression);
      if (entry) {
        if (!entry.names.includes(name)) entry.names.push(name);
        continue;
      }
      const first = expression.charAt(0);
      if (first === '') continue;
      const added = { expression, names: [name] };
      known.set(expression, added);
      const list = byFirst.get(first);
      if (list) list.push(added);
      else byFirst.set(first, [added]);
    }
  }
  for (const list of byFirst.values()) list.sort((a, b) => b.expression.length - a.expression.length);

  return {
    find(folded) {
      const found = new Set<string>();
      let at = 0;
      while (at < folded.length) {
        const match = byFirst.get(folded.charAt(at))?.find(({ expression }) => occursAt(folded, expression, at));
        if (match) for (const name of match.names) found.add(name);
        at += match ? match.expression.length : 1;
      }
      return [...found];
    },
  };
}

function occursAt(folded: string, expression: string, at: number): boolean {
  if (!folded.startsWith(expression, at)) return false;
  const end = at + expression.length;
  const startsInside = LATIN.test(expression.charAt(0)) && at > 0 && LATIN.test(folded.charAt(at - 1));
  const endsInside = LATIN.test(expression.charAt(expression.length - 1)) && LATIN.test(folded.charAt(end));
  return !startsInside && !endsInside;
}
