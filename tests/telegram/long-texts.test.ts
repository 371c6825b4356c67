import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FormattedString } from '@grammyjs/parse-mode';
import type { Message } from '@grammyjs/types';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createOutlines } from '../../src/answering/outlines.ts';
import { plainDocument } from '../../src/evaluation/document-questions.ts';
import { sourcesMessages } from '../../src/messages/cards.ts';
import { localeOf } from '../../src/messages/locale.ts';
import { messagesOf, TEXT_LIMIT } from '../../src/messages/message.ts';
import { readDocument } from '../../src/reading/reading.ts';
import { writeFiles } from '../knowledge/folders.ts';
import { buttonsOf, dataOf, type Harness, marked, only, privately, startHarness } from './harness.ts';

const SENTENCE = (n: number) =>
  `第${n}条，居民可以在工作日到社区服务中心办理第${n}项事务，也可以在网上办理，办结时间不超过三个工作日。`;
const PARAGRAPHS = 12;
const SENTENCES = 10;
const ASK = '办事指南全文';

/** A document whose one section is longer than a message. */
function files() {
  const paragraphs = Array.from({ length: PARAGRAPHS }, (_, p) =>
    Array.from({ length: SENTENCES }, (_, s) => SENTENCE(p * SENTENCES + s + 1)).join(''),
  );
  const points = Array.from({ length: PARAGRAPHS * SENTENCES }, (_, n) =>
    [
      `      - id: item-${n + 1}`,
      `        title: 第${n + 1}条`,
      `        quote: ${SENTENCE(n + 1)}`,
      '        ask:',
      `          - 办事指南第${n + 1}条说了什么`,
    ].join('\n'),
  );
  const head = `sections:\n  - id: guide\n    title: 办事指南\n    ask:\n      - ${ASK}\n    points:\n`;
  return {
    'guide/source.md': `---\ntitle: 办事指南\npublisher: 幸福街道\ncommand:\n  name: guide\n  description: { zh: 办事指南, en: Guide }\n---\n\n${paragraphs.join('\n\n')}\n`,
    'guide/questions.yaml': `${head}${points.join('\n')}\n`,
  };
}

describe('a whole answer longer than a message', () => {
  let harness: Harness;
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'wence-long-'));
    await writeFiles(folder, files());
    harness = await startHarness({ environment: { KNOWLEDGE_DIR: folder } });
  });
  afterAll(async () => {
    await harness.close();
    await rm(folder, { recursive: true });
  });

  async function whole() {
    const { chat, user } = privately(harness);
    const parts = await harness.replies(chat, () => harness.emulator.people.say(chat, user, ASK));
    return { user, chat, parts };
  }

  it('comes in several, in order, cut between sentences, with the quote marked on both sides of each cut', async () => {
    const { parts } = await whole();
    expect(parts.length).toBeGreaterThan(1);
    const quoted = parts.flatMap((part) => marked(part, 'expandable_blockquote')).join('');
    const sentences = quoted.match(/第\d+条[^。]*。/g);
    expect(sentences).toEqual(Array.from({ length: PARAGRAPHS * SENTENCES }, (_, n) => SENTENCE(n + 1)));
    for (const part of parts) {
      expect(part.text?.length).toBeLessThanOrEqual(TEXT_LIMIT);
      expect(marked(part, 'expandable_blockquote')).toHaveLength(1);
    }
    for (const part of parts.slice(0, -1)) expect(part.text).toMatch(/。$/);
  });

  it('has its buttons below the last, and they work', async () => {
    const { parts, user, chat } = await whole();
    expect(parts.slice(0, -1).flatMap(buttonsOf)).toEqual([]);
    const last = parts.at(-1) as Message;
    const shown = () => harness.emulator.watch.message(chat, last.message_id)?.message as Message;
    await harness.emulator.buttons.press(last, user, dataOf(last, '看原文'));
    expect(shown().text).toContain(SENTENCE(1));
    await harness.emulator.buttons.press(last, user, dataOf(shown(), '返回'));
    expect([shown().text, shown().entities, shown().reply_markup]).toEqual([
      last.text,
      last.entities,
      last.reply_markup,
    ]);
  });

  it('of whose points there are more than a message has buttons for, shows the first, and the ways on', async () => {
    const { chat, user } = privately(harness);
    const { emulator, replies } = harness;
    const card = only(await replies(chat, () => emulator.people.say(chat, user, '/guide')));
    await emulator.buttons.press(card, user, dataOf(card, '办事指南'));
    const section = emulator.watch.message(chat, card.message_id)?.message as Message;
    const buttons = buttonsOf(section);
    expect(buttons.flat()).toHaveLength(100);
    expect(buttons.at(-1)).toEqual(['整段原文', '全部主题']);
    expect(Math.max(...buttons.map((row) => row.length))).toBeLessThanOrEqual(8);
  });

  it('is left as it is when its question is edited, and so is a short answer that would become one', async () => {
    const { chat, user } = privately(harness);
    const { emulator } = harness;
    const asked = emulator.people.say(chat, user, '办事指南第3条说了什么');
    await harness.settled();
    const before = only(emulator.watch.fromBot(chat));
    emulator.people.edit(asked, ASK);
    await harness.settled();
    expect(only(emulator.watch.fromBot(chat))).toEqual(before);
  });
});

it('a library of many documents is listed in several messages, and below the last as many buttons as it holds', () => {
  const documents = Array.from({ length: 200 }, (_, n) => ({
    ...plainDocument(`d${n}`, `${`关于第${n}号文件的通知`.repeat(3)}\n各街道应当在十日内办结第${n}号文件。`),
    label: `第${n}号文件`,
  }));
  const outlines = createOutlines(documents.map(readDocument));
  const messages = sourcesMessages({ documents, terms: [] }, outlines, localeOf('zh-hans'));
  expect(messages.length).toBeGreaterThan(1);
  for (const { text } of messages) expect(text.length).toBeLessThanOrEqual(TEXT_LIMIT);
  expect(messages.map(({ text }) => text).join('')).toContain('关于第199号文件的通知');
  expect(messages.at(-1)?.text).toMatch(/下面可以点开前100份，其余请直接提问。$/);
  expect(messages.map(({ buttons }) => buttons.flat().length)).toEqual([...messages.slice(1).map(() => 0), 100]);
});

describe('cutting a text', () => {
  const piece = fc.oneof(
    fc.constantFrom('社区工作者。', '🎉', '好！', '\n', '。', ' ', '👨‍👩‍👧', 'a.b c'),
    fc.string({ unit: 'binary', maxLength: 30 }),
    fc.integer({ min: 1, max: 5000 }).map((n) => '长'.repeat(n)),
  );

  it('loses nothing but white space at the cuts, keeps within the limit and splits no pair', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(piece, fc.boolean()), { maxLength: 60 }), (pieces) => {
        const text = FormattedString.join(
          pieces.map(([words, quoted]) => (quoted ? FormattedString.blockquote(words) : words)),
        );
        const parts = messagesOf(text);
        const squeezed = (words: string) => words.replaceAll(/\s/g, '');
        expect(squeezed(parts.map((part) => part.text).join(''))).toBe(squeezed(text.text));
        for (const { text: words, entities } of parts) {
          expect(words.length).toBeLessThanOrEqual(TEXT_LIMIT);
          expect(/^[\udc00-\udfff]/.test(words) && parts.length > 1).toBe(false);
          for (const { offset, length } of entities) {
            expect(offset).toBeGreaterThanOrEqual(0);
            expect(offset + length).toBeLessThanOrEqual(words.length);
          }
        }
        const marks = (list: readonly { text: string; entities: readonly { offset: number; length: number }[] }[]) =>
          list.flatMap((m) => m.entities.map((e) => m.text.slice(e.offset, e.offset + e.length))).join('');
        expect(squeezed(marks(parts))).toBe(squeezed(marks([text])));
      }),
      { numRuns: 200 },
    );
  });
});
