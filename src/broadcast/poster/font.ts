import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { Blob, Face, Font, Variation } from 'harfbuzzjs';
import { decompress } from 'wawoff2';

/** A character as the font draws it at one weight. Lengths in UNITS of an em, measured from the baseline upwards. */
export interface Glyph {
  /** As the `d` of an SVG path. */
  readonly outline: string;
  /** To where the next character begins. */
  readonly advance: number;
}

/** By character: all those of a text. */
export type Glyphs = ReadonlyMap<string, Glyph>;

export interface Slices {
  /** The characters of a text; those that the font lacks are `missing`. */
  glyphsOf(text: string, weight: number): Promise<{ readonly glyphs: Glyphs; readonly missing: string }>;
}

/** Of an em, in Noto Serif SC. */
export const UNITS = 1_000;

/**
 * Noto Serif SC (SIL Open Font License 1.1) as `@fontsource-variable` packs it: 6 MB of WOFF2 for 12,295 Chinese
 * characters at every weight, in a hundred slices by Unicode range. The same family with fixed weights takes 87 MB,
 * and its one ready-made file lacks a thousand characters of GB 2312. HarfBuzz gives the outlines of a poster's 40
 * characters at a weight, out of some ten slices.
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
  const faces = new Map<string, Promise<Face>>();
  const faceOf = (file: string): Promise<Face> => {
    const known = faces.get(file) ?? readFile(file).then(async (woff2) => new Face(new Blob(await decompress(woff2))));
    faces.set(file, known);
    return known;
  };
  return {
    async glyphsOf(text, weight) {
      const characters = [...new Set(text.replace(/\s/gu, ''))];
      const found = await Promise.all(
        characters.map(async (character) => {
          const code = character.codePointAt(0) ?? 0;
          const slice = slices.find(({ holds }) => holds(code));
          return [character, slice && glyphIn(await faceOf(slice.file), code, weight)] as const;
        }),
      );
      return {
        glyphs: new Map(found.flatMap(([character, glyph]) => (glyph ? [[character, glyph] as const] : []))),
        missing: found.flatMap(([character, glyph]) => (glyph ? [] : [character])).join(''),
      };
    },
  };
}

/** Undefined when the slice promises a character and does not hold it. */
function glyphIn(face: Face, code: number, weight: number): Glyph | undefined {
  const font = new Font(face);
  font.setVariations([new Variation('wght', weight)]);
  const glyph = font.nominalGlyph(code);
  return glyph === undefined ? undefined : { outline: font.glyphToPath(glyph), advance: font.glyphHAdvance(glyph) };
}

/** Reads CSS's `unicode-range`, such as "U+4e00,U+4e8c-4e95". */
function holder(unicode: string): (codePoint: number) => boolean {
  const ranges = unicode.split(',').map((range) => {
    const [from = '', to = from] = range.replace(/^U\+/i, '').split('-');
    return [Number.parseInt(from, 16), Number.parseInt(to, 16)] as const;
  });
  return (codePoint) => ranges.some(([from, to]) => codePoint >= from && codePoint <= to);
}
