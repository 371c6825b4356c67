import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { stripVTControlCharacters } from 'node:util';
import { describe, expect, it } from 'vitest';
import { terminalWidth } from '../../src/cli/ask.ts';
import { goodFiles, lines, SOURCE, temporaryFolder } from '../knowledge/folders.ts';
import { shippedEngine } from '../shipped.ts';
import { call, rows, run } from './run.ts';

const PROJECT = fileURLToPath(new URL('../..', import.meta.url));

describe('ask', () => {
  it('prints an answer for a person', async () => {
    const knowledge = await temporaryFolder(goodFiles());
    const { code, stdout, stderr } = await run(['ask', '停车多少钱', '--knowledge', knowledge]);
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(/^\n停车费：80元\n\n│ “停车费”每月80元。\n\n出处：物业公告（幸福小区） · 停车 · 第2段\n/);
    expect(stdout).not.toContain(String.fromCharCode(27));
  });

  it('names a time zone that there is none of', async () => {
    const { code, stderr } = await call(['ask', '停车', '--knowledge', await temporaryFolder(goodFiles())], '', {
      TIME_ZONE: 'Nowhere/Land',
    });
    expect([code, stderr]).toEqual([2, 'TIME_ZONE 应是时区名，比如 Asia/Shanghai。请在 .env 里改正。\n']);
  });

  it('--json prints one line that keeps the contract', async () => {
    const { code, stdout, stderr } = await call(['ask', '--json', '社区工作者跟哪家单位签劳动合同？'], '', {
      KNOWLEDGE_DIR: '',
    });
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(/^\{[^\n]*\}\n$/);
    const [row] = rows(stdout);
    expect(Object.keys(row ?? {})).toEqual([...KEYS]);
    expect(row).toEqual({
      id: '1',
      question: '社区工作者跟哪家单位签劳动合同？',
      outcome: 'answered',
      confidence: expect.any(Number),
      answer: expect.any(String),
      quotes: [
        {
          text: expect.stringContaining('原则上由街道（乡镇）与社区工作者依法签订劳动合同'),
          document: 'community-workers',
          title: '大力加强社区工作者队伍建设 不断壮大城市基层治理骨干力量',
          publisher: '新华社',
          paragraph: expect.any(Number),
          start: expect.any(Number),
          end: expect.any(Number),
        },
      ],
      related: expect.any(Array),
      degree: null,
      ms: expect.any(Number),
    });
    await isVerbatim(row);
    expect(String((row as { quotes: readonly JsonQuote[] }).quotes[0]?.text)).toContain(row?.answer);
  });

  it('an empty question is answered politely', async () => {
    const knowledge = await temporaryFolder(goodFiles());
    const { code, stdout, stderr } = await call(['ask', '--knowledge', knowledge, '']);
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toContain('请用文字提问');
  });

  it('several words are one question', async () => {
    const knowledge = await temporaryFolder(goodFiles());
    const { stdout } = await call(['ask', '--json', '--knowledge', knowledge, '停车', '多少钱']);
    expect(rows(stdout)[0]).toMatchObject({ question: '停车 多少钱', outcome: 'answered', answer: '80元' });
  });

  it('takes another folder by --knowledge, or by KNOWLEDGE_DIR', async () => {
    const knowledge = await temporaryFolder(
      goodFiles({ 'notice/source.md': SOURCE.replace('publisher: 幸福小区\n', '') }),
    );
    const byOption = await call(['ask', '--json', '--knowledge', knowledge, '电梯多久检修']);
    const byVariable = await call(['ask', '--json', '电梯多久检修'], '', { KNOWLEDGE_DIR: knowledge });
    for (const { stdout } of [byOption, byVariable]) {
      expect(rows(stdout)[0]).toMatchObject({ quotes: [{ document: 'notice', title: '物业公告', publisher: null }] });
    }
  });

  it('a folder with errors answers nothing: every problem to standard error, exit 1', async () => {
    const knowledge = await temporaryFolder(
      goodFiles({ 'notice/questions.yaml': 'sections: 3\n', 'terms.yaml': '甲: 乙\n' }),
    );
    const { code, stdout, stderr } = await run(['ask', '--knowledge', knowledge, '电梯']);
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr.split('\n')).toEqual([
      expect.stringMatching(/notice\/questions\.yaml:1:11 错误：/),
      expect.stringMatching(/terms\.yaml:1:4 错误：/),
      '',
    ]);
  });
});

describe('a folder with nothing but source.md', () => {
  it('answers word for word, and says how sure it is', async () => {
    const text = lines(
      '---',
      'title: 停车办法',
      '---',
      '',
      '第一条 停车不足一个计时单位的，不收取费用。',
      '',
      '第二条 有下列情形之一的，免收停车费：',
      '',
      '（一）救护车；',
      '',
      '（二）残疾人驾驶的代步车。',
    );
    const knowledge = await temporaryFolder({ 'parking/source.md': text });
    const batch = ['停车不足一个计时单位收费吗', '残疾人的代步车要不要停车费', '明天下雨吗'].map((question, id) =>
      JSON.stringify({ id, question }),
    );
    const { code, stdout } = await call(['ask', '--batch', '-', '--knowledge', knowledge], `${batch.join('\n')}\n`);
    expect(code).toBe(0);
    const [first, second, third] = rows(stdout) as unknown as [JsonRow, JsonRow, JsonRow];
    expect(first).toMatchObject({ outcome: 'answered', degree: null });
    expect(first.quotes[0]?.text).toContain('不收取费用');
    const shown = [...second.quotes.map(({ text: one }) => one), ...second.related.map(({ quote }) => quote)];
    // The item, or what leads it: that is shown with its items.
    expect(shown.slice(0, 3).join('\n')).toMatch(/残疾人驾驶的代步车|有下列情形之一的，免收停车费/);
    if (second.outcome === 'answered') expect(second.quotes[0]?.lead).toMatchObject({ paragraph: 1 });
    expect(third.outcome).not.toBe('answered');
  });
});

interface JsonRow {
  readonly outcome: string;
  readonly degree: string | null;
  readonly quotes: readonly { readonly text: string; readonly lead?: { readonly paragraph: number } }[];
  readonly related: readonly { readonly quote: string }[];
}

describe('ask --batch', () => {
  const QUESTIONS = [
    { id: 'a', question: '社区工作者跟哪家单位签劳动合同？' },
    { id: 2, question: '' },
    { id: 'c', question: '红烧肉怎么做' },
    { id: 'd', question: '社工持证每个月补贴几百块' },
    { id: 'a', question: '关心关爱社区工作者都有哪些举措，全部' },
    { id: 'lone', question: '\ud800体检' },
  ];
  const text = QUESTIONS.map((row) => `${JSON.stringify(row)}\n`).join('');

  it('answers a file in order, each question as the contract says', async () => {
    const folder = await temporaryFolder({ 'questions.jsonl': text });
    const byFile = await call(['ask', '--batch', join(folder, 'questions.jsonl')]);
    expect([byFile.code, byFile.stderr]).toEqual([0, '']);
    const answers = rows(byFile.stdout);
    expect(answers.map(({ id, question }) => ({ id, question }))).toEqual(QUESTIONS);
    expect(answers.map(({ outcome }) => outcome).slice(0, 5)).toEqual([
      'answered',
      'unanswered',
      'unanswered',
      'related',
      'answered',
    ]);
    for (const row of answers) {
      expect(Object.keys(row)).toEqual([...KEYS]);
      expect(row.confidence).toSatisfy((share: number) => share >= 0 && share <= 1);
      expect(row.answer === null).toBe(row.outcome !== 'answered');
      expect((row.quotes as unknown[]).length > 0).toBe(row.outcome === 'answered');
      await isVerbatim(row);
    }
  });

  it('answers standard input as it answers a file', async () => {
    const folder = await temporaryFolder(goodFiles({ 'questions.jsonl': text }));
    const byFile = await call(['ask', '--knowledge', folder, '--batch', join(folder, 'questions.jsonl')]);
    const byInput = await run(['ask', '--knowledge', folder, '--batch', '-'], text);
    expect(rows(byInput.stdout)).toHaveLength(QUESTIONS.length);
    expect(rows(byInput.stdout).map(withoutTime)).toEqual(rows(byFile.stdout).map(withoutTime));
  });

  it('bad lines are named on standard error, exit 1, and the rest is answered', async () => {
    const knowledge = await temporaryFolder(goodFiles());
    const input = [
      '{"id": 1, "question": "停车多少钱"}',
      'rubbish',
      '',
      '{"id": 2}',
      '[]',
      '{"id": null, "question": "甲"}',
      '{"id": 3, "question": "电梯多久检修"}',
    ];
    const { code, stdout, stderr } = await call(['ask', '--batch', '-', '--knowledge', knowledge], input.join('\n'));
    expect(code).toBe(1);
    expect(rows(stdout).map(({ id, outcome }) => [id, outcome])).toEqual([
      [1, 'answered'],
      [3, 'answered'],
    ]);
    expect(stderr.match(/-:\d+/g)).toEqual(['-:2', '-:4', '-:5', '-:6']);
  });

  it('forgives a byte order mark, Windows line ends and keys that it does not know', async () => {
    const knowledge = await temporaryFolder(goodFiles());
    const input =
      '\ufeff{"id": "a", "question": "停车多少钱", "kind": "x"}\r\n\r\n{"id": "b", "question": "电梯多久检修"}\r\n';
    const { code, stdout, stderr } = await call(['ask', '--batch', '-', '--knowledge', knowledge], input);
    expect([code, stderr]).toEqual([0, '']);
    expect(rows(stdout).map(({ id }) => id)).toEqual(['a', 'b']);
  });

  it('a character that two chunks of input share stays whole', async () => {
    const knowledge = await temporaryFolder(goodFiles());
    // 64 KiB is a chunk; three bytes a character.
    const question = `停车多少钱${'？'.repeat(50_000)}`;
    const { code, stdout } = await run(
      ['ask', '--batch', '-', '--knowledge', knowledge],
      JSON.stringify({ id: 1, question }),
    );
    expect(code).toBe(0);
    expect(rows(stdout)[0]?.question).toBe(question);
  });

  it('nothing asked, nothing answered', async () => {
    const knowledge = await temporaryFolder(goodFiles());
    expect(await call(['ask', '--batch', '-', '--knowledge', knowledge])).toEqual({ code: 0, stdout: '', stderr: '' });
  });
});

describe('ask without a question', () => {
  it('answers what is piped in, line by line', async () => {
    const knowledge = await temporaryFolder(goodFiles());
    const { code, stdout, stderr } = await run(
      ['ask', '--knowledge', knowledge],
      '停车多少钱\n\n  电梯多久检修\r\n最后一行没有换行',
    );
    expect([code, stderr]).toEqual([0, '']);
    const places = ['停车费：80元', '│ 电梯每月检修一次', '我能引用的是'].map((part) => stdout.indexOf(part));
    expect(places.every((place, i) => place > (places[i - 1] ?? -1))).toBe(true);
    expect(stdout).not.toContain('问> ');
  });

  it('as JSON, one line each', async () => {
    const knowledge = await temporaryFolder(goodFiles());
    const { code, stdout } = await call(['ask', '--json', '--knowledge', knowledge], '停车多少钱\n电梯多久检修\n');
    expect(code).toBe(0);
    expect(rows(stdout)).toMatchObject([
      { id: '1', question: '停车多少钱', outcome: 'answered' },
      { id: '2', question: '电梯多久检修', outcome: 'answered' },
    ]);
  });

  it('answers a line before the next one is written', async () => {
    const knowledge = await temporaryFolder(goodFiles());
    const child = spawn(process.execPath, ['src/cli/main.ts', 'ask', '--json', '--knowledge', knowledge], {
      cwd: PROJECT,
    });
    for (const question of ['停车多少钱', '电梯多久检修']) {
      child.stdin.write(`${question}\n`);
      const [chunk] = (await once(child.stdout, 'data')) as [Buffer];
      expect(rows(chunk.toString())).toMatchObject([{ question, outcome: 'answered' }]);
    }
    child.stdin.end();
    expect(await once(child, 'close')).toEqual([0, null]);
  });

  // util-linux's script gives a program a terminal.
  describe.runIf(existsSync('/usr/bin/script'))('at a terminal', () => {
    const atTerminal = async (input: string, before = 'true') => {
      const knowledge = await temporaryFolder(goodFiles());
      const command = `${before}; '${process.execPath}' src/cli/main.ts ask --knowledge '${knowledge}'`;
      const child = spawn('/usr/bin/script', ['-qec', command, '/dev/null'], { cwd: PROJECT });
      let output = '';
      let given = false;
      child.stdout.on('data', (chunk: Buffer) => {
        output += chunk.toString();
        // What is typed before the prompt is shown twice.
        if (given || !output.includes('问> ')) return;
        given = true;
        child.stdin.write(input);
      });
      const [code] = await once(child, 'close');
      return { code, output: stripVTControlCharacters(output).replaceAll('\r', '') };
    };

    it('help explains, exit ends it', async () => {
      const { code, output } = await atTerminal('help\n停车多少钱\nexit\n');
      expect(code).toBe(0);
      expect(output).toContain('help 看用法，exit 退出');
      expect(output).toContain('错别字、繁体、英文、拼音都能看懂');
      expect(output).toContain('停车费：80元');
    });

    it('a terminal that says it is 0 columns wide is 80 wide', async () => {
      const { code, output } = await atTerminal('停车多少钱\n退出\n', 'stty cols 0 rows 0');
      expect(code).toBe(0);
      expect(output).toContain('│ “停车费”每月80元。\n');
    });
  });

  it.each([
    [undefined, 80],
    [0, 80],
    [1, 20],
    [60, 60],
    [300, 88],
  ])('%s columns are %s', (columns, width) => {
    expect(terminalWidth(columns)).toBe(width);
  });
});

const KEYS = ['id', 'question', 'outcome', 'confidence', 'answer', 'quotes', 'related', 'degree', 'ms'] as const;

interface JsonQuote {
  readonly text: string;
  readonly document: string;
  readonly paragraph: number;
  readonly start: number;
  readonly end: number;
}

async function isVerbatim(row: Record<string, unknown> | undefined): Promise<void> {
  const { library } = await shippedEngine();
  const quotes = (row?.quotes ?? []) as readonly JsonQuote[];
  for (const { text, document, paragraph, start, end } of quotes) {
    const source = library.documents.find(({ id }) => id === document);
    expect(source?.paragraphs[paragraph]?.slice(start, end)).toBe(text);
  }
  expect((quotes[0]?.text ?? '').length).toBeLessThanOrEqual(160);
  for (const related of (row?.related ?? []) as readonly Record<string, unknown>[]) {
    expect(Object.keys(related)).toEqual(['question', 'quote']);
    expect(
      library.documents.some(({ paragraphs }) => paragraphs.some((part) => part.includes(String(related.quote)))),
    ).toBe(true);
  }
}

function withoutTime({ ms: _, ...row }: Record<string, unknown>) {
  return row;
}
