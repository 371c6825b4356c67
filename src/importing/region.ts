import type { Block } from './block.ts';
import { isData, rowsOf } from './table.ts';
import { type Element, isElement, isHidden } from './tree.ts';

/** A part of a page that begins and ends on lines of its own, with what stands in it in order. */
export interface Region {
  readonly element: Element;
  readonly parts: readonly (Region | Block)[];
}

export function isRegion(part: Region | Block): part is Region {
  return 'parts' in part;
}

const blocksOf = (element: Element, hidden: boolean) => blocksIn(regionOf(element, hidden));

export function blocksIn(region: Region): readonly Block[] {
  return region.parts.flatMap((part) => (isRegion(part) ? blocksIn(part) : [part]));
}

const BLOCKS: ReadonlySet<string> = new Set(
  (
    'document html body address article aside blockquote center dd details dialog dir div dl dt fieldset figcaption figure footer form ' +
    'h1 h2 h3 h4 h5 h6 header hgroup hr li main menu nav ol p pre section summary table caption tbody thead tfoot tr td th ul'
  ).split(' '),
);

/** What a person does not read as text. */
const CONTROLS: ReadonlySet<string> = new Set(
  'head button select option textarea input iframe object embed audio video canvas svg noscript map rt rp datalist'.split(
    ' ',
  ),
);

/** A page as regions and lines. What is hidden from its reader is left out, unless `hidden` is asked for. */
export function regionOf(root: Element, hidden = false): Region {
  return build(root, { bold: false, align: 'start', level: 0, hidden }, undefined);
}

interface Style {
  readonly bold: boolean;
  readonly align: Block['align'];
  readonly level: number;
  readonly hidden: boolean;
}

/** A line in the making. */
interface Open {
  text: string;
  linked: number;
  bold: number;
  line: number | undefined;
}

const nothing = (): Open => ({ text: '', linked: 0, bold: 0, line: undefined });

function build(element: Element, outer: Style, marker: string | undefined): Region {
  const parts: (Region | Block)[] = [];
  const style = styleOf(element, outer);
  let open = nothing();
  let pending = marker;
  const close = () => {
    const text = open.text.replace(/[ \t\r\n\f\u00a0]+/g, ' ').trim();
    if (text !== '') {
      const marked = pending === undefined || startsWithMark(text) ? text : `${pending} ${text}`;
      const dense = count(open.text);
      parts.push({
        text: marked,
        kind: style.level > 0 ? 'heading' : element.name === 'li' ? 'item' : 'text',
        links: dense === 0 ? 0 : open.linked / dense,
        bold: open.bold >= 0.8 * dense,
        align: style.align,
        level: style.level,
        line: open.line ?? element.line,
      });
      pending = undefined;
    }
    open = nothing();
  };
  const add = (text: string, linked: boolean, bold: boolean, line: number | undefined) => {
    const characters = count(text);
    if (characters > 0) open.line ??= line;
    open.text += text;
    if (linked) open.linked += characters;
    if (bold) open.bold += characters;
  };
  const visit = (node: Element | string, linked: boolean, bold: boolean, line: number | undefined) => {
    if (!isElement(node)) {
      add(node, linked, bold, line);
      return;
    }
    if (CONTROLS.has(node.name) || (!outer.hidden && isHidden(node))) return;
    if (node.name === 'br') {
      close();
      return;
    }
    if (BLOCKS.has(node.name) || holdsBlock(node)) {
      close();
      if (node.name === 'table' && isData(node, outer.hidden, blocksOf))
        parts.push({ element: node, parts: rowsOf(node, style.hidden, blocksOf) });
      else
        parts.push(
          build(
            node,
            { ...style, bold: style.bold || bold },
            markerOf(element, node) ?? (pending && parts.length === 0 ? pending : undefined),
          ),
        );
      if (parts.length > 0) pending = undefined;
      return;
    }
    const inLink = linked || (node.name === 'a' && node.attributes.href !== undefined);
    const inBold = bold || isBold(node);
    for (const child of node.children) visit(child, inLink, inBold, node.line);
  };
  const isLink = element.name === 'a' && element.attributes.href !== undefined;
  for (const child of element.children) visit(child, isLink, style.bold, element.line);
  close();
  return { element, parts: parts.filter((part) => !isRegion(part) || part.parts.length > 0) };
}

/** The number that a list shows before its entry. */
function markerOf(list: Element, entry: Element): string | undefined {
  if (list.name !== 'ol' || entry.name !== 'li') return undefined;
  const first = Number(list.attributes.start ?? 1);
  const entries = list.children.filter((child) => isElement(child) && child.name === 'li');
  return `${(Number.isInteger(first) ? first : 1) + entries.indexOf(entry)}.`;
}

function startsWithMark(text: string): boolean {
  return /^[（(]?[\d一二三四五六七八九十百]{1,4}[、.．)）]|^第.{1,8}[条條章节節]|^[①-⑳]/.test(text);
}

const withBlocks = new WeakMap<Element, boolean>();

/** An inline element around blocks, as in `<span><p>`, is a block itself. */
function holdsBlock(element: Element): boolean {
  const known = withBlocks.get(element);
  if (known !== undefined) return known;
  const holds = element.children.some((child) => isElement(child) && (BLOCKS.has(child.name) || holdsBlock(child)));
  withBlocks.set(element, holds);
  return holds;
}

function styleOf({ name, attributes }: Element, outer: Style): Style {
  const css = attributes.style ?? '';
  const said = /text-align\s*:\s*(left|center|right|start|end|justify)/i.exec(css)?.[1] ?? attributes.align;
  const align = said === undefined ? (name === 'center' ? 'center' : outer.align) : alignOf(said.toLowerCase());
  const level = /^h([1-6])$/.exec(name)?.[1];
  return {
    bold: outer.bold || isBold({ name, attributes, children: [], line: undefined }),
    align,
    level: level === undefined ? outer.level : Number(level),
    hidden: outer.hidden,
  };
}

function alignOf(value: string): Block['align'] {
  if (value === 'center') return 'center';
  return value === 'right' || value === 'end' ? 'end' : 'start';
}

function isBold({ name, attributes }: Element): boolean {
  return name === 'b' || name === 'strong' || /font-weight\s*:\s*(?:bold|[6-9]00)/i.test(attributes.style ?? '');
}

function count(text: string): number {
  return text.replace(/\s/g, '').length;
}
