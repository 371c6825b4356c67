import { type Element, findAll, isElement } from './tree.ts';

/** The numbers that Word writes before paragraphs by itself: 「第一条」, 「（二）」, 「3.」; they stand nowhere in the text. */
export interface Numbering {
  /** The number of the next paragraph of a list; empty for a bullet. */
  next(list: string, level: number): string;
}

interface Level {
  readonly format: string;
  readonly text: string;
  readonly start: number;
  /** Whether it runs on below each new entry above it. */
  readonly runsOn: boolean;
}

/** Counters run on across lists of one abstract list, unless a list overrides where it starts. */
export function numberingOf(part: Element | undefined): Numbering {
  const abstracts = new Map<string, ReadonlyMap<number, Level>>();
  const lists = new Map<string, { abstract: string; overrides: ReadonlyMap<number, number> }>();
  for (const element of part ? findAll(part, ({ name }) => name === 'w:abstractNum') : [])
    abstracts.set(element.attributes['w:abstractNumId'] ?? '', levelsOf(element));
  for (const element of part ? findAll(part, ({ name }) => name === 'w:num') : []) {
    const overrides = new Map<number, number>();
    for (const override of findAll(element, ({ name }) => name === 'w:lvlOverride')) {
      const start = settingOf(override, 'w:startOverride');
      if (start !== undefined) overrides.set(Number(override.attributes['w:ilvl'] ?? 0), Number(start));
    }
    lists.set(element.attributes['w:numId'] ?? '', {
      abstract: settingOf(element, 'w:abstractNumId') ?? '',
      overrides,
    });
  }
  const counters = new Map<string, number[]>();
  const begun = new Set<string>();

  return {
    next(list, level) {
      const found = lists.get(list);
      const levels = found && abstracts.get(found.abstract);
      const here = levels?.get(level);
      if (!found || !levels || !here) return '';
      const counts = counters.get(found.abstract) ?? [];
      counters.set(found.abstract, counts);
      for (let at = 0; at < level; at++) counts[at] ??= levels.get(at)?.start ?? 1;
      const override = found.overrides.get(level);
      const first = override !== undefined && !begun.has(`${list} ${level}`) ? override : undefined;
      begun.add(`${list} ${level}`);
      counts[level] = first ?? (counts[level] === undefined ? here.start : counts[level] + 1);
      for (const [deeper, { runsOn }] of levels) if (deeper > level && !runsOn) delete counts[deeper];
      if (here.format === 'bullet' || here.format === 'none') return '';
      return here.text.replace(/%(\d)/g, (_, digit: string) => {
        const at = Number(digit) - 1;
        return written(counts[at] ?? 1, levels.get(at)?.format ?? 'decimal');
      });
    },
  };
}

function levelsOf(abstract: Element): ReadonlyMap<number, Level> {
  return new Map(
    findAll(abstract, ({ name }) => name === 'w:lvl').map((level) => [
      Number(level.attributes['w:ilvl'] ?? 0),
      {
        format: settingOf(level, 'w:numFmt') ?? 'decimal',
        text: settingOf(level, 'w:lvlText') ?? '',
        start: Number(settingOf(level, 'w:start') ?? 1),
        runsOn: settingOf(level, 'w:lvlRestart') === '0',
      },
    ]),
  );
}

/** The value of an element's child, as Word writes most of what it says of anything. */
export function settingOf(element: Element, name: string): string | undefined {
  return childOf(element, name)?.attributes['w:val'];
}

export function childOf(element: Element, name: string): Element | undefined {
  return element.children.filter(isElement).find((child) => child.name === name);
}

const DIGITS = '零一二三四五六七八九';
const LEGAL = '零壹贰叁肆伍陆柒捌玖';
const STEMS = '甲乙丙丁戊己庚辛壬癸';
const BRANCHES = '子丑寅卯辰巳午未申酉戌亥';

function written(number: number, format: string): string {
  switch (format) {
    case 'chineseCounting':
    case 'chineseCountingThousand':
    case 'taiwaneseCounting':
    case 'taiwaneseCountingThousand':
    case 'japaneseCounting':
    case 'ideographDigital':
    case 'taiwaneseDigital':
    case 'japaneseDigitalTenThousand':
      return counted(number, DIGITS, '十', '百');
    case 'chineseLegalSimplified':
    case 'ideographLegalTraditional':
      return counted(number, LEGAL, '拾', '佰');
    case 'ideographTraditional':
      return STEMS[(number - 1) % 10] ?? '';
    case 'ideographZodiac':
      return BRANCHES[(number - 1) % 12] ?? '';
    case 'upperLetter':
      return String.fromCharCode(64 + (((number - 1) % 26) + 1));
    case 'lowerLetter':
      return String.fromCharCode(96 + (((number - 1) % 26) + 1));
    case 'upperRoman':
      return roman(number);
    case 'lowerRoman':
      return roman(number).toLowerCase();
    case 'decimalEnclosedCircle':
    case 'decimalEnclosedCircleChinese':
      return number >= 1 && number <= 20 ? String.fromCharCode(0x2460 + number - 1) : String(number);
    case 'decimalFullWidth':
      return String(number).replace(/\d/g, (digit) => String.fromCharCode(0xff10 + Number(digit)));
    case 'decimalZero':
      return String(number).padStart(2, '0');
    default:
      return String(number);
  }
}

/** Below a thousand; no list is longer. */
function counted(number: number, digits: string, ten: string, hundred: string): string {
  if (number < 0 || number > 999) return String(number);
  const [ones, tens, hundreds] = [number % 10, Math.trunc(number / 10) % 10, Math.trunc(number / 100)];
  const upper = hundreds > 0 ? `${digits[hundreds]}${hundred}` : '';
  if (tens === 0) return ones === 0 && upper !== '' ? upper : `${upper}${upper === '' ? '' : digits[0]}${digits[ones]}`;
  const lead = tens === 1 && hundreds === 0 ? '' : digits[tens];
  return `${upper}${lead}${ten}${ones === 0 ? '' : digits[ones]}`;
}

function roman(number: number): string {
  const signs: readonly (readonly [number, string])[] = [
    [1000, 'M'],
    [900, 'CM'],
    [500, 'D'],
    [400, 'CD'],
    [100, 'C'],
    [90, 'XC'],
    [50, 'L'],
    [40, 'XL'],
    [10, 'X'],
    [9, 'IX'],
    [5, 'V'],
    [4, 'IV'],
    [1, 'I'],
  ];
  let rest = number;
  let text = '';
  for (const [value, sign] of signs) for (; rest >= value; rest -= value) text += sign;
  return text;
}
