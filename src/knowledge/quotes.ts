import { fold } from '../text/fold.ts';
import type { Span } from './document.ts';
import type { Difference } from './problem.ts';

/** Where a quote stands word for word; the first place when there are several. */
export function locate(paragraphs: readonly string[], quote: string): Span | undefined {
  for (const [paragraph, text] of paragraphs.entries()) {
    const start = text.indexOf(quote);
    if (start >= 0) return { paragraph, start, end: start + quote.length };
  }
  return undefined;
}

/** How a quote that is not word for word differs from the paragraph it most likely comes from. */
export function difference(paragraphs: readonly string[], quote: string): Difference | undefined {
  return lookAlike(paragraphs, quote) ?? longestPrefix(paragraphs, quote);
}

/** The quote differs only in what folding takes away: full and half width, script, case, invisible characters. */
function lookAlike(paragraphs: readonly string[], quote: string): Difference | undefined {
  const wanted = plain(quote);
  for (const [paragraph, text] of paragraphs.entries()) {
    const folded = plain(text);
    const at = folded.text.indexOf(wanted.text);
    if (at < 0 || wanted.text === '') continue;
    const start = folded.starts[at] ?? 0;
    const end = folded.ends[at + wanted.text.length - 1] ?? text.length;
    return firstDifference(quote, text.slice(start, end), paragraph);
  }
  return undefined;
}

function longestPrefix(paragraphs: readonly string[], quote: string): Difference | undefined {
  for (let length = quote.length - 1; length >= MINIMUM_PREFIX; length--) {
    const found = locate(paragraphs, quote.slice(0, length));
    if (!found) continue;
    const published = (paragraphs[found.paragraph] ?? '').slice(found.start, found.start + quote.length);
    return firstDifference(quote, published, found.paragraph);
  }
  return undefined;
}

// Shorter beginnings match by chance.
const MINIMUM_PREFIX = 4;
/** In characters. */
const SHOWN = 12;

function firstDifference(quote: string, published: string, paragraph: number): Difference {
  let at = 0;
  while (at < quote.length && quote[at] === published[at]) at++;
  if (/[\uD800-\uDBFF]/.test(quote.charAt(at - 1))) at--;
  return { at, quoted: beginning(quote.slice(at)), published: beginning(published.slice(at)), paragraph };
}

function beginning(text: string): string {
  return Array.from(text).slice(0, SHOWN).join('');
}

// Quotation marks and dashes that are mistaken for one another; not folded elsewhere, since they carry no words.
const LOOK_ALIKES: Readonly<Record<string, string>> = {
  '“': '"',
  '”': '"',
  '„': '"',
  '「': '"',
  '」': '"',
  '『': '"',
  '』': '"',
  '‘': "'",
  '’': "'",
  '—': '-',
  '–': '-',
  '－': '-',
  '。': '.',
  '、': ',',
};

function plain(text: string): { text: string; starts: number[]; ends: number[] } {
  const folded = fold(text);
  const result = { text: '', starts: [] as number[], ends: [] as number[] };
  for (let i = 0; i < folded.text.length; i++) {
    const unit = folded.text.charAt(i);
    if (unit === ' ') continue;
    result.text += LOOK_ALIKES[unit] ?? unit;
    result.starts.push(folded.starts[i] ?? 0);
    result.ends.push(folded.ends[i] ?? 0);
  }
  return result;
}
