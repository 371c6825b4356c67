import { type Content, documentsOf } from './assemble.ts';
import type { Block } from './block.ts';
import { readWord } from './docx.ts';
import type { DoubtDetail } from './doubt.ts';
import { declaredEncoding, decodeText } from './encoding.ts';
import { dateIn, type Facts, factsInLines, particularsIn } from './facts.ts';
import type { GivenFile } from './file.ts';
import { formatOf, namedFormat } from './format.ts';
import type { Imported } from './imported.ts';
import { MOST_BYTES, MOST_UNITS } from './limits.ts';
import { type Page, readPage } from './page.ts';
import { readPdf } from './pdf.ts';
import { readText } from './plain.ts';
import { type Format, ImportError } from './refusal.ts';
import { trim } from './trim.ts';

/** The documents in a file: one, or each report of a page of a newspaper. Throws an ImportError that says why there is none. */
export async function importFile({ name, bytes }: GivenFile): Promise<readonly [Imported, ...Imported[]]> {
  if (bytes.length === 0) throw new ImportError({ code: 'empty' });
  if (bytes.length > MOST_BYTES) throw new ImportError({ code: 'too-large', megabytes: MOST_BYTES / 1024 / 1024 });
  const format = formatOf(bytes, name);
  const content = await READERS[format](bytes);
  const named = namedFormat(name);
  const isOther = named !== undefined && named !== format && !(named === 'text' && format === 'html');
  const doubts: readonly DoubtDetail[] = isOther ? [{ code: 'not-as-named', named, found: format }] : [];
  const units = content.blocks.reduce((sum, { text }) => sum + text.length, 0);
  if (units === 0) throw new ImportError({ code: 'no-text' });
  if (units > MOST_UNITS) throw new ImportError({ code: 'too-long', most: MOST_UNITS });
  const [first, ...others] = documentsOf({ ...content, doubts: [...doubts, ...content.doubts] });
  if (!first) throw new ImportError({ code: 'no-text' });
  return [first, ...others];
}

const READERS: Readonly<Record<Format, (bytes: Uint8Array) => Content | Promise<Content>>> = {
  text: (bytes) => fromText(bytes, 'text'),
  markdown: (bytes) => fromText(bytes, 'markdown'),
  html: fromPage,
  docx: fromWord,
  pdf: fromPdf,
};

function fromText(bytes: Uint8Array, format: 'text' | 'markdown'): Content {
  const { text, encoding, sure } = decodeText(bytes);
  const { blocks, leftOut } = trim(readText(text, format));
  const { facts, blocks: particulars } = particularsIn(blocks);
  const lines = blocks.filter((block) => !particulars.has(block));
  const said = factsInLines(leftOut.slice(0, HEAD_LINES).map((block) => block.text));
  const url = leftOut
    .map((block) => /^(?:原文(?:链接|地址)|链接)[：:]\s*<?(https?:\/\/[^\s<>]+)/.exec(block.text)?.[1])
    .find(Boolean);
  return {
    blocks: lines,
    titles: facts.title === undefined ? [] : [facts.title],
    facts: { ...said, ...(url === undefined ? {} : { url }), ...facts },
    doubts: [...(sure ? [] : [{ code: 'encoding-guessed', encoding } as const]), ...leftOutDoubt(leftOut)],
    mayBreak: format === 'text',
  };
}

const HEAD_LINES = 60;

function fromPage(bytes: Uint8Array): Content {
  const { text, encoding, sure } = decodeText(bytes, declaredEncoding(bytes));
  const page = readPage(text);
  const everywhere = particularsIn(page.all);
  const inArticle = particularsIn(page.article);
  const blocks = page.article.filter((block) => !inArticle.blocks.has(block));
  const facts: Facts = { ...factsAround(page), ...everywhere.facts, ...inArticle.facts };
  const dated = facts.published === undefined ? metaDate(page) : facts.published;
  return {
    blocks,
    titles: titlesOf(page, facts),
    facts: {
      ...facts,
      ...(dated === undefined ? {} : { published: dated }),
      ...(page.url === undefined ? {} : { url: page.url }),
    },
    doubts: [
      ...(sure ? [] : [{ code: 'encoding-guessed', encoding } as const]),
      ...leftOutDoubt(page.leftOut),
      ...(page.pictures > 0 ? [{ code: 'pictures', count: page.pictures } as const] : []),
    ],
    mayBreak: false,
  };
}

/** What stands around the title and is no text: the line of source and date. */
function factsAround({ all, article, leftOut, metas }: Page): Facts {
  const [first] = article;
  const begins = first ? all.findIndex((block) => block.text === first.text && block.line === first.line) : -1;
  const above = all.slice(Math.max(0, begins - AROUND), Math.max(0, begins));
  const source = metas.get('contentsource') ?? metas.get('source');
  return {
    ...(source === undefined ? {} : { source }),
    ...factsInLines([...leftOut, ...above].map(({ text }) => text)),
  };
}

const AROUND = 14;

function metaDate({ metas }: Page): string | undefined {
  return ['pubdate', 'publishdate', 'article:published_time', 'firstpublishedtime']
    .map((name) => dateIn(metas.get(name) ?? ''))
    .find(Boolean);
}

/** What the page calls its article, as far as it does so in its lines: the window's title may be that of a column. */
function titlesOf({ titles, all, metas }: Page, { title }: Facts): readonly string[] {
  const lines = new Set(all.map(({ text }) => text.replace(/\s/g, '')));
  const isShown = (each: string) => lines.has(each.replace(/\s/g, ''));
  const named = [title, metas.get('articletitle')].filter((each) => each !== undefined);
  const shown = titles.filter((each) => isShown(each) && !/^(?:您|当前|首页|网站|政府信息公开)/.test(each));
  const longest = shown.toSorted((a, b) => b.length - a.length);
  return [...new Set([...named, ...longest, ...(named.length + longest.length === 0 ? titles.slice(0, 1) : [])])];
}

function leftOutDoubt(leftOut: readonly Block[]): readonly DoubtDetail[] {
  if (leftOut.length === 0) return [];
  const some = leftOut.toSorted((a, b) => b.text.length - a.text.length).slice(0, SOME);
  return [{ code: 'left-out', count: leftOut.length, some: some.map(({ text }) => text) }];
}

/** Of what was left out, the longest are shown: a menu's words nobody misses. */
const SOME = 3;

function fromWord(bytes: Uint8Array): Content {
  const { blocks, hasMacros, pictures, numbered } = readWord(bytes);
  const titles = blocks
    .slice(0, 8)
    .filter(({ level }) => level === 1)
    .map(({ text }) => text);
  return {
    blocks,
    titles: titles.slice(0, 1),
    facts: {},
    doubts: [
      ...(hasMacros ? [{ code: 'macros' } as const] : []),
      ...(pictures > 0 ? [{ code: 'pictures', count: pictures } as const] : []),
      ...(numbered ? [{ code: 'numbers-made' } as const] : []),
    ],
    mayBreak: false,
  };
}

async function fromPdf(bytes: Uint8Array): Promise<Content> {
  const { blocks, title, emptyPages, leftOut, hasTables } = await readPdf(bytes);
  const first = blocks.findIndex(({ level }) => level > 0);
  const headings = first === -1 || first > 6 ? [] : blocks.slice(first, first + 5);
  const end = headings.findIndex(({ level }) => level !== headings[0]?.level);
  const largest = headings
    .slice(0, end === -1 ? headings.length : end)
    .map(({ text }) => text)
    .join('');
  const named = [title, largest].filter(
    (each) => each !== undefined && each !== '' && findable(blocks, each),
  ) as string[];
  return {
    blocks,
    titles: named,
    facts: factsInLines(leftOut),
    doubts: [
      ...(emptyPages.length > 0 ? [{ code: 'pages-without-text', pages: emptyPages } as const] : []),
      ...(hasTables ? [{ code: 'tables-by-position' } as const] : []),
    ],
    mayBreak: true,
  };
}

/** The name in a PDF's properties is often that of a file or of a printer. */
function findable(blocks: readonly Block[], title: string): boolean {
  const head = blocks
    .slice(0, 12)
    .map(({ text }) => text)
    .join('')
    .replace(/\s/g, '');
  return head.includes(title.replace(/\s/g, ''));
}
