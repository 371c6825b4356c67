import nzh from 'nzh/cn';

/** A number in a folded text, and both ways of writing it. Offsets are those of the text. */
export interface Numeral {
  readonly start: number;
  readonly end: number;
  readonly arabic: string;
  readonly han: string;
}

// 1,234.5, 4000万, 50%; not the digits of b21, 5g or ipv6, nor of a version.
const ARABIC = /(?<![a-z0-9.]|[a-z]-)(\d{1,3}(?:,\d{3})+|\d+)(\.\d+)?([百千万亿]?[万亿]?)(%?)(?![a-z0-9.]*[a-z0-9])/g;
const HAN = /(百分之)?([〇零一二两三四五六七八九十百千万亿]+(?:点[零一二三四五六七八九]+)?)/g;
// A digit alone is a number only before these, or after 第: 三项, but not 一般.
const UNIT = /^(?:[个项条种类家级岁点步次年月日号名位届批轮档所间户成倍天周季城省市区县]|方面|部分)/;
const DIGITS = '零一二三四五六七八九';
const SMALL = /^(?:\d|10)$/;
// Beyond it, numbers are not exact, and nobody spells them.
const LARGEST = Number.MAX_SAFE_INTEGER;

/** All numbers of a folded text, in Arabic and in Chinese digits, from left to right. */
export function numeralsIn(folded: string): readonly Numeral[] {
  const found: Numeral[] = [];
  for (const match of folded.matchAll(ARABIC)) {
    const [text, whole = '', fraction = '', multiplier = '', percent = ''] = match;
    const value = Number(whole.replaceAll(',', '') + fraction) * factorOf(multiplier);
    if (value > LARGEST) continue;
    const end = match.index + text.length;
    const spelled = isYear(whole, folded.charAt(end)) ? digitwise(whole) : nzh.encodeS(value, { tenMin: true });
    const arabic = multiplier === '' || !Number.isInteger(value) ? text.replaceAll(',', '') : `${value}${percent}`;
    found.push({ start: match.index, end, arabic, han: percent ? `百分之${spelled}` : spelled });
  }
  for (const match of folded.matchAll(HAN)) {
    const [text, percent = '', digits = ''] = match;
    const end = match.index + text.length;
    const value = readHan(
      digits,
      folded.slice(end, end + 2),
      percent !== '' || folded.charAt(match.index - 1) === '第',
    );
    if (value === undefined) continue;
    found.push({ start: match.index, end, arabic: percent ? `${value}%` : value, han: plain(text) });
  }
  return found.sort((a, b) => a.start - b.start);
}

/**
 * A folded text with its numbers and dates written in one way, so that 3方面 and 三方面, 50% and 百分之五十, 2024-04-10 and
 * 二〇二四年四月十号 are the same. Up to ten they are Chinese: those are parts of words.
 */
export function withPlainNumbers(folded: string): string {
  if (!NUMBER.test(folded)) return folded;
  const text = folded.replace(DATE, '$1年$2月$3日').replace(DAY, '$1日');
  let result = '';
  let at = 0;
  for (const { start, end, arabic, han } of numeralsIn(text)) {
    if (start < at) continue;
    const counts = UNIT.test(text.slice(end, end + 2)) || text.charAt(start - 1) === '第';
    const written = counts ? han : text.slice(start, end);
    result += text.slice(at, start) + (SMALL.test(arabic) ? written : arabic);
    at = end;
  }
  return result + text.slice(at);
}

const NUMBER = /[\d〇零一二两三四五六七八九十百千万亿]/;
const DATE = /(?<![\d.])(\d{4})[-./](?:0(?=\d))?(\d{1,2})[-./](?:0(?=\d))?(\d{1,2})(?![\d.])/g;
const DAY = /(?<=月)(\d{1,2}|[一二三四五六七八九十]{1,3})号/g;

/** The value in Arabic digits, when the digits are a number and not part of a word (千万, 一二三, 十五五). */
function readHan(digits: string, after: string, marked: boolean): string | undefined {
  const text = plain(digits);
  const apart = Array.from(text, (digit) => DIGITS.indexOf(digit));
  if (apart.every((digit) => digit >= 0)) {
    const isNumber =
      text.length === 1
        ? marked || UNIT.test(after)
        : (text.length === 4 && after.startsWith('年')) || (text.length > 2 && text.includes('零'));
    return isNumber ? apart.join('') : undefined;
  }
  if (text === '十' && !marked && !UNIT.test(after)) return undefined;
  if (text === '百' && marked) return '100';
  const spoken = SPOKEN.exec(text);
  if (spoken && !UNIT.test(after)) return readHan(`${text}${LOWER[spoken[1] as string]}`, after, marked);
  const value = nzh.decodeS(text);
  return nzh.encodeS(value, { tenMin: true }) === text ? String(value) : undefined;
}

// 一万五 is fifteen thousand, 三百二 three hundred and twenty; but 一万五个 is nobody's number.
const SPOKEN = /[一二三四五六七八九](万|千|百)[一二三四五六七八九]$/;
const LOWER: Readonly<Record<string, string>> = { 万: '千', 千: '百', 百: '十' };

function plain(han: string): string {
  return han.replaceAll('两', '二').replaceAll('〇', '零');
}

function isYear(digits: string, after: string): boolean {
  return digits.length === 4 && after === '年';
}

function digitwise(digits: string): string {
  return Array.from(digits, (digit) => DIGITS[Number(digit)]).join('');
}

const FACTORS: Readonly<Record<string, number>> = { 百: 100, 千: 1000, 万: 1e4, 亿: 1e8 };

function factorOf(multiplier: string): number {
  return Array.from(multiplier).reduce((factor, sign) => factor * (FACTORS[sign] ?? 1), 1);
}

const GROUPED = /(?<![\d,.])\d{1,3}(?:,\d{3})+(?![\d,])/g;

/** A folded text with the commas within its numbers taken out: 15,000 is 15000. */
export function withoutGrouping(folded: string): string {
  return folded.includes(',') ? folded.replace(GROUPED, (number) => number.replaceAll(',', '')) : folded;
}
