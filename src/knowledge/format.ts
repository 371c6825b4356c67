import { CORE_SCHEMA, constructFromEvents, parseEvents, YAMLException } from 'js-yaml';
import { foldText } from '../text/fold.ts';
import { type Place, placesOf } from './yaml-places.ts';

// What is sorted is merged and compared line by line. Only the order of lines changes, and what is read alike stands once:
// every line is as its keeper wrote it, with its comment behind it and those above it.

/** A text that is no YAML, or not laid out in lines. */
export class FormatError extends Error {
  readonly code = 'format';
}

/**
 * questions.yaml: phrasings sorted, what the bot reads alike once. The first phrasing stays where it is: it stands for
 * its point where one is shown as a question.
 *
 * @throws FormatError
 */
export function formatQuestions(text: string): string {
  const read = readText(text);
  return edited(
    read,
    itemsOf(entry(read, 'sections')).flatMap((section) => editsOfSection(read, section)),
  );
}

/** The same of a file of questions/. */
export function formatSection(text: string): string {
  const read = readText(text);
  return edited(read, editsOfSection(read, read));
}

/** terms.yaml: what people say, each once. The order stays, which goes by subject. */
export function formatTerms(text: string): string {
  const read = readText(text);
  const lists = [...(read.place.entries?.keys() ?? [])].map((term) => entry(read, term));
  return edited(
    read,
    lists.flatMap((list) => editOfList(read, list, (items) => items)),
  );
}

export interface SectionFile {
  readonly name: string;
  readonly text: string;
}

/** The files of questions/ that say what a questions.yaml says. */
export function splitQuestions(text: string): readonly SectionFile[] {
  const read = readText(text);
  const sections = entry(read, 'sections');
  const chunks = sections && linesOfItems(read.text, sections.place);
  if (!chunks) throw new FormatError('sections: the sections do not stand below each other, each with a dash');
  const digits = Math.max(2, String(chunks.length).length);
  return chunks.map((chunk, at) => {
    const own = outdented(chunk);
    const { value } = readText(own) as { readonly value: { readonly id?: unknown } };
    return { name: `${String(at + 1).padStart(digits, '0')}-${String(value.id ?? '')}.yaml`, text: formatSection(own) };
  });
}

/** A value, and where it stands. */
export interface Node {
  readonly value: unknown;
  readonly place: Place;
}

interface Read extends Node {
  /** With plain line ends, and one at its end. */
  readonly text: string;
}

export function readText(given: string): Read {
  const text = `${given.replaceAll('\r\n', '\n').trimEnd()}\n`;
  try {
    const events = parseEvents(text, {});
    const [value] = constructFromEvents(events, { source: text, schema: CORE_SCHEMA, maxAliases: 0 });
    return { text, value, place: placesOf(events, text) };
  } catch (cause) {
    if (!(cause instanceof YAMLException)) throw cause;
    throw new FormatError(cause.message, { cause });
  }
}

export function entry({ value, place }: Node, key: string): Node | undefined {
  const found = place.entries?.get(key);
  return found && { value: (value as Readonly<Record<string, unknown>>)[key], place: found.value };
}

export function itemsOf(node: Node | undefined): readonly Node[] {
  if (!node || !Array.isArray(node.value)) return [];
  return node.value.map(
    (value: unknown, at): Node => ({ value, place: node.place.entries?.get(String(at))?.value as Place }),
  );
}

function placesIn(list: Place): readonly Place[] {
  return [...(list.entries?.values() ?? [])].map(({ value }) => value);
}

function editsOfSection(read: Read, section: Node): readonly Edit[] {
  const afterFirst = ([first, ...others]: readonly Item[]) => (first ? [first, ...others.toSorted(byWords)] : []);
  const all = (items: readonly Item[]) => items.toSorted(byWords);
  return [
    ...editOfList(read, entry(section, 'ask'), afterFirst),
    ...itemsOf(entry(section, 'points')).flatMap((point) => [
      ...editOfList(read, entry(point, 'ask'), afterFirst),
      ...editOfList(read, entry(point, 'not'), all),
    ]),
  ];
}

/** A stretch of a text, and what stands there instead. */
interface Edit {
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

interface Item {
  readonly words: string;
  /** As it is written: its lines, or its characters between two commas. */
  readonly text: string;
}

/** By code unit, which is the same on every machine. */
function byWords(a: Item, b: Item): number {
  return a.words < b.words ? -1 : a.words > b.words ? 1 : 0;
}

function editOfList(
  { text }: Read,
  list: Node | undefined,
  arrange: (items: readonly Item[]) => readonly Item[],
): readonly Edit[] {
  const nodes = itemsOf(list);
  const [first] = nodes;
  if (!list || !first) return [];
  const places = nodes.map(({ place }) => place);
  const lines = linesOfItems(text, list.place);
  const written = lines ?? tokensOf(text, places);
  if (!written) return [];
  const items = nodes.map(({ value }, at): Item => ({ words: String(value), text: written[at] ?? '' }));
  const from = lines ? startOfChunk(text, list.place, first.place) : first.place.at;
  const to = from + (lines ? written.join('').length : lengthOfTokens(text, places));
  return [
    {
      from,
      to,
      text: arrange(once(items))
        .map((item) => item.text)
        .join(lines ? '' : ', '),
    },
  ];
}

/** The first of those that the bot reads alike. */
function once(items: readonly Item[]): readonly Item[] {
  const seen = new Set<string>();
  return items.filter(({ words }) => {
    const key = foldText(words);
    return !seen.has(key) && seen.add(key);
  });
}

/** From the last to the first, so that the places of the others hold. */
function edited({ text }: Read, edits: readonly Edit[]): string {
  return edits
    .toSorted((a, b) => b.from - a.from)
    .reduce((rest, { from, to, text: own }) => rest.slice(0, from) + own + rest.slice(to), text);
}

export const DASH = /^( *)- +$/;

/** The lines of each item of a list that stands in lines, with the comments above them; undefined for one that doesn't. */
function linesOfItems(text: string, list: Place): readonly string[] | undefined {
  const places = placesIn(list);
  const dashes = places.map(({ at }) => DASH.exec(text.slice(startOfLine(text, at), at)));
  const [indent] = dashes.map((dash) => dash?.[1]);
  if (indent === undefined || dashes.some((dash) => dash?.[1] !== indent)) return undefined;
  const starts = places.map((place) => startOfChunk(text, list, place));
  return starts.map((start, at) =>
    text.slice(start, starts[at + 1] ?? endOfLast(text, places[at] as Place, indent.length)),
  );
}

/** The beginning of an item's lines: comments that stand alone above it are its own. */
function startOfChunk(text: string, list: Place, { at }: Place): number {
  let start = startOfLine(text, at);
  for (let above = startOfLine(text, start - 1); start > 0 && above > startOfLine(text, list.at - 1); ) {
    if (!/^ *#/.test(text.slice(above, start))) break;
    start = above;
    above = startOfLine(text, start - 1);
  }
  return start;
}

/** Behind the last item's lines: what is deeper than its dash is still its own. */
export function endOfLast(text: string, { at }: Place, indent: number): number {
  let end = text.indexOf('\n', at) + 1;
  for (let next = text.indexOf('\n', end) + 1; next > 0; next = text.indexOf('\n', end) + 1) {
    const line = text.slice(end, next);
    if (line.trim() !== '' && line.length - line.trimStart().length <= indent) break;
    end = next;
  }
  // Empty lines part it from what follows.
  return text.slice(0, end).trimEnd().length + 1;
}

export function startOfLine(text: string, at: number): number {
  return at <= 0 ? 0 : text.lastIndexOf('\n', at - 1) + 1;
}

const TOKEN = /"(?:[^"\\]|\\.)*"|'(?:[^']|'')*'|[^,[\]{}#\n]+/y;

/** The items of a list in one line, `[a, "b, c"]`; undefined for one that is written otherwise. */
function tokensOf(text: string, places: readonly Place[]): readonly string[] | undefined {
  const tokens = places.map(({ at }) => tokenAt(text, at));
  const isPlain = tokens.every((token, at) => {
    const next = places[at + 1];
    const end = (places[at] as Place).at + token.length;
    return token !== '' && (next ? /^ *, *$/.test(text.slice(end, next.at)) : /^ *\]/.test(text.slice(end)));
  });
  return isPlain ? tokens : undefined;
}

function tokenAt(text: string, at: number): string {
  TOKEN.lastIndex = at;
  return TOKEN.exec(text)?.[0].trimEnd() ?? '';
}

function lengthOfTokens(text: string, places: readonly Place[]): number {
  const [first, last] = [places[0] as Place, places.at(-1) as Place];
  return last.at + tokenAt(text, last.at).length - first.at;
}

/** The lines of an item of a list as a text of its own. */
function outdented(chunk: string): string {
  const dash = /^( *)- +/m.exec(chunk);
  const width = dash?.[0].length ?? 0;
  return chunk
    .replace(/^( *)- /m, '$1  ')
    .split('\n')
    .map((line) => line.slice(Math.min(width, line.length - line.trimStart().length)))
    .join('\n');
}
