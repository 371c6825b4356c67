import { readFile } from 'node:fs/promises';
import { afterAll, describe, expect, it } from 'vitest';
import { ImportError, type Refusal } from '../../src/importing/refusal.ts';
import { createReader } from '../../src/keeper/reader.ts';
import { describeRefusal } from '../../src/messages/importing.ts';
import * as hostile from './hostile.ts';

const SAMPLES = new URL('../fixtures/importing/', import.meta.url);
const reader = createReader();
afterAll(() => reader.close());

async function refusalOf(name: string, bytes: Uint8Array, by = reader): Promise<Refusal> {
  try {
    await by.read({ name, bytes });
  } catch (cause) {
    if (cause instanceof ImportError) return cause.refusal;
    throw cause;
  }
  throw new Error(`${name} was read`);
}

const bytesOf = (...signs: number[]) => Uint8Array.from([...signs, ...new Array(200).fill(1)]);

describe('what cannot be read is refused in so many words, and the next file is read', () => {
  it.each<[string, Refusal['code'], () => Uint8Array | Promise<Uint8Array>]>([
    ['bomb.docx', 'unpacks-too-large', hostile.zipBomb],
    ['entities.docx', 'damaged', hostile.withEntities],
    ['laughs.docx', 'damaged', hostile.billionLaughs],
    ['pages.pdf', 'too-many-pages', () => hostile.manyPages(10_000)],
    ['empty-pages.pdf', 'scan', () => hostile.manyPages(3)],
    ['large.html', 'too-large', () => hostile.blankPage(50)],
    ['scan.pdf', 'scan', () => readFile(new URL('scan.pdf', SAMPLES))],
    ['cut.pdf', 'damaged', () => new TextEncoder().encode('%PDF-1.7\n1 0 obj <<')],
    ['cut.docx', 'damaged', () => bytesOf(0x50, 0x4b, 3, 4)],
    ['old.docx', 'unknown-format', () => bytesOf(0xd0, 0xcf, 0x11, 0xe0)],
    ['picture.pdf', 'unknown-format', () => bytesOf(0x89, 0x50, 0x4e, 0x47)],
    ['program.txt', 'unknown-format', () => bytesOf(0x4d, 0x5a)],
    ['empty.txt', 'empty', () => new Uint8Array()],
    ['blank.txt', 'no-text', () => new TextEncoder().encode(' \n\n\t\n')],
    [
      'blank.html',
      'no-text',
      () => new TextEncoder().encode('<!DOCTYPE html><html><body><script>a()</script></body></html>'),
    ],
  ])('%s: %s', async (name, code, make) => {
    const refusal = await refusalOf(name, await make());
    expect(refusal.code).toBe(code);
    expect(describeRefusal(refusal)).toMatch(/^[\p{Script=Han}].{3,}。$/u);
  });

  it('a zip that lies about its sizes gives no more than it says', async () => {
    expect(await refusalOf('lying.docx', hostile.lyingZip())).toMatchObject({ code: 'damaged' });
  });

  it('macros are neither read nor run, and that is said', async () => {
    const [document] = await reader.read({ name: 'macros.docm', bytes: hostile.withMacros() });
    expect(document.paragraphs).toEqual(['关于值班的通知', '节日期间各科室轮流值班，值班表另发。']);
    expect(document.doubts.map(({ detail }) => detail.code)).toContain('macros');
  });

  it('a page nested 50,000 deep is read', async () => {
    const [document] = await reader.read({ name: 'deep.html', bytes: hostile.deepPage() });
    expect(document.paragraphs).toEqual(['深处的一句话，也要读得到。']);
  });

  it('a file is what its bytes are, not what its name says', async () => {
    const bytes = new Uint8Array(await readFile(new URL('notice.docx', SAMPLES)));
    const [document] = await reader.read({ name: 'notice.pdf', bytes });
    expect(document.number).toBe('清府办规〔2023〕12号');
    expect(document.doubts[0]?.detail).toEqual({ code: 'not-as-named', named: 'pdf', found: 'docx' });
  });
});

describe('a reader with little room or time', () => {
  it('gives up a file that fills its memory, and goes on with the next', async () => {
    const small = createReader({ seconds: 60, megabytes: 32 });
    try {
      expect(await refusalOf('a.html', hostile.largePage(4), small)).toEqual({ code: 'too-much-memory' });
      const [document] = await small.read({
        name: 'a.txt',
        bytes: new TextEncoder().encode('通知\n\n明日停水，请储水。'),
      });
      expect(document.paragraphs).toHaveLength(2);
    } finally {
      await small.close();
    }
  });

  it('gives up a file that takes too long', async () => {
    const hasty = createReader({ seconds: 0.001, megabytes: 256 });
    try {
      expect(await refusalOf('a.txt', new TextEncoder().encode('通知'), hasty)).toEqual({ code: 'too-slow' });
    } finally {
      await hasty.close();
    }
  });
});
