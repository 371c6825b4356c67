import { Converter } from 'opencc-js/cn2t';
import { CHINESE, ENGLISH, type Wording } from './wording.ts';

/** The script and language of buttons and labels. Quotes stay as published. */
export type Language = 'zh-Hans' | 'zh-Hant' | 'en';

export interface Locale {
  readonly language: Language;
  readonly words: Wording;
  /** A label of the knowledge in the reader's script. */
  label(text: string): string;
  /** The reader's day, YYYY-MM-DD, by which documents hold or not; undefined where it does not matter. */
  readonly today?: string;
  /** Whether answers come in short: the quote folded, nothing related below. */
  readonly short?: boolean;
}

/** The language for a Telegram `language_code` (IETF); Chinese where it is missing, for that is what the texts are. */
export function languageOf(code: string | undefined): Language {
  const parts = (code ?? 'zh').toLowerCase().split('-');
  if (parts[0] !== 'zh' && parts[0] !== 'yue') return 'en';
  const traditional = parts[0] === 'yue' || parts.some((part) => ['hant', 'tw', 'hk', 'mo'].includes(part));
  return traditional && !parts.includes('hans') ? 'zh-Hant' : 'zh-Hans';
}

const locales = new Map<Language, Locale>();

export function localeOf(code: string | undefined): Locale {
  const language = languageOf(code);
  let locale = locales.get(language);
  if (!locale) {
    locale = create(language);
    locales.set(language, locale);
  }
  return locale;
}

function create(language: Language): Locale {
  const same = (text: string) => text;
  if (language === 'en') return { language, words: ENGLISH, label: same };
  if (language === 'zh-Hans') return { language, words: CHINESE, label: same };
  const label = Converter({ from: 'cn', to: 'tw' });
  return { language, words: converted(CHINESE, Converter({ from: 'cn', to: 'twp' }), label), label };
}

type Convert = (text: string) => string;

/**
 * The same wording with every string, and every string that its functions return, converted. What is passed to them are
 * names: their script changes, but not their words, as 社区 would (社群) by the converter of vocabulary.
 */
function converted<T>(wording: T, convert: Convert, convertName: Convert): T {
  const each = (value: unknown): unknown => {
    if (typeof value === 'string') return convert(value);
    if (typeof value === 'function') {
      return (...args: unknown[]) => {
        const text: unknown = value(...args);
        return typeof text === 'string' ? convertAround(stringsIn(args), text, convert, convertName) : text;
      };
    }
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, each(inner)]));
  };
  return each(wording) as T;
}

function convertAround(names: readonly string[], text: string, convert: Convert, convertName: Convert): string {
  if (names.length === 0) return convert(text);
  const longestFirst = names.toSorted((a, b) => b.length - a.length).map((name) => RegExp.escape(name));
  const pieces = text.split(new RegExp(`(${longestFirst.join('|')})`));
  return pieces.map((piece, i) => (i % 2 === 1 ? convertName(piece) : convert(piece))).join('');
}

function stringsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return value === '' ? [] : [value];
  return Array.isArray(value) ? value.flatMap(stringsIn) : [];
}
