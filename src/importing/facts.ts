import type { Block } from './block.ts';

/** What a file says of its document in so many words: in a table of particulars, in a line below its title. */
export interface Facts {
  readonly title?: string;
  readonly number?: string;
  /** As printed. */
  readonly published?: string;
  /** When it was signed, as printed. */
  readonly signed?: string;
  readonly issuer?: string;
  /** Who published it on the page, who need not have issued it. */
  readonly source?: string;
  readonly effective?: string;
  readonly expires?: string;
  readonly validity?: string;
  readonly audience?: string;
  readonly region?: string;
  readonly url?: string;
}

const LABELS: readonly (readonly [names: string, key: keyof Facts | undefined])[] = [
  ['标题|名称|文件名称|信息名称|文件标题|信息标题', 'title'],
  ['发文字号|文号|文件编号|发文文号|文件号|文件字号|发文编号', 'number'],
  ['发布日期|公布日期|公开日期|发文日期|印发日期|发布时间|发表时间|公开时间|信息时间', 'published'],
  ['成文日期|生成日期|成文时间|签发日期|制定日期', 'signed'],
  ['发文机关|发文单位|制定机关|制发机关|发文部门|印发机关|公布机关', 'issuer'],
  ['发布机构|发布单位|信息来源|来源|文章来源|稿件来源|公开单位|发布部门|发布机关|公开责任部门', 'source'],
  ['实施日期|施行日期|生效日期|实施时间|生效时间|执行日期', 'effective'],
  ['失效日期|失效时间|废止日期|废止时间|有效期至', 'expires'],
  ['有效性|效力状态|时效性|文件状态|有效状态|效力|时效', 'validity'],
  ['适用对象|服务对象', 'audience'],
  ['适用地区|适用区域', 'region'],
  [
    '索引号|索引号码|信息索引|主题词|主题分类|分类|关键词|关键字|公开方式|公开范围|公开形式|公开类别|体裁分类|体裁|统一编号|规范性文件编号|语种|' +
      '信息类别|信息分类|文件类型|文种|隶属主题|组配分类|公开类型|公开时限|浏览次数|字体|所属主题|内容概述|概述|责任部门|载体形式|登记号|生成单位|组配',
    undefined,
  ],
];

const BY_NAME: ReadonlyMap<string, keyof Facts | undefined> = new Map(
  LABELS.flatMap(([names, key]) => names.split('|').map((name) => [name, key] as const)),
);

/** Of a table of particulars at least one is there; a table in a text may have a column of names or dates all the same. */
const TELLING = new Set(
  '索引号 索引号码 信息索引 发文机关 发文字号 文号 主题分类 成文日期 发布机构 统一编号 规范性文件编号 体裁分类'.split(
    ' ',
  ),
);

function labelOf(cell: string): string | undefined {
  const name = cell.replace(/[\s\u3000【】[\]]/g, '').replace(/[：:]$/, '');
  return BY_NAME.has(name) ? name : undefined;
}

export interface Particulars {
  readonly facts: Facts;
  /** The lines that hold them. */
  readonly blocks: ReadonlySet<Block>;
}

/** Reads tables and lists of particulars: 「索引号：…」, 「发文机关：…」, in rows, or label and value on a line each. */
export function particularsIn(blocks: readonly Block[]): Particulars {
  const found = new Map<keyof Facts, string>();
  const taken = new Set<Block>();
  let at = 0;
  while (at < blocks.length) {
    const cluster = clusterAt(blocks, at);
    if (cluster.pairs.length >= 2 && cluster.pairs.some(([name]) => TELLING.has(name))) {
      for (const [name, value] of cluster.pairs) {
        const key = BY_NAME.get(name);
        if (key !== undefined && value !== '' && !found.has(key)) found.set(key, value);
      }
      for (const block of blocks.slice(at, at + cluster.length)) taken.add(block);
    }
    at += Math.max(1, cluster.length);
  }
  return { facts: Object.fromEntries(found), blocks: taken };
}

/** As many lines from here on as are particulars. */
function clusterAt(
  blocks: readonly Block[],
  from: number,
): { length: number; pairs: readonly (readonly [string, string])[] } {
  const pairs: (readonly [string, string])[] = [];
  let at = from;
  while (at < blocks.length) {
    const text = blocks[at]?.text ?? '';
    const cells = text.split('\t').map((cell) => cell.trim());
    const inRow = cells.length > 1 ? pairsIn(cells) : undefined;
    if (inRow) {
      pairs.push(...inRow);
      at++;
      continue;
    }
    const together = /^([^：:]{2,12})[：:]\s*(.*)$/.exec(text);
    const name = labelOf(together?.[1] ?? text);
    if (name === undefined) break;
    if (together && (together[2] !== '' || labelOf(blocks[at + 1]?.text ?? '') !== undefined)) {
      // Several may share a line: 「发布机构：…　发布日期：…」.
      pairs.push(...splitPairs(text));
      at++;
      continue;
    }
    const value = blocks[at + 1]?.text ?? '';
    // Of what is of no use the value is often left empty: then the text itself follows.
    const isExpected =
      BY_NAME.get(name) !== undefined || labelOf((blocks[at + 2]?.text ?? '').split(/[：:]/)[0] ?? '') !== undefined;
    const isValue =
      isExpected && value !== '' && value.length <= 120 && labelOf(value.split(/[：:]/)[0] ?? '') === undefined;
    pairs.push([name, isValue ? value : '']);
    at += isValue ? 2 : 1;
  }
  return { length: at - from, pairs };
}

function pairsIn(cells: readonly string[]): (readonly [string, string])[] | undefined {
  const pairs: (readonly [string, string])[] = [];
  for (let at = 0; at < cells.length; at++) {
    const cell = cells[at] ?? '';
    const name = labelOf(cell);
    if (name !== undefined) {
      const next = cells[at + 1] ?? '';
      const isValue = labelOf(next) === undefined;
      pairs.push([name, isValue ? next : '']);
      if (isValue) at++;
      continue;
    }
    const split = splitPairs(cell);
    if (split.length === 0 && cell !== '') return undefined;
    pairs.push(...split);
  }
  return pairs.length > 0 ? pairs : undefined;
}

const NAMES = [...BY_NAME.keys()]
  .toSorted((a, b) => b.length - a.length)
  .map((name) => [...name].join('[\\s\\u3000]*'))
  .join('|');
const PAIR = new RegExp(`(?:^|[\\s\\u3000|【\\[（(])(${NAMES})\\s*[：:]\\s*`, 'g');

/** 「来源：新华社 时间：2024-01-02」 as its pairs. */
export function splitPairs(text: string): readonly (readonly [string, string])[] {
  const matches = [...text.matchAll(PAIR)];
  return matches.map((match, at) => {
    const end = matches[at + 1]?.index ?? text.length;
    return [(match[1] ?? '').replace(/[\s\u3000]/g, ''), text.slice(match.index + match[0].length, end).trim()];
  });
}

/** What lines around a title say: 「来源：…」, 「发布时间：…」, or only a date. */
export function factsInLines(lines: readonly string[]): Facts {
  const found: { -readonly [key in keyof Facts]?: string } = {};
  for (const line of lines) {
    for (const [name, value] of splitPairs(line)) {
      const key = BY_NAME.get(name);
      const words = value
        .replace(/[【[（(]?\s*(?:字体|字号|打印|分享|浏览|作者|阅读|点击|编辑|责任编辑)[\s\S]*$/, '')
        .trim();
      const isDate = key === 'published' || key === 'signed';
      const plain = isDate ? dateIn(words) : words.replace(DATE, '\n').split('\n')[0]?.trim();
      if (key !== undefined && plain && plain.length <= 60 && found[key] === undefined) found[key] = plain;
    }
  }
  // Of bare dates the last is nearest to the text.
  const dated = lines.findLast((line) => line.length <= 80 && dateIn(line) !== undefined);
  if (dated !== undefined) found.published ??= dateIn(dated) as string;
  return found;
}

const DATE = /(?:19|20)\d{2}\s*(?:年|[-/.])\s*\d{1,2}\s*(?:月|[-/.])\s*\d{1,2}(?:\s*日|(?!\d))/;

/** The first day in a line, as printed. */
export function dateIn(text: string): string | undefined {
  return DATE.exec(text)?.[0].replace(/\s/g, '');
}
