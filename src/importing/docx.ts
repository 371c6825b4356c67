import { namesIn, unpack } from './archive.ts';
import type { Block } from './block.ts';
import { childOf, type Numbering, numberingOf, settingOf } from './numbering.ts';
import { ImportError } from './refusal.ts';
import { blocksIn, regionOf } from './region.ts';
import { type Element, findAll, isElement } from './tree.ts';
import { parseXml } from './xml.ts';

export interface WordFile {
  readonly blocks: readonly Block[];
  readonly hasMacros: boolean;
  readonly pictures: number;
  /** Whether Word numbers paragraphs by itself, so that their numbers were worked out. */
  readonly numbered: boolean;
}

const DOCUMENT = 'word/document.xml';
const PARTS: ReadonlySet<string> = new Set([
  DOCUMENT,
  'word/styles.xml',
  'word/numbering.xml',
  'word/footnotes.xml',
  'word/endnotes.xml',
]);

/**
 * A Word file as its paragraphs. The formats' own reader is written here since mammoth, made for web pages, leaves out the numbers
 * that Word writes by itself: a regulation would lose its 「第三条」.
 */
export function readWord(bytes: Uint8Array): WordFile {
  const names = namesIn(bytes);
  if (!names.includes(DOCUMENT)) throw new ImportError({ code: 'unknown-format', found: kindOf(names) });
  const parts = unpack(bytes, (name) => PARTS.has(name));
  const read = (name: string): Element | undefined => {
    const part = parts.get(name);
    if (!part) return undefined;
    try {
      return parseXml(new TextDecoder().decode(part));
    } catch (cause) {
      throw new ImportError({ code: 'damaged', format: 'docx' }, cause);
    }
  };
  const document = read(DOCUMENT);
  const [body] = document ? findAll(document, ({ name }) => name === 'w:body') : [];
  if (!body) throw new ImportError({ code: 'damaged', format: 'docx' });
  const numbering = numberingOf(read('word/numbering.xml'));
  const context: Context = { styles: stylesOf(read('word/styles.xml')), numbering, numbered: false };
  const notes = ['word/footnotes.xml', 'word/endnotes.xml'].flatMap((name) => notesOf(read(name), context));
  const page: Element = { ...EMPTY, name: 'document', children: [...contentOf(body, context), ...notes] };
  return {
    blocks: blocksIn(regionOf(page)),
    hasMacros: names.includes('word/vbaProject.bin'),
    pictures: findAll(body, ({ name }) => name === 'w:drawing' || name === 'w:pict').filter((drawing) =>
      holdsPicture(drawing),
    ).length,
    numbered: context.numbered,
  };
}

function kindOf(names: readonly string[]): string {
  if (names.some((name) => name.startsWith('xl/'))) return 'xlsx';
  if (names.some((name) => name.startsWith('ppt/'))) return 'pptx';
  if (names.includes('OFD.xml')) return 'ofd';
  if (names.includes('mimetype')) return 'odt';
  return 'archive';
}

interface Style {
  readonly level: number;
  readonly align: string | undefined;
  readonly list: string | undefined;
  readonly listLevel: number;
}

interface Context {
  readonly styles: ReadonlyMap<string, Style>;
  readonly numbering: Numbering;
  numbered: boolean;
}

const EMPTY = { attributes: {}, children: [], line: undefined } as const;

/** Styles may be based on one another. */
function stylesOf(part: Element | undefined): ReadonlyMap<string, Style> {
  const elements = new Map(
    (part ? findAll(part, ({ name }) => name === 'w:style') : []).map((style) => [
      style.attributes['w:styleId'] ?? '',
      style,
    ]),
  );
  const styles = new Map<string, Style>();
  const styleOf = (id: string, depth: number): Style => {
    const known = styles.get(id);
    if (known) return known;
    const element = elements.get(id);
    if (!element || depth > DEEPEST_STYLE) return { level: 0, align: undefined, list: undefined, listLevel: 0 };
    const based = styleOf(settingOf(element, 'w:basedOn') ?? '', depth + 1);
    const own = childOf(element, 'w:pPr');
    const called = settingOf(element, 'w:name') ?? '';
    const named = /^title$/i.test(called) ? '1' : /^heading (\d)$/i.exec(called)?.[1];
    const outline = own && settingOf(own, 'w:outlineLvl');
    const level = named ?? (outline === undefined ? undefined : String(Number(outline) + 1));
    const numbers = own && childOf(own, 'w:numPr');
    const style = {
      level: level === undefined ? based.level : Math.min(6, Number(level)),
      align: (own && settingOf(own, 'w:jc')) ?? based.align,
      list: (numbers && settingOf(numbers, 'w:numId')) ?? based.list,
      listLevel: Number((numbers && settingOf(numbers, 'w:ilvl')) ?? based.listLevel),
    };
    styles.set(id, style);
    return style;
  };
  for (const id of elements.keys()) styleOf(id, 0);
  return styles;
}

const DEEPEST_STYLE = 16;

/** What a part holds, as a page would have it. What was deleted with changes tracked is left out. */
function contentOf(element: Element, context: Context): Element[] {
  return element.children.filter(isElement).flatMap((child): Element[] => {
    if (child.name === 'w:p') return paragraphOf(child, context);
    if (child.name === 'w:tbl') return [tableOf(child, context)];
    if (SKIPPED.has(child.name)) return [];
    return contentOf(child, context);
  });
}

const SKIPPED: ReadonlySet<string> = new Set(
  'w:del w:moveFrom w:sectPr mc:Fallback w:rPr w:pPr w:sdtPr w:instrText w:delText'.split(' '),
);

function paragraphOf(paragraph: Element, context: Context): Element[] {
  const own = childOf(paragraph, 'w:pPr');
  const style = context.styles.get((own && settingOf(own, 'w:pStyle')) ?? '');
  const numbers = own && childOf(own, 'w:numPr');
  const list = (numbers && settingOf(numbers, 'w:numId')) ?? style?.list;
  const listLevel = Number((numbers && settingOf(numbers, 'w:ilvl')) ?? style?.listLevel ?? 0);
  const boxes: Element[] = [];
  const children = runsOf(paragraph, context, boxes);
  const words = children.map((child) => (isElement(child) ? child.children.join('') : child)).join('');
  if (list !== undefined && list !== '0' && words.trim() !== '') {
    const number = context.numbering.next(list, listLevel);
    if (number !== '') {
      context.numbered = true;
      children.unshift(/[条條章节節编編款项]$/.test(number.trim()) ? `${number.trim()} ` : number.trim());
    }
  }
  const outline = own && settingOf(own, 'w:outlineLvl');
  const level = outline === undefined ? (style?.level ?? 0) : Number(outline) + 1;
  const align = (own && settingOf(own, 'w:jc')) ?? style?.align;
  const css = align === 'center' ? 'center' : align === 'right' || align === 'end' ? 'right' : '';
  const attributes: Record<string, string> = css === '' ? {} : { style: `text-align:${css}` };
  return [{ ...EMPTY, name: level >= 1 && level <= 6 ? `h${level}` : 'p', attributes, children }, ...boxes];
}

function runsOf(element: Element, context: Context, boxes: Element[]): (Element | string)[] {
  return element.children.filter(isElement).flatMap((child): (Element | string)[] => {
    switch (child.name) {
      case 'w:r':
        return runOf(child, context, boxes);
      case 'w:pPr':
        return [];
      default:
        return SKIPPED.has(child.name) ? [] : runsOf(child, context, boxes);
    }
  });
}

function runOf(run: Element, context: Context, boxes: Element[]): (Element | string)[] {
  const own = childOf(run, 'w:rPr');
  const isOn = (name: string) => {
    const toggle = own && childOf(own, name);
    return toggle !== undefined && !/^(?:0|false|none)$/.test(toggle.attributes['w:val'] ?? '');
  };
  if (isOn('w:vanish')) return [];
  const children = run.children.filter(isElement).flatMap((child): (Element | string)[] => {
    switch (child.name) {
      case 'w:t':
        return child.children.filter((text) => !isElement(text));
      case 'w:tab':
      case 'w:ptab':
        return [' '];
      case 'w:br':
      case 'w:cr':
        return [{ ...EMPTY, name: 'br' }];
      case 'w:noBreakHyphen':
        return ['-'];
      case 'w:drawing':
      case 'w:pict':
      case 'mc:AlternateContent':
        boxes.push(...boxesIn(child, context));
        return [];
      default:
        return [];
    }
  });
  return isOn('w:b')
    ? children.map((child) => (isElement(child) ? child : { ...EMPTY, name: 'b', children: [child] }))
    : children;
}

/** Text boxes stand where the paragraph does that they hang on. */
function boxesIn(element: Element, context: Context): Element[] {
  if (element.name === 'mc:Fallback') return [];
  if (element.name === 'w:txbxContent') return contentOf(element, context);
  return element.children.filter(isElement).flatMap((child) => boxesIn(child, context));
}

function tableOf(table: Element, context: Context): Element {
  const rows = table.children
    .filter(isElement)
    .flatMap((child) =>
      child.name === 'w:tr' ? [child] : child.name === 'w:sdt' ? findAll(child, ({ name }) => name === 'w:tr') : [],
    );
  const cells = rows.map((row) => {
    let column = 0;
    return findCells(row).map((cell) => {
      const own = childOf(cell, 'w:tcPr');
      const columns = Math.max(1, Number((own && settingOf(own, 'w:gridSpan')) ?? 1) || 1);
      const merge = own && childOf(own, 'w:vMerge');
      const at = { cell, column, columns, goesOn: merge !== undefined && merge.attributes['w:val'] !== 'restart' };
      column += columns;
      return at;
    });
  });
  return {
    ...EMPTY,
    name: 'table',
    children: cells.map((row, at) => ({
      ...EMPTY,
      name: 'tr',
      children: row
        .filter(({ goesOn }) => !goesOn)
        .map(({ cell, column, columns }): Element => {
          let rowspan = 1;
          while (cells[at + rowspan]?.some((below) => below.column === column && below.goesOn)) rowspan++;
          return {
            ...EMPTY,
            name: 'td',
            attributes: { colspan: String(columns), rowspan: String(rowspan) },
            children: contentOf(cell, context),
          };
        }),
    })),
  };
}

function findCells(row: Element): readonly Element[] {
  return row.children
    .filter(isElement)
    .flatMap((child) =>
      child.name === 'w:tc' ? [child] : child.name === 'w:sdt' ? findAll(child, ({ name }) => name === 'w:tc') : [],
    );
}

/** Footnotes follow the text; those that Word makes for itself draw only lines. */
function notesOf(part: Element | undefined, context: Context): Element[] {
  return (part ? findAll(part, ({ name }) => name === 'w:footnote' || name === 'w:endnote') : [])
    .filter(({ attributes }) => attributes['w:type'] === undefined)
    .flatMap((note) => contentOf(note, context));
}

function holdsPicture(drawing: Element): boolean {
  return findAll(drawing, ({ name }) => name === 'pic:pic' || name === 'v:imagedata').length > 0;
}
