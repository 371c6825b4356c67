import type { Block } from './block.ts';
import type { Glyphs } from './glyphs.ts';
import { gridsIn } from './grid.ts';
import { type LaidPage, paragraphsOf } from './layout.ts';
import { MOST_PAGES } from './limits.ts';
import { isSimplified, withoutRadicals } from './radicals.ts';
import { ImportError } from './refusal.ts';
import { type OperatorNumbers, rulingsOf } from './rulings.ts';

export interface PdfFile {
  readonly blocks: readonly Block[];
  /** What the file calls itself, if anything. */
  readonly title: string | undefined;
  /** 1-based numbers of pages that are pictures. */
  readonly emptyPages: readonly number[];
  /** Lines that repeat on the pages' edges, as they stand on the first of them. */
  readonly leftOut: readonly string[];
  readonly hasTables: boolean;
}

/** The text layer of a PDF, as paragraphs. Throws an ImportError for a scan, a locked or a damaged file. */
export async function readPdf(bytes: Uint8Array): Promise<PdfFile> {
  const { getDocument, OPS } = await import('pdfjs-dist/legacy/build/pdf.mjs');
  // Fonts that are not embedded name their characters by tables that the library brings along.
  const folder = import.meta
    .resolve('pdfjs-dist/package.json')
    .replace(/package\.json$/, '')
    .replace(/^file:\/\//, '');
  const task = getDocument({
    // A copy: the library takes the memory for itself.
    data: new Uint8Array(bytes),
    cMapUrl: decodeURI(`${folder}cmaps/`),
    cMapPacked: true,
    standardFontDataUrl: decodeURI(`${folder}standard_fonts/`),
    useSystemFonts: false,
    disableFontFace: true,
    verbosity: 0,
  });
  try {
    const document = await task.promise.catch((cause: unknown) => {
      const name = cause instanceof Error ? cause.name : '';
      throw new ImportError(
        name === 'PasswordException' ? { code: 'locked' } : { code: 'damaged', format: 'pdf' },
        cause,
      );
    });
    if (document.numPages > MOST_PAGES)
      throw new ImportError({ code: 'too-many-pages', pages: document.numPages, most: MOST_PAGES });
    const pages: LaidPage[] = [];
    for (let number = 1; number <= document.numPages; number++) {
      const page = await document.getPage(number);
      const [left = 0, bottom = 0, right = 0, top = 0] = page.view;
      const { items } = await page.getTextContent();
      const glyphs = items.flatMap((item) => ('str' in item ? (glyphsOf(item, left, bottom) ?? []) : []));
      const drawn = await page.getOperatorList();
      const rulings = rulingsOf(drawn, OPS as unknown as OperatorNumbers).map(({ x0, y0, x1, y1 }) => ({
        x0: x0 - left,
        y0: y0 - bottom,
        x1: x1 - left,
        y1: y1 - bottom,
      }));
      const { grids, rest } = gridsIn(rulings, glyphs);
      pages.push({ width: right - left, height: top - bottom, glyphs: rest, grids });
      page.cleanup();
    }
    const emptyPages = pages.flatMap(({ glyphs }, at) =>
      glyphs.some(({ text }) => text.trim() !== '') ? [] : [at + 1],
    );
    if (emptyPages.length === pages.length) throw new ImportError({ code: 'scan', pages: pages.length });
    const { blocks, leftOut, hasTables } = paragraphsOf(withCharacters(pages));
    const info = (await document.getMetadata().catch(() => undefined))?.info as { Title?: unknown } | undefined;
    const title = typeof info?.Title === 'string' && info.Title.trim() !== '' ? info.Title.trim() : undefined;
    return { blocks, title, emptyPages, leftOut, hasTables };
  } finally {
    await task.destroy();
  }
}

function withCharacters(pages: readonly LaidPage[]): readonly LaidPage[] {
  const simplified = isSimplified(pages.flatMap(({ glyphs }) => glyphs.map(({ text }) => text)).join(''));
  const written = (one: Glyphs): Glyphs => ({ ...one, text: withoutRadicals(one.text, simplified) });
  return pages.map((page) => ({
    ...page,
    glyphs: page.glyphs.map(written),
    grids: page.grids.map((grid) => ({
      ...grid,
      rows: grid.rows.map((cells) => cells.map((cell) => ({ ...cell, glyphs: cell.glyphs.map(written) }))),
    })),
  }));
}

interface TextItem {
  readonly str: string;
  readonly transform: readonly number[];
  readonly width: number;
}

/** Text that stands level; what is turned is a watermark or a stamp. */
function glyphsOf({ str, transform, width }: TextItem, left: number, bottom: number): Glyphs | undefined {
  const [, slant = 0, , height = 0, x = 0, y = 0] = transform;
  if (str === '' || height <= 0 || Math.abs(slant) > 0.1 * height) return undefined;
  return { text: str, x: x - left, y: y - bottom, width, size: height };
}
