import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { table } from '../../src/cli/table.ts';
import { endingOf, isImportable } from '../../src/importing/format.ts';
import { isButton, isInterface } from '../../src/importing/interface.ts';
import { importFile } from '../../src/importing/read.ts';
import { ImportError } from '../../src/importing/refusal.ts';
import { commonLength } from '../common-length.ts';

export interface ImportBench {
  readonly folder: string;
  /** In percent: what of each text of record every form must give, in order. */
  readonly least: number;
  readonly json: boolean;
}

/** One form of a document beside NAME.txt, the text of record; shares in percent, undefined without such a text. */
interface ImportFigures {
  readonly file: string;
  readonly paragraphs: number;
  /** Of the record's characters, those that the form gives, in order; white space aside. */
  readonly kept: number | undefined;
  /** Of the form's characters, those that the record has, in order. */
  readonly own: number | undefined;
  /** Of the record's paragraphs, those that are paragraphs of the form. */
  readonly alike: number | undefined;
  /** Paragraphs that are what a page says about itself. */
  readonly menus: number;
  readonly doubts: number;
  readonly ms: number;
}

const HEAD = ['', 'paragraphs', 'kept', 'own', 'alike', 'menus', 'doubts', 'ms'];

/** Imports every file of a folder; where NAME.txt stands beside NAME.docx, .html or .pdf, compares them. */
export async function benchImport({ folder, least, json }: ImportBench): Promise<number> {
  const names = (await readdir(folder)).filter((name) => isImportable(name) && endingOf(name) !== 'md').toSorted();
  const all: ImportFigures[] = [];
  for (const name of names) {
    const record = names.find(
      (other) => endingOf(other) === 'txt' && other === `${name.slice(0, -endingOf(name).length)}txt`,
    );
    if (record === name && names.some((other) => other !== name && other.startsWith(name.slice(0, -3)))) continue;
    const figures = await figuresOf(folder, name, record);
    if (typeof figures === 'string') process.stderr.write(`${name}: ${figures}\n`);
    else all.push(figures);
  }
  if (json) for (const figures of all) process.stdout.write(`${JSON.stringify(figures)}\n`);
  else process.stdout.write(`${table(HEAD, all.map(row))}\n`);
  const missed = all.filter(({ kept, own, menus }) => Math.min(kept ?? 100, own ?? 100) < least || menus > 0);
  return missed.length > 0 ? 1 : 0;
}

async function figuresOf(folder: string, name: string, record: string | undefined): Promise<ImportFigures | string> {
  const bytes = new Uint8Array(await readFile(join(folder, name)));
  const before = performance.now();
  try {
    const documents = await importFile({ name, bytes });
    const ms = Math.round(performance.now() - before);
    const paragraphs = documents.flatMap((document) => document.paragraphs);
    const about = {
      file: name,
      paragraphs: paragraphs.length,
      menus: paragraphs.filter((text) => isInterface(text) || isButton(text)).length,
      doubts: documents.reduce((sum, { doubts }) => sum + doubts.length, 0),
      ms,
    };
    if (record === undefined || record === name) return { ...about, kept: undefined, own: undefined, alike: undefined };
    const lines = (await readFile(join(folder, record), 'utf8'))
      .split(/\r?\n/)
      .map(plain)
      .filter((line) => line !== '');
    const forms = paragraphs.map(plain);
    const [wanted, given] = [lines.join(''), forms.join('')];
    const common = commonLength(wanted, given);
    const set = new Set(forms);
    return {
      ...about,
      kept: percent(common, wanted.length),
      own: percent(common, given.length),
      alike: percent(lines.filter((line) => set.has(line)).length, lines.length),
    };
  } catch (cause) {
    if (cause instanceof ImportError) return JSON.stringify(cause.refusal);
    throw cause;
  }
}

function plain(text: string): string {
  return text.replace(/\s/g, '');
}

function percent(part: number, whole: number): number {
  return whole === 0 ? 100 : Math.floor((10_000 * part) / whole) / 100;
}

function row({ file, paragraphs, kept, own, alike, menus, doubts, ms }: ImportFigures): readonly (string | number)[] {
  return [file, paragraphs, kept ?? '', own ?? '', alike ?? '', menus, doubts, ms];
}
