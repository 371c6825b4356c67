import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { COMMANDS } from '../../src/cli/commands.ts';
import { helpOf } from '../../src/cli/help.ts';
import { goodFiles, lines, QUESTIONS, SOURCE, temporaryFolder } from '../knowledge/folders.ts';
import { call, rows, run } from './run.ts';

const ALL_COMMANDS = {
  ...COMMANDS,
  bench: async () => (await import('../../bench/commands/bench.ts')).bench,
  simulate: async () => (await import('../../bench/commands/simulate.ts')).simulate,
};

describe('check', () => {
  it('the shipped knowledge is in order', async () => {
    const { code, stdout, stderr } = await run(['check']);
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(/^3 份文件，\d+ 个要点，\d+ 种问法：没有问题。\n$/);
  });

  it('counts what is there; a folder may follow directly', async () => {
    const knowledge = await temporaryFolder(goodFiles());
    expect(await call(['check', knowledge])).toEqual({
      code: 0,
      stdout: '1 份文件，2 个要点，3 种问法：没有问题。\n',
      stderr: '',
    });
  });

  it('a warning is printed and is no failure', async () => {
    const knowledge = await temporaryFolder(goodFiles({ 'notice/source.md': `${SOURCE}\n以上。\n` }));
    const { code, stdout } = await call(['check', knowledge]);
    expect(code).toBe(0);
    expect(stdout.split('\n')).toEqual([
      `${knowledge}/notice/source.md:10:1 提醒：这一段没有任何问点引用：「以上。」`,
      '1 份文件，2 个要点，3 种问法：0 处错误，1 处提醒。',
      '',
    ]);
  });

  it('errors are printed with file, line and column, exit 1', async () => {
    const text = QUESTIONS.replace('quote: 电梯每月检修一次', 'quote: 电梯每月检修两次').replace('停车多少钱', '？');
    const knowledge = await temporaryFolder(goodFiles({ 'notice/questions.yaml': text }));
    const { code, stdout, stderr } = await call(['check', knowledge]);
    expect([code, stderr]).toEqual([1, '']);
    expect(stdout.split('\n')).toEqual([
      expect.stringMatching(/\/notice\/questions\.yaml:9:16 错误：引文与原文不是一字不差.*U\+4E24.*U\+4E00/),
      expect.stringMatching(/\/notice\/questions\.yaml:20:13 错误：/),
      '1 份文件，1 个要点，2 种问法：2 处错误，0 处提醒。',
      '',
    ]);
  });

  it('a folder that is not there is one error', async () => {
    const { code, stdout, stderr } = await call(['check', '/nowhere']);
    expect([code, stderr]).toEqual([1, '']);
    expect(stdout).toMatch(/^\/nowhere:1:1 错误：读不了：.*\n0 份文件/);
  });
});

describe('eval', () => {
  const labelled = lines(
    '{"id": "a", "question": "停车多少钱", "kind": "direct", "gold": ["80元"]}',
    '{"id": "b", "question": "电梯多久检修", "kind": "direct", "gold": ["每年"]}',
    '{"id": "c", "question": "停车位够不够", "kind": "near", "gold": null}',
  );
  const files = goodFiles({ 'labelled.jsonl': labelled });

  it('prints a table a kind, the figures and the failures', async () => {
    const folder = await temporaryFolder(files);
    const { code, stdout, stderr } = await call(['eval', join(folder, 'labelled.jsonl'), '--knowledge', folder]);
    expect([code, stderr]).toEqual([0, '']);
    expect(
      stdout
        .split('\n')
        .slice(0, 3)
        .map((row) => row.split(/\s+/)),
    ).toEqual([
      ['类别', '题数', '答对', '答错', '未答', '完整'],
      ['direct', '2', '1', '1', '0'],
      ['near', '1', '0', '1'],
    ]);
    expect(stdout).toContain('可答的答对 50.0 %，全部中答错 33.3 %，不可答的未答 100.0 %');
    expect(stdout).toMatch(/不合要求的 1 题：\n答错 0\.\d\d b \[direct\] 电梯多久检修\n {4}→ 电梯每月检修一次\n$/);
  });

  it('--json prints one line with the same', async () => {
    const folder = await temporaryFolder(files);
    const { code, stdout } = await run(['eval', '--json', join(folder, 'labelled.jsonl'), '--knowledge', folder]);
    expect(code).toBe(0);
    expect(stdout.trimEnd()).not.toContain('\n');
    expect(rows(stdout)[0]).toMatchObject({
      figures: { right: 0.5, wrong: 1 / 3, abstained: 1, complete: 1 },
      kinds: [
        { kind: 'direct', count: 2, answerable: 2, right: 1, wrong: 1, abstained: 0 },
        { kind: 'near', count: 1, answerable: 0, right: 0, wrong: 0, abstained: 1 },
      ],
      failures: [{ id: 'b', verdict: 'wrong', outcome: 'answered', quote: '电梯每月检修一次' }],
    });
  });

  it.each([
    ['eval', 'is not JSON', ['eval'], 'rubbish', 'not JSON'],
    [
      'learn',
      'has no gold',
      ['learn', 'phrasings', '--foreign'],
      '{"id": "a", "question": "甲", "kind": "x"}',
      'gold: ',
    ],
  ])('%s names the line that %s, exit 2', async (_command, _fault, args, row, reason) => {
    const folder = await temporaryFolder({ 'labelled.jsonl': `${labelled}${row}\n` });
    const file = join(folder, 'labelled.jsonl');
    const { code, stdout, stderr } = await call([...args, file]);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(new RegExp(`^${file}:4 .*${reason}.*\\n$`));
  });
});

describe('help', () => {
  it.each([
    ['src/cli/main.ts', ['ask', '--help'], '用法：npm run -s ask -- '],
    ['src/cli/main.ts', ['eval', 'no-such-file', '-h'], '--held-out'],
    ['src/cli/main.ts', ['--help'], 'npm run -s check'],
    ['bench/main.ts', ['simulate', '--help'], '用法：npm run -s simulate -- '],
    ['src/main.ts', ['--help'], '用法：npm start'],
    ['tests/broadcast/simulation/main.ts', ['--help'], '--chats'],
    ['scripts/dictionary/main.ts', ['--help'], 'cc-cedict'],
    ['packages/telegram-emulator/generator/main.ts', ['--help'], 'bot-api.jsonl'],
  ])('%s %s, exit 0', async (main, args, part) => {
    const { code, stdout, stderr } = await run(args, '', {}, main);
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toContain(part);
  });

  it.each(Object.entries(ALL_COMMANDS))('of %s explains every option', async (name, load) => {
    const command = await load();
    const help = helpOf(command);
    expect(help).toContain(`用法：npm run -s ${name} -- `);
    expect(help).toMatch(/^[^\n]+。\n/);
    for (const option of [...Object.keys(command.options), 'help']) {
      expect(help).toMatch(new RegExp(`^  --${option} +\\S`, 'm'));
    }
  });

  it('behind -- is a question', async () => {
    const knowledge = await temporaryFolder(goodFiles());
    const { code, stdout } = await call(['ask', '--json', '--knowledge', knowledge, '--', '--help']);
    expect(code).toBe(0);
    expect(rows(stdout)[0]).toMatchObject({ question: '--help' });
  });

  it('npm start names what it does not know, exit 2', async () => {
    const { code, stdout, stderr } = await run(['--port', '80'], '', {}, 'src/main.ts');
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(/^不认识 --port。[^\n]*\n$/);
  });
});

describe('a command called wrongly: one line on standard error, exit 2, no stack trace', () => {
  it.each([
    ['no command', [], /^请写上命令：ask、check、eval/],
    ['an unknown command', ['aks', '体检'], /^请写上命令/],
    ['the name of an object’s own property', ['constructor'], /^请写上命令/],
    ['an unknown option', ['ask', '--jsno', '体检'], /^不认识 --jsno。用法：ask/],
    ['an unknown short option', ['check', '-x'], /^不认识 -x。用法：check/],
    ['an unknown option with a value', ['eval', 'f', '--limit=3'], /^不认识 --limit。用法：eval/],
    ['an option without its value', ['ask', '--batch'], /^--batch 写得不对。用法：ask/],
    ['an option for the value of another', ['ask', '--batch', '--json'], /^--batch 写得不对。用法：ask/],
    ['a value for an option that takes none', ['ask', '--json=yes', '体检'], /^--json 写得不对。用法：ask/],
    ['no question and nobody at the terminal', ['ask'], /^用法：ask/],
    ['no file to evaluate', ['eval'], /^用法：eval/],
    ['a file that is not there', ['ask', '--batch', '/nowhere.jsonl'], /^读不了 \/nowhere\.jsonl：ENOENT/],
    ['a folder for a file', ['ask', '--batch', '/'], /^读不了 \/：这是一个文件夹。/],
    ['a file to evaluate that is not there', ['eval', '/nowhere.jsonl'], /^读不了 \/nowhere\.jsonl：ENOENT/],
    ['a folder to evaluate', ['eval', '/'], /^读不了 \/：这是一个文件夹。/],
  ])('%s', async (_, args, message) => {
    const KNOWLEDGE_DIR = await temporaryFolder(goodFiles());
    const { code, stdout, stderr } = await call(args, '', { KNOWLEDGE_DIR });
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(message);
    expect(stderr).toMatch(/^[^\n]+\n$/);
  });

  it.runIf(process.platform === 'linux')('a file that fails while it is read', async () => {
    const KNOWLEDGE_DIR = await temporaryFolder(goodFiles());
    const args = ['ask', '--batch', '/proc/self/mem'];
    const { code, stdout, stderr } = await call(args, '', { KNOWLEDGE_DIR });
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(/^读不了 \/proc\/self\/mem：E[A-Z]+[^\n]*\n$/);
  });
});
