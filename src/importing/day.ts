/** A printed date as YYYY-MM-DD: 「2018年5月1日」, 「2018-5-1」, 「二〇一八年五月一日」. */
export function dayOf(text: string): string | undefined {
  const match =
    /([\d〇零一二三四五六七八九]{4})\s*(?:年|[-/.])\s*([\d一二三四五六七八九十]{1,3})\s*(?:月|[-/.])\s*([\d一二三四五六七八九十]{1,3})/.exec(
      text,
    );
  if (!match) return undefined;
  const year = Number(
    (match[1] ?? '').replace(/[〇零一二三四五六七八九]/g, (digit) =>
      String('〇一二三四五六七八九'.indexOf(digit === '零' ? '〇' : digit)),
    ),
  );
  const month = smallNumber(match[2] ?? '');
  const day = smallNumber(match[3] ?? '');
  if (month < 1 || month > 12 || day < 1 || day > daysIn(year, month)) return undefined;
  return written(year, month, day);
}

/** The last day of a term that begins on a day: three years from 2023-09-08 end on 2026-09-07. */
export function endOfTerm(from: string, years: number, months = 0): string {
  const [year = 0, month = 1, day = 1] = from.split('-').map(Number);
  const later = year * 12 + month - 1 + years * 12 + months;
  const [endYear, endMonth] = [Math.trunc(later / 12), (later % 12) + 1];
  if (day > 1) return written(endYear, endMonth, Math.min(day - 1, daysIn(endYear, endMonth)));
  const [lastYear, lastMonth] = endMonth === 1 ? [endYear - 1, 12] : [endYear, endMonth - 1];
  return written(lastYear, lastMonth, daysIn(lastYear, lastMonth));
}

function written(year: number, month: number, day: number): string {
  return `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}

function daysIn(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}

/** Up to 99, in either kind of digits; 0 for what is no number. */
export function smallNumber(text: string): number {
  if (/^\d+$/.test(text)) return Number(text);
  const [tens, ones] = text.includes('十') ? text.split('十') : [undefined, text];
  const digit = (sign: string | undefined) =>
    Math.max(0, '〇一二三四五六七八九'.indexOf(sign === '两' ? '二' : (sign ?? '〇') || '〇'));
  return (tens === undefined ? 0 : 10 * (tens === '' ? 1 : digit(tens))) + digit(ones);
}
