export interface Decoded {
  readonly text: string;
  /** As the WHATWG names them: `utf-8`, `gb18030`, `big5`, `utf-16le`, `utf-16be`. */
  readonly encoding: string;
  /** Whether the bytes or their declaration say so; else it was told by how the text reads. */
  readonly sure: boolean;
}

const MARKS: readonly (readonly [bytes: readonly number[], encoding: string])[] = [
  [[0xef, 0xbb, 0xbf], 'utf-8'],
  [[0xff, 0xfe], 'utf-16le'],
  [[0xfe, 0xff], 'utf-16be'],
];

/**
 * The text of bytes in UTF-8, UTF-16, GB18030 (so also GBK and GB2312) or Big5.
 * `declared` is what the file says of itself, and is believed only where the bytes bear it out.
 */
export function decodeText(bytes: Uint8Array, declared?: string): Decoded {
  for (const [mark, encoding] of MARKS)
    if (mark.every((byte, at) => bytes[at] === byte)) return { text: decode(bytes, encoding), encoding, sure: true };
  const unicode = strictly(bytes, 'utf-8');
  if (unicode !== undefined) return { text: unicode, encoding: 'utf-8', sure: true };
  const wide = wideOf(bytes);
  if (wide !== undefined) return { text: decode(bytes, wide), encoding: wide, sure: true };
  const said = declared === undefined ? undefined : nameOf(declared);
  if (said !== undefined && said !== 'utf-8' && strictly(bytes, said) !== undefined)
    return { text: decode(bytes, said), encoding: said, sure: true };
  // A file that is UTF-8 but for a few bytes was cut or mended by hand.
  const broken = decode(bytes, 'utf-8');
  if (damage(broken) < MOST_DAMAGE) return { text: broken, encoding: 'utf-8', sure: false };
  const [best] = ['gb18030', 'big5']
    .map((encoding) => ({ encoding, text: decode(bytes, encoding) }))
    .map((each) => ({ ...each, score: fluency(each.text) }))
    .toSorted((a, b) => b.score - a.score);
  return { text: best?.text ?? broken, encoding: best?.encoding ?? 'utf-8', sure: false };
}

const MOST_DAMAGE = 0.01;

function damage(text: string): number {
  const replaced = text.split('\uFFFD').length - 1;
  return replaced / Math.max(1, text.length);
}

function decode(bytes: Uint8Array, encoding: string): string {
  return new TextDecoder(encoding).decode(bytes);
}

function strictly(bytes: Uint8Array, encoding: string): string | undefined {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

function nameOf(label: string): string | undefined {
  try {
    return new TextDecoder(label.trim()).encoding;
  } catch {
    return undefined;
  }
}

/** Characters in a row that must be common ones for bytes to be taken for UTF-16 without a mark. */
const FLUENT = 0.3;
const SAMPLE = 4096;

/** UTF-16 without a mark: read so, the bytes make sense. Undefined for what is none. */
export function wideOf(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | undefined {
  const sample = bytes.subarray(0, Math.min(SAMPLE, bytes.length - (bytes.length % 2)));
  const encodings = ['utf-16le', 'utf-16be'] as const;
  return encodings.find((encoding) => {
    const text = decode(sample, encoding);
    return !text.includes('\0') && fluency(text) >= FLUENT;
  });
}

// Among the commonest characters of official texts, in both scripts: a text read by the wrong table has hardly any.
const COMMON: ReadonlySet<string> = new Set(
  '的一是在不了有和人中大为為上个個国國我以要他时時来來用们們生到作地于於出就分对對成会會可主发發年动動同工也能下过過民' +
    '子说說产產种種面而方后後多定行学學法所经經之进進等部度家电電力里如水化高自理起小物现現实實加量都两兩体體制机機当當使点點从從' +
    '业業本去把性好应應其些然前外天政四日社义義事平形相全表间間样樣与與关關各重新内內数數第条條市县縣省区區院务務规規办辦' +
    '管安人员員情况情況及或者应當由依照按章節节通知申请請单位單，。、；：（）《》“”「」',
);

/** The share of common characters among those that are not ASCII. */
function fluency(text: string): number {
  let common = 0;
  let all = 0;
  for (const character of text) {
    if (character <= '\u007f') continue;
    all++;
    if (COMMON.has(character)) common++;
    else if (character === '\uFFFD') all += 2;
  }
  return all === 0 ? 0 : common / all;
}

/** What a page says of its own encoding, in its first bytes, as browsers look for it. */
export function declaredEncoding(bytes: Uint8Array): string | undefined {
  const head = new TextDecoder('latin1').decode(bytes.subarray(0, 4096));
  return (
    /<meta[^>]+charset\s*=\s*["']?\s*([\w-]+)/i.exec(head)?.[1] ??
    /<\?xml[^>]+encoding\s*=\s*["']([\w-]+)/i.exec(head)?.[1]
  );
}
