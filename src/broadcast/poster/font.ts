import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import subsetFont from 'subset-font';

/** One small font for satori, holding some characters of a text at one weight. */
export interface FontPart {
  readonly name: string;
  readonly data: Buffer;
  readonly weight: 400;
  readonly style: 'normal';
}

export interface Slices {
  /** The fonts that hold a text's characters; those in none of them are `missing`. */
  partsFor(text: string, weight: number): Promise<{ readonly parts: readonly FontPart[]; readonly missing: string }>;
}

/**
 * Noto Serif SC (SIL Open Font License 1.1) as `@fontsource-variable` packs it: 6 MB of WOFF2 for 12,295 Chinese
 * characters at every weight, in a hundred slices by Unicode range. The same family with fixed weights takes 87 MB,
 * and its one ready-made file lacks a thousand characters of GB 2312. Satori reads neither WOFF2 nor variable fonts,
 * so what a poster needs is cut out with HarfBuzz: 40 characters, some ten slices, 0.1 s.
 */
const PACKAGE = '@fontsource-variable/noto-serif-sc';

export async function openSlices(): Promise<Slices> {
  const folder = dirname(createRequire(import.meta.url).resolve(`${PACKAGE}/package.json`));
  const ranges: Record<string, string> = JSON.parse(await readFile(join(folder, 'unicode.json'), 'utf8'));
  const slices = Object.entries(ranges).map(([name, unicode]) => ({
    // The slices are called [4] to [119] there, and 4 to 119 in the file names.
    file: join(folder, 'files', `noto-serif-sc-${name.replace(/[[\]]/g, '')}-wght-normal.woff2`),
    holds: holder(unicode),
  }));
  return {
    async partsFor(text, weight) {
      const wanted = new Map<string, string>();
      let missing = '';
      for (const character of new Set(text.replace(/\s/gu, ''))) {
        const slice = slices.find(({ holds }) => holds(character.codePointAt(0) ?? 0));
        if (slice) wanted.set(slice.file, (wanted.get(slice.file) ?? '') + character);
        else missing += character;
      }
      const parts = await Promise.all(
        [...wanted].map(async ([file, characters], i): Promise<FontPart> => {
          const cut = { targetFormat: 'sfnt', variationAxes: { wght: weight }, keepFeatures: [] } as const;
          const data = await subsetFont(await readFile(file), characters, cut);
          return { name: `w${weight}-${i}`, data, weight: 400, style: 'normal' };
        }),
      );
      return { parts, missing };
    },
  };
}

/** Reads CSS's `unicode-range`, such as "U+4e00,U+4e8c-4e95". */
function holder(unicode: string): (codePoint: number) => boolean {
  const ranges = unicode.split(',').map((range) => {
    const [from = '', to = from] = range.replace(/^U\+/i, '').split('-');
    return [Number.parseInt(from, 16), Number.parseInt(to, 16)] as const;
  });
  return (codePoint) => ranges.some(([from, to]) => codePoint >= from && codePoint <= to);
}
