import { wideOf } from './encoding.ts';
import type { Format } from './refusal.ts';
import { ImportError } from './refusal.ts';

/** The ending of a file's name, in small letters, without its dot; empty without one. */
export function endingOf(name: string): string {
  return /\.([a-z0-9]{1,8})$/i.exec(name)?.[1]?.toLowerCase() ?? '';
}

const ENDINGS: Readonly<Record<string, Format>> = {
  txt: 'text',
  text: 'text',
  md: 'markdown',
  markdown: 'markdown',
  html: 'html',
  htm: 'html',
  xhtml: 'html',
  shtml: 'html',
  docx: 'docx',
  docm: 'docx',
  pdf: 'pdf',
};

/** The formats that a folder is searched for. */
export function isImportable(name: string): boolean {
  return endingOf(name) in ENDINGS;
}

/** What a name says that a file is. */
export function namedFormat(name: string): Format | undefined {
  return ENDINGS[endingOf(name)];
}

/** First bytes of what is no document, and what it is called. */
const OTHERS: readonly (readonly [magic: string, found: string])[] = [
  ['\u00d0\u00cf\u0011\u00e0', 'doc'],
  ['{\\rtf', 'rtf'],
  ['\u0089PNG', 'picture'],
  ['\u00ff\u00d8\u00ff', 'picture'],
  ['GIF8', 'picture'],
  ['BM', 'picture'],
  ['RIFF', 'picture'],
  ['II*\u0000', 'picture'],
  ['MM\u0000*', 'picture'],
  ['Rar!', 'archive'],
  ['7z\u00bc\u00af', 'archive'],
  ['\u001f\u008b', 'archive'],
  ['MZ', 'program'],
  ['\u007fELF', 'program'],
  ['\u0000\u0000\u0000', 'media'],
  ['ID3', 'media'],
  ['OggS', 'media'],
];

/** What a file is, told by its bytes; its name decides only between kinds of text. Throws an ImportError for what is no document. */
export function formatOf(bytes: Uint8Array, name: string): Format {
  const head = String.fromCharCode(...bytes.subarray(0, 1024));
  if (head.slice(0, 1024).includes('%PDF-')) return 'pdf';
  if (head.startsWith('PK\u0003\u0004') || head.startsWith('PK\u0005\u0006')) return 'docx';
  const other = OTHERS.find(([magic]) => head.startsWith(magic))?.[1];
  if (other !== undefined && isBinary(bytes)) throw new ImportError({ code: 'unknown-format', found: other });
  if (other === 'rtf') throw new ImportError({ code: 'unknown-format', found: 'rtf' });
  if (isBinary(bytes)) throw new ImportError({ code: 'unknown-format', found: 'binary' });
  if (
    /^\s*(?:\u00ef\u00bb\u00bf)?\s*(?:<!--[\s\S]{0,400}?-->\s*)?<(?:!doctype\s+html|html|head|body|\?xml[^>]*\?>\s*<(?:!doctype|html))/i.test(
      head,
    )
  )
    return 'html';
  const named = namedFormat(name);
  if (named === 'html' || named === 'markdown') return named;
  return 'text';
}

/** Control characters that no text has, and no UTF-16 either. */
function isBinary(bytes: Uint8Array): boolean {
  const sample = bytes.subarray(0, 4096);
  if ((sample[0] === 0xff && sample[1] === 0xfe) || (sample[0] === 0xfe && sample[1] === 0xff)) return false;
  const controls = sample.filter((byte) => byte < 9 || (byte > 13 && byte < 32 && byte !== 27)).length;
  return controls * 100 > sample.length && wideOf(bytes) === undefined;
}
