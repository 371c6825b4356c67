import type { Block } from './block.ts';
import { isButton, isInterface, opensComments, opensRelated } from './interface.ts';
import { blocksIn, isRegion, type Region, regionOf } from './region.ts';
import { type Element, findAll, isElement, parsePage, textOf } from './tree.ts';

/** A web page taken apart. */
export interface Page {
  /** Its article, as its lines. */
  readonly article: readonly Block[];
  /** All its lines, also those of menus and tables of particulars. */
  readonly all: readonly Block[];
  /** What it calls the article, likeliest first. */
  readonly titles: readonly string[];
  readonly metas: ReadonlyMap<string, string>;
  readonly url: string | undefined;
  /** Lines that stand in the article's part of the page and were left out. */
  readonly leftOut: readonly Block[];
  readonly pictures: number;
}

export function readPage(html: string): Page {
  const root = parsePage(html);
  const shown = regionOf(root);
  // Some pages show their article only when a script says so.
  const whole = prose(shown) > 0 ? shown : regionOf(root, true);
  const main = mainOf(whole);
  const { article, leftOut } = cleaned(main);
  const metas = metasOf(root);
  return {
    article,
    all: blocksIn(whole),
    titles: titlesOf(root, metas),
    metas,
    url: urlOf(html, root, metas),
    leftOut,
    pictures: picturesIn(main.element),
  };
}

/** Those that link somewhere are buttons. */
function picturesIn(element: Element): number {
  return element.children.reduce((sum, child) => {
    if (!isElement(child) || child.name === 'a') return sum;
    return sum + (child.name === 'img' && isPicture(child.attributes) ? 1 : 0) + picturesIn(child);
  }, 0);
}

/** Buttons and icons are small. */
function isPicture({ src = '', width = '', height = '' }: Readonly<Record<string, string>>): boolean {
  const small = [width, height].some((size) => size !== '' && Number.parseInt(size, 10) < 80);
  return src !== '' && !small && !/\.(?:gif|svg|ico)(?:\?|$)/i.test(src);
}

/** The share of a region's prose that the next smaller one must hold to be the article. */
const HOLDS = 0.9;

/** The smallest part of a page that holds nearly all its prose: full sentences outside links, and rows of tables. */
function mainOf(region: Region): Region {
  const all = prose(region);
  for (const part of region.parts) {
    if (!isRegion(part) || LEAVES.has(part.element.name) || prose(part) < HOLDS * all || all === 0) continue;
    return mainOf(part);
  }
  return region;
}

/** A paragraph or a table is a piece of an article. */
const LEAVES: ReadonlySet<string> = new Set('p li h1 h2 h3 h4 h5 h6 tr table tbody thead dl dt dd'.split(' '));

const proses = new WeakMap<Region, number>();

function prose(region: Region): number {
  const known = proses.get(region);
  if (known !== undefined) return known;
  const sum = region.parts.reduce((total, part) => total + (isRegion(part) ? prose(part) : proseOf(part)), 0);
  proses.set(region, sum);
  return sum;
}

const MOSTLY_LINKS = 0.5;

function proseOf({ text, links, kind }: Block): number {
  if (links > MOSTLY_LINKS || isInterface(text)) return 0;
  const own = text.length * (1 - links);
  if (kind === 'row') return own / 2;
  return /[。；！？]|[：，].*[：，]/.test(text) || text.length > 60 ? own : 0;
}

function cleaned(main: Region): { article: readonly Block[]; leftOut: readonly Block[] } {
  const kept: Block[] = [];
  const leftOut: Block[] = [];
  const known = new Set<string>();
  const visit = (region: Region) => {
    const blocks = blocksIn(region);
    // Some pages hold their article twice, for wide screens and for phones.
    const words = blocks.map(({ text }) => text).join('\n');
    const isAgain = words.length >= LEAST_COPY && known.has(words);
    if (region !== main && (isAgain || isMenu(blocks))) {
      leftOut.push(...blocks);
      return;
    }
    for (const part of region.parts) {
      if (isRegion(part)) visit(part);
      else if (isOwnTalk(part)) leftOut.push(part);
      else kept.push(part);
    }
    known.add(words);
  };
  visit(main);
  const end = endOf(kept);
  return { article: kept.slice(0, end), leftOut: [...leftOut, ...kept.slice(end)] };
}

/** What the page says of itself; where comments begin is looked for later. */
function isOwnTalk({ text, links }: Block): boolean {
  if (opensComments(text)) return false;
  return isInterface(text) || (isButton(text) && links > MOSTLY_LINKS);
}

/** Units from which the same words are no coincidence. */
const LEAST_COPY = 100;

/** Links and no sentence: a menu, a list of other articles. What an article has attached is named as that. */
function isMenu(blocks: readonly Block[]): boolean {
  const length = blocks.reduce((sum, { text }) => sum + text.length, 0);
  const linked = blocks.reduce((sum, { text, links }) => sum + text.length * links, 0);
  if (length === 0 || linked / length <= MOSTLY_LINKS) return false;
  return !blocks.some(({ text, links }) => isAttachment(text) || (links < MOSTLY_LINKS && /[。；]/.test(text)));
}

export function isAttachment(text: string): boolean {
  return /^(?:附件|附表|附录|附圖|附图)|\.(?:docx?|xlsx?|pdf|zip|rar|wps|et|ofd)(?:$|[\s）)])/i.test(text.trim());
}

/** Where an article ends: before a heading of related articles with nothing but links below it. */
function endOf(blocks: readonly Block[]): number {
  const comments = blocks.findIndex(({ text }, at) => opensComments(text) && 2 * at > blocks.length);
  const rest = comments === -1 ? blocks : blocks.slice(0, comments);
  const related = rest.findIndex(
    ({ text }, at) =>
      opensRelated(text) &&
      rest.slice(at + 1).every(({ links, text: below }) => links > MOSTLY_LINKS || below.length < 40),
  );
  let end = related === -1 ? rest.length : related;
  // The head of a copy that was left out.
  const isCopied = ({ level, text }: Block, at: number) =>
    level > 0 && blocks.findIndex((one) => one.text === text) < at;
  for (let last = blocks[end - 1]; last; last = blocks[end - 1]) {
    const goes =
      (last.links > MOSTLY_LINKS && !isAttachment(last.text)) || isCopied(last, end - 1) || opensComments(last.text);
    if (!goes) break;
    end--;
  }
  return end;
}

function metasOf(root: Element): ReadonlyMap<string, string> {
  const metas = new Map<string, string>();
  for (const { attributes } of findAll(root, ({ name }) => name === 'meta')) {
    const name = (attributes.name ?? attributes.property)?.toLowerCase();
    const content = attributes.content?.trim();
    if (name !== undefined && content && !metas.has(name)) metas.set(name, content);
  }
  return metas;
}

function titlesOf(root: Element, metas: ReadonlyMap<string, string>): readonly string[] {
  const [page] = findAll(root, ({ name }) => name === 'title').map(textOf);
  // The name of the site stands behind the article's, or before it.
  const pieces = (page ?? '').split(/\s*[_|｜]\s*|\s+[-–—]+\s+|\s*[-–—]{1,2}(?=[^\d])/).map((piece) => piece.trim());
  const headings = findAll(root, ({ name }) => name === 'h1').map((heading) => textOf(heading));
  const all = [metas.get('articletitle'), metas.get('og:title'), ...headings, ...pieces, page];
  return [...new Set(all.map((each) => (each ?? '').replace(/\s+/g, ' ').trim()).filter((each) => each !== ''))];
}

function urlOf(html: string, root: Element, metas: ReadonlyMap<string, string>): string | undefined {
  const [canonical] = findAll(
    root,
    ({ name, attributes }) => name === 'link' && attributes.rel?.toLowerCase() === 'canonical',
  );
  const saved = /<!--\s*saved from url=\(\d+\)(\S+)\s*-->/i.exec(html.slice(0, 4096))?.[1];
  const given = [metas.get('url'), metas.get('og:url'), canonical?.attributes.href, saved];
  return given.find((url) => url !== undefined && /^https?:\/\/[^\s/]+\/\S+/.test(url));
}
