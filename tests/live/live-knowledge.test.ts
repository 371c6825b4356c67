import { EventEmitter, once } from 'node:events';
import { renameSync, writeFileSync } from 'node:fs';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { splitQuestions } from '../../src/knowledge/format.ts';
import { createGate } from '../../src/live/gate.ts';
import { accept, type LiveKnowledge, openLive, type Reloaded } from '../../src/live/live-knowledge.ts';
import { goodFiles, lines, QUESTIONS, SOURCE, temporaryFolder, writeFiles } from '../knowledge/folders.ts';

const ASK = '停车多少钱';
const TIMES = { quietMs: 20, mostMs: 500, pollMs: 1_000_000 };

let folder: string;
let live: LiveKnowledge;
let told: Reloaded[];
let news: EventEmitter;
beforeEach(async () => {
  folder = await temporaryFolder(goodFiles());
  told = [];
  news = new EventEmitter();
  live = await openLive({
    folder,
    told: (reloaded) => {
      told.push(reloaded);
      news.emit('told');
    },
    failed: (cause) => news.emit('error', cause),
    gate: createGate(join(folder, 'no-such-folder')),
    times: TIMES,
  });
  onTestFinished(() => live.stop());
});

function quoted(question = ASK, engine = live.engine()): string {
  const answer = engine.answerer.answer(question);
  return answer.outcome === 'answered' ? answer.quotes[0].text : answer.outcome;
}

/** What an edit comes to in the end; a slow machine may see it half done before. */
async function next(edit: () => Promise<unknown>, outcome: Reloaded['outcome'] = 'live'): Promise<Reloaded> {
  const from = told.length;
  await edit();
  for (;;) {
    const found = told.slice(from).findLast((one) => one.outcome === outcome);
    if (found) return found;
    await once(news, 'told');
  }
}

/** As many editors save. */
async function replace(name: string, text: string): Promise<void> {
  await writeFile(join(folder, `${name}~`), text);
  await rename(join(folder, `${name}~`), join(folder, name));
}

const dearer = (text: string) => text.replaceAll('80元', '90元');
const save = async () => {
  await replace('notice/source.md', dearer(SOURCE));
  await replace('notice/questions.yaml', dearer(QUESTIONS));
};

describe('a folder that is edited', () => {
  it('answers as it stands now, and to whoever began before as it stood', async () => {
    const before = live.engine();
    expect(quoted()).toBe('“停车费”每月80元。');
    expect(await next(save)).toMatchObject({ documents: ['notice'] });
    expect(quoted()).toBe('“停车费”每月90元。');
    expect(quoted(ASK, before)).toBe('“停车费”每月80元。');
  });

  it('takes questions that are put into a folder of their own, and edits of one section', async () => {
    const [lift = '', parking = ''] = splitQuestions(QUESTIONS).map(({ text }) => text);
    await next(async () => {
      await rm(join(folder, 'notice/questions.yaml'));
      await writeFiles(folder, { 'notice/questions/1-lift.yaml': lift, 'notice/questions/2-parking.yaml': parking });
    });
    expect(quoted()).toBe('“停车费”每月80元。');
    const asked = parking.replace('停车多少钱', '泊车位咋收费呀');
    await next(() => replace('notice/questions/2-parking.yaml', asked));
    const points = live.engine().library.documents[0]?.sections[1]?.points;
    expect(points?.map(({ ask }) => ask)).toEqual([['泊车位咋收费呀']]);
  });

  it('takes a document that comes, whole or file by file, is renamed or goes', async () => {
    const own = lines(
      'sections:',
      '  - id: s',
      '    title: 快递',
      '    points:',
      '      - id: p',
      '        title: 快递',
      '        quote: 快递放在门卫室。',
      '        ask: [快递放哪里]',
    );
    await mkdir(join(folder, 'parcels'));
    await next(async () => {
      await writeFiles(folder, {
        'parcels/source.md': SOURCE.replace('电梯每月检修一次，由物业负责。', '快递放在门卫室。'),
        'parcels/questions.yaml': own,
      });
    });
    while (quoted('快递放哪里') === 'unanswered') await once(news, 'told');
    expect(quoted('快递放哪里')).toBe('快递放在门卫室。');
    await next(() => rename(join(folder, 'parcels'), join(folder, 'post')));
    expect(live.engine().library.documents.map(({ id }) => id)).toEqual(['notice', 'post']);
    await next(() => replace('post/questions.yaml', own.replace('快递放哪里', '包裹去哪拿')));
    expect(quoted('包裹去哪拿')).toBe('快递放在门卫室。');
    await next(() => rm(join(folder, 'post'), { recursive: true }));
    expect(live.engine().library.documents.map(({ id }) => id)).toEqual(['notice']);
  });

  it('keeps what was good while it has an error, and says where', async () => {
    const broken = await next(() => replace('notice/questions.yaml', QUESTIONS.replace('80元。', '70元。')), 'broken');
    expect(broken).toMatchObject({
      outcome: 'broken',
      problems: [{ file: join(folder, 'notice/questions.yaml'), line: 17 }, {}],
    });
    expect(quoted()).toBe('“停车费”每月80元。');
    // Told once, however often it is looked at.
    expect(await live.reload()).toMatchObject({ outcome: 'broken' });
    expect(told).toHaveLength(1);
    expect(await next(() => replace('notice/questions.yaml', QUESTIONS), 'unchanged')).toMatchObject({ mended: true });
    await next(save);
    expect(quoted()).toBe('“停车费”每月90元。');
  });

  it('is looked at once for many saves, and not for what the bot and editors leave there', async () => {
    await next(async () => {
      // At one go, however slow the machine is.
      for (let at = 0; at < 20; at++) {
        writeFileSync(join(folder, 'notice/source.md~'), `${SOURCE}\n第${at}次。\n`);
        renameSync(join(folder, 'notice/source.md~'), join(folder, 'notice/source.md'));
        writeFileSync(join(folder, 'notice', '.source.md.swp'), String(at));
      }
    });
    expect(told.length).toBeLessThan(5);
    expect(live.engine().library.documents[0]?.paragraphs.at(-1)).toBe('第19次。');
    expect(await live.reload()).toEqual({ outcome: 'unchanged', mended: false });
  });
});

describe('labelled questions', () => {
  const TESTS = lines(
    '- question: 停车一个月多少钱',
    '  gold: [每月80元]',
    '- question: 电梯多久修一次',
    '  gold: [每月检修一次]',
  );
  const asked = async (): Promise<Reloaded> => {
    await live.reload();
    return await next(async () => {
      await replace('notice/source.md', SOURCE.replace('“停车费”每月80元。', '每季度二百四十。'));
      await replace(
        'notice/questions.yaml',
        QUESTIONS.replace('“停车费”每月80元。', '每季度二百四十。')
          .replace('80元', '二百四十')
          .replace('停车多少钱', '一个季度收多少'),
      );
    }, 'withheld');
  };

  it('that an edit would spoil keep it from going live, until it is forced', async () => {
    await writeFile(join(folder, 'tests.yaml'), TESTS);
    const withheld = await asked();
    expect(withheld).toMatchObject({
      outcome: 'withheld',
      regressions: [{ labelled: { question: '停车一个月多少钱' }, before: { outcome: 'answered' } }],
    });
    expect(quoted()).toBe('“停车费”每月80元。');
    const times = told.length;
    expect(await live.reload()).toMatchObject({ outcome: 'withheld' });
    expect(told).toHaveLength(times);
    expect(await live.reload({ force: true })).toMatchObject({ outcome: 'live', mended: true });
    expect(quoted('一个季度收多少')).toBe('每季度二百四十。');
  });

  it('are overruled from the terminal as well, for the state that was seen there', async () => {
    await writeFile(join(folder, 'notice', 'tests.yaml'), TESTS);
    await asked();
    await next(() => accept(folder));
    expect(told.at(-1)).toMatchObject({ outcome: 'live', mended: true });
  });

  it('of the project stand guard over the documents that they are about', async () => {
    await live.stop();
    const project = await temporaryFolder({
      'some.jsonl': `${JSON.stringify({ id: '1', kind: 'fact', question: ASK, gold: ['每月80元'] })}\n`,
    });
    live = await openLive({ folder, told: () => {}, failed: () => {}, gate: createGate(project), times: TIMES });
    await save();
    expect(await live.reload()).toMatchObject({ outcome: 'withheld', regressions: [{ labelled: { id: '1' } }] });
  });

  it('with an error in their file are an error like any other', async () => {
    const broken = await next(() => replace('tests.yaml', '- question: 停车\n  golden: [每月80元]\n'), 'broken');
    expect(broken).toMatchObject({ outcome: 'broken', problems: [{ file: join(folder, 'tests.yaml') }, {}] });
    expect(await next(() => rm(join(folder, 'tests.yaml')), 'unchanged')).toMatchObject({ mended: true });
  });
});
