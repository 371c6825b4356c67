import { access, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { load } from 'js-yaml';
import { describe, expect, it } from 'vitest';
import { loadFolder } from '../../src/knowledge/folder.ts';
import {
  FormatError,
  formatQuestions,
  formatSection,
  formatTerms,
  splitQuestions,
} from '../../src/knowledge/format.ts';
import { foldText } from '../../src/text/fold.ts';
import { call, run } from '../cli/run.ts';
import { goodFiles, lines, QUESTIONS, temporaryFolder } from './folders.ts';

describe('questions in form', () => {
  it('stay as they are', () => {
    expect(formatQuestions(QUESTIONS)).toBe(QUESTIONS);
  });

  it('have the first phrasing first, the others sorted, what is read alike once', () => {
    const text = lines(
      'id: parking',
      'ask: [丙, 乙, 甲, 乙, "丁, 戊", 丁！, 丁!, 臺灣, 台湾]',
      'points:',
      '  - not:',
      '      - 乙乙',
      '      - 甲甲',
      '      - 乙乙',
      '    id: fee',
    );
    expect(formatSection(text)).toBe(
      lines(
        'id: parking',
        'ask: [丙, "丁, 戊", 丁！, 乙, 甲, 臺灣]',
        'points:',
        '  - not:',
        '      - 乙乙',
        '      - 甲甲',
        '    id: fee',
      ),
    );
  });

  it('keep their comments, each where it belongs', () => {
    const text = lines(
      '# 停车这一节',
      'id: parking',
      'title: 停车 # 按钮上的字',
      'points:',
      '  # 收费',
      '  - id: fee',
      '    title: 费',
      '    quote: 八十元',
      '    ask:',
      '      - 多少钱',
      '      # 从群里抄来的',
      '      - 乙 # 王姐问过',
      '      - 丙',
      '      - 丁 # 老周问过',
    );
    const formatted = formatSection(text);
    expect(formatted).toContain('# 停车这一节\nid: parking\ntitle: 停车 # 按钮上的字\n');
    expect(formatted).toContain('  # 收费\n  - id: fee\n');
    expect(formatted).toContain('- 丁 # 老周问过\n      - 丙\n      # 从群里抄来的\n      - 乙 # 王姐问过\n');
    expect(formatSection(formatted)).toBe(formatted);
  });

  it.each([
    ['a scalar in lines of its own', ['ask:', '  - 丙', '  - >-', '    乙', '  - 甲']],
    ['a comment in brackets', ['ask: [丙, # 先问', '  乙, 甲]']],
    ['an anchor', ['ask:', '  - 丙', '  - &b 乙', '  - 甲']],
    ['a list in a list', ['ask:', '  - [丙]', '  - [乙]', '  - 甲']],
  ])('are left alone where they hold %s', (_, rows) => {
    expect(formatSection(lines(...rows))).toBe(lines(...rows));
  });

  it('say what they said, whatever stands in them', () => {
    const words = fc.array(
      fc.constantFrom('甲', '乙', '臺', '台', 'b', 'B', ':', '#', '-', '"', "'", '[', ',', ' ', '，'),
      {
        minLength: 1,
        maxLength: 6,
      },
    );
    const item = fc.record({
      text: words.map((some) => some.join('')),
      above: fc.boolean(),
      behind: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(item, { minLength: 1, maxLength: 8 }), fc.boolean(), (items, flow) => {
        const quoted = items.map(({ text }) => JSON.stringify(text));
        const list = flow
          ? [`ask: [${quoted.join(', ')}]`]
          : [
              'ask:',
              ...items.flatMap(({ above, behind }, at) => [
                ...(above ? [`  # 上${at}`] : []),
                `  - ${quoted[at]}${behind ? ` # 后${at}` : ''}`,
              ]),
            ];
        const text = lines(...list, 'id: a');
        const formatted = formatSection(text);
        expect(formatSection(formatted)).toBe(formatted);
        const { ask, id } = load(formatted) as { readonly ask: readonly string[]; readonly id: string };
        const texts = items.map((one) => one.text);
        const alike = new Map(texts.toReversed().map((one) => [foldText(one), one]));
        expect([id, ask[0]]).toEqual(['a', texts[0]]);
        expect(ask.toSorted()).toEqual([...alike.values()].toSorted());
        for (const [at, one] of items.entries()) {
          if (flow || alike.get(foldText(one.text)) !== one.text || texts.indexOf(one.text) !== at) continue;
          const own = `${one.above ? `  # 上${at}\n` : ''}  - ${quoted[at]}${one.behind ? ` # 后${at}` : ''}\n`;
          expect(formatted).toContain(own);
        }
      }),
      { seed: 3, numRuns: 300 },
    );
  });

  it('that are no YAML are left to check', () => {
    expect(() => formatQuestions('sections: [')).toThrow(FormatError);
  });
});

describe('terms in form', () => {
  it('stay in the order of their subjects, each expression once', () => {
    const text = lines('# 待遇', '社会保险: [社保, 五险, 社保, 社會保險金]', '', '# 合同', '劳动合同: [合同, 签约]');
    expect(formatTerms(text)).toBe(text.replace('五险, 社保, ', '五险, '));
  });
});

describe('the shipped folder', () => {
  it('is in form', async () => {
    const { code, stdout } = await run(['format:knowledge', '--check']);
    expect([code, stdout]).toEqual([0, '没有要整理的。\n']);
  });
});

describe('format in the terminal', () => {
  const messy = QUESTIONS.replace(
    '          - 停车多少钱',
    '          - 停车多少钱\n          - 停车贵吗\n          - 停车收费吗\n          - 停车贵吗',
  );

  it('names what is not in form, and leaves it until it is told to write', async () => {
    const folder = await temporaryFolder(goodFiles({ 'notice/questions.yaml': messy }));
    const path = join(folder, 'notice/questions.yaml');
    const asked = await call(['format:knowledge', '--check', '--knowledge', folder]);
    expect([asked.code, asked.stdout]).toEqual([1, `${path} 还没整理，请运行 npm run -s format:knowledge\n`]);
    expect(await readFile(path, 'utf8')).toBe(messy);

    const before = await loadFolder(folder);
    expect(await call(['format:knowledge', '--knowledge', folder])).toMatchObject({
      code: 0,
      stdout: `已整理 ${path}\n`,
    });
    expect(await readFile(path, 'utf8')).toContain(
      '- 停车多少钱\n          - 停车收费吗\n          - 停车贵吗\n        not:',
    );
    expect((await loadFolder(folder)).problems).toEqual(before.problems);
    expect(await readdir(join(folder, 'notice'))).toEqual(['questions.yaml', 'source.md']);
    expect((await call(['format:knowledge', '--check', '--knowledge', folder])).code).toBe(0);
  });

  it('splits a document’s questions into a folder that says the same', async () => {
    const folder = await temporaryFolder(goodFiles());
    const before = await loadFolder(folder);
    expect(await call(['format:knowledge', '--split', 'notice', '--knowledge', folder])).toMatchObject({ code: 0 });
    expect((await readdir(join(folder, 'notice'))).toSorted()).toEqual(['questions', 'source.md']);
    expect((await readdir(join(folder, 'notice/questions'))).toSorted()).toEqual(['01-lift.yaml', '02-parking.yaml']);
    expect(await loadFolder(folder)).toEqual(before);
  });

  it.each([
    ['a document that is not there', ['--split', 'other'], 'other/questions.yaml'],
    ['no document to split', ['--split'], '用法'],
    ['a file that is no YAML', [], 'notice/questions.yaml'],
  ])('%s is a call that does not fit', async (_, args, said) => {
    const folder = await temporaryFolder(goodFiles({ 'notice/questions.yaml': 'sections: [' }));
    const { code, stderr } = await call(['format:knowledge', ...args, '--knowledge', folder]);
    expect(code).toBe(2);
    expect(stderr).toContain(said);
  });

  it('does not write over a folder of questions', async () => {
    const folder = await temporaryFolder(goodFiles({ 'notice/questions/1-x.yaml': 'id: x\n' }));
    const { code, stderr } = await call(['format:knowledge', '--split', 'notice', '--knowledge', folder]);
    expect([code, stderr.includes('已经有了')]).toEqual([2, true]);
    await access(join(folder, 'notice/questions.yaml'));
  });
});

it('a split text says the same, whatever its sections hold', () => {
  const files = splitQuestions(
    lines(...Array.from({ length: 101 }, (_, at) => `  - id: s${at}\n    title: 节${at}`)).replace(/^/, 'sections:\n'),
  );
  expect(files.map(({ name }) => name).slice(0, 2)).toEqual(['001-s0.yaml', '002-s1.yaml']);
  expect(files[100]).toEqual({ name: '101-s100.yaml', text: 'id: s100\ntitle: 节100\n' });
});
