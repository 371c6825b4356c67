import { foldText } from './fold.ts';

/** In UTF-16 units; nobody needs more for an hour. */
const LONGEST = 24;
const HAN = '零一二三四五六七八九';

const PART_OF_DAY =
  '凌晨|半夜|午夜|深夜|清晨|清早|大清早|早晨|早上|早|上午|中午|正午|下午|午后|傍晚|晚上|夜里|夜间|晚|am|pm|a\\.m\\.|p\\.m\\.';
const NUMBER = '\\d{1,2}|[零〇一二两三四五六七八九十]{1,3}';
const CLOCK = new RegExp(
  `^(?:每天|每日|天天)?\\s*(?:的)?(?<part>${PART_OF_DAY})?\\s*(?:的)?(?:(?<four>\\d{3,4})|(?<hour>${NUMBER})\\s*(?:(?:[:.]\\s*(?<colon>\\d{2}))|(?:点钟?|时|h)(?:(?<half>半)|(?<quarters>[一三])刻|整|\\s*(?:零|〇|过)?(?<minute>${NUMBER})\\s*分?)?)?)\\s*(?<after>${PART_OF_DAY})?(?:\\s*(?:发|推送))?$`,
);

/** HH:MM of what people type for an hour: 8:30, 0830, 8点半, 早上八点, 晚上9点一刻, 8 pm. Undefined for all else. */
export function readTimeOfDay(text: string): string | undefined {
  if (text.length > LONGEST) return undefined;
  const found = CLOCK.exec(foldText(text).trim())?.groups;
  if (!found) return undefined;
  const { part, after, four, half, quarters, colon } = found;
  if (part !== undefined && after !== undefined) return undefined;
  const hour = four === undefined ? numberOf(found.hour ?? '') : Number(four.slice(0, -2));
  const minute =
    four !== undefined
      ? Number(four.slice(-2))
      : half !== undefined
        ? 30
        : quarters !== undefined
          ? 15 * numberOf(quarters)
          : colon !== undefined
            ? Number(colon)
            : numberOf(found.minute ?? '零');
  const inDay = hourIn(part ?? after, hour);
  if (inDay === undefined || !(inDay <= 23) || !(minute <= 59)) return undefined;
  return `${pad(inDay)}:${pad(minute)}`;
}

/** The hour of 24 that an hour of a part of the day is; undefined when that part has no such hour. */
function hourIn(part: string | undefined, hour: number): number | undefined {
  if (part === undefined || hour > 12) return hour === 0 || isOfTheDay(part, hour) ? hour : undefined;
  if (/^(?:凌晨|半夜|午夜|深夜|am|a\.m\.)$/.test(part))
    return isLate(part) && hour >= 9 && hour < 12 ? hour + 12 : hour % 12;
  if (/^(?:下午|午后|傍晚|pm|p\.m\.)$/.test(part)) return hour === 0 ? undefined : (hour % 12) + 12;
  if (/^(?:中午|正午)$/.test(part)) return hour >= 1 && hour <= 3 ? hour + 12 : hour >= 10 ? hour : undefined;
  // 晚上12点 is midnight, and 夜里两点 comes after it.
  if (/^(?:晚上|晚|夜里|夜间)$/.test(part)) return hour === 12 ? 0 : hour >= 5 ? hour + 12 : hour;
  return hour;
}

const isLate = (part: string) => /^(?:半夜|午夜|深夜)$/.test(part);

/** 下午15点 and 晚上20点 say the same twice; 早上20点 is a slip. */
function isOfTheDay(part: string | undefined, hour: number): boolean {
  if (part === undefined) return true;
  return hour > 12 && /^(?:下午|午后|傍晚|晚上|晚|夜里|夜间|半夜|午夜|深夜|pm|p\.m\.|中午|正午)$/.test(part);
}

function numberOf(said: string): number {
  if (/^\d+$/.test(said)) return Number(said);
  const digits = said.replaceAll('两', '二').replaceAll('〇', '零');
  const [tens = '', units, more] = digits.split('十');
  if (units === undefined) return /^零?.$/.test(tens) ? HAN.indexOf(tens.at(-1) ?? '') : Number.NaN;
  if (more !== undefined) return Number.NaN;
  return 10 * (tens === '' ? 1 : HAN.indexOf(tens)) + (units === '' ? 0 : HAN.indexOf(units));
}

function pad(number: number): string {
  return String(number).padStart(2, '0');
}
