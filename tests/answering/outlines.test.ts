import { beforeAll, describe, expect, it } from 'vitest';
import { documentKey } from '../../src/answering/key.ts';
import { createOutlines } from '../../src/answering/outlines.ts';
import { type Engine, engineOf } from '../../src/engine.ts';
import { plainDocument } from '../../src/evaluation/document-questions.ts';
import type { Document } from '../../src/knowledge/document.ts';
import { loadLanguage } from '../../src/lexicon/files.ts';
import { encodeCallback, parseCallback } from '../../src/messages/callback.ts';
import { readDocument } from '../../src/reading/reading.ts';
import { shippedEngine } from '../shipped.ts';

const CHAPTERS = [1, 2, 3].flatMap((chapter) => [
  `第${chapter}章 第${chapter}类`,
  ...[1, 2].map((n) => `第${2 * chapter - 2 + n}条 第${chapter}类第${n}项由街道办理，十日内办结。`),
]);
const document: Document = plainDocument('rules', ['办理规定', ...CHAPTERS].join('\n'));
/** The same words in another document. */
const twin: Document = plainDocument('twin', ['办理规定', ...CHAPTERS].join('\n'));

let engine: Engine;
beforeAll(async () => {
  engine = engineOf({ documents: [document, twin], terms: [] }, await loadLanguage());
});

describe('outlines', () => {
  it('every part opens as if it had been asked for, every entry is found again by its key', () => {
    for (const one of [document, twin]) {
      const entries = engine.outlines.of(one);
      expect(entries.map(({ title, parts }) => [title, parts.length])).toEqual([
        ['第1章 第1类', 2],
        ['第2章 第2类', 2],
        ['第3章 第3类', 2],
      ]);
      for (const entry of entries) {
        expect(engine.outlines.find(entry.key)).toEqual({ document: one, entry });
        for (const { key, title } of entry.parts) {
          const opened = engine.answerer.open(key);
          expect(opened?.quotes[0].document).toBe(one);
          expect(opened?.answer).toBe(`${title}。`);
        }
      }
    }
  });

  it('have keys of their own, which a button holds', () => {
    const entries = [document, twin].flatMap((one) => engine.outlines.of(one));
    const keys = [...entries.flatMap(({ key, parts }) => [key, ...parts.map((part) => part.key)])];
    keys.push(...[document, twin].map(({ id }) => documentKey(id)));
    expect(new Set(keys).size).toBe(keys.length);
    for (const key of keys) {
      const data = encodeCallback({ kind: 'section', key });
      expect(Buffer.byteLength(data)).toBeLessThanOrEqual(64);
      expect(parseCallback(data)).toEqual({ kind: 'section', key });
    }
  });

  it('have the same keys as long as the text is the same', () => {
    const again = createOutlines([
      readDocument({ ...document, title: '新规定', label: '规定', published: '2024-05-01' }),
    ]);
    expect(again.of(document)).toEqual(engine.outlines.of(document));
  });

  it('are empty for documents with sections', async () => {
    const { library, outlines } = await shippedEngine();
    for (const shipped of library.documents) expect(outlines.of(shipped)).toEqual([]);
    expect(outlines.find('zzzzzzzzzz')).toBeUndefined();
  });
});
