import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { importFile } from '../../src/importing/read.ts';
import { sourceFile } from '../../src/importing/source-file.ts';
import { parseSource } from '../../src/knowledge/source.ts';
import { SHIPPED } from '../shipped.ts';

// In the order in which the newspaper prints them; each folder was made by hand.
const FOLDERS = ['community-workers', 'telecom-pilot', 'slogans'];

describe('a page of a newspaper', () => {
  it('comes out as the folders made by hand are, and what was moved or joined is said with its line', async () => {
    const bytes = new Uint8Array(await readFile(new URL('../fixtures/press-text.txt', import.meta.url)));
    const documents = await importFile({ name: 'press-text.txt', bytes });
    expect(documents).toHaveLength(FOLDERS.length);
    for (const [at, folder] of FOLDERS.entries()) {
      const path = join(SHIPPED, folder, 'source.md');
      const byHand = parseSource(path, await readFile(path, 'utf8'));
      expect(documents[at]?.paragraphs, folder).toEqual(byHand.paragraphs);
      expect(documents[at]).toMatchObject({
        publisher: byHand.frontMatter?.value?.publisher,
        reporters: byHand.frontMatter?.value?.reporters,
      });
    }
    const told = documents.map((document) => {
      const { text, lineOf } = sourceFile(document);
      const lines = text.split('\n');
      return document.doubts
        .filter(({ paragraph }) => paragraph !== undefined)
        .map((doubt) => [doubt.detail.code, lines[lineOf(doubt) - 1]?.slice(0, 8)]);
    });
    expect(told).toEqual([
      [
        ['joined', '答：《意见》起草'],
        ['joined', '答：强化社区工作'],
      ],
      [['headline-moved', '根据通告，率先开']],
      [],
    ]);
    expect(documents[1]?.title).toBe('试点扩大电信领域对外开放，将带来哪些影响？');
  });
});
