import { describe, expect, it } from 'vitest';
import { cut } from '../../src/knowledge/document.ts';
import { type LoadedFolder, loadFolder } from '../../src/knowledge/folder.ts';
import type { Problem, ProblemDetail } from '../../src/knowledge/problem.ts';
import { describeProblem } from '../../src/messages/problems.ts';
import { SHIPPED } from '../shipped.ts';
import { type Files, goodFiles, lines, QUESTIONS, SOURCE, temporaryFolder } from './folders.ts';

describe('a folder in which nothing is wrong', () => {
  it('the shipped folder has no problem at all, and what it should', async () => {
    const { library, problems } = await loadFolder(SHIPPED);
    expect(problems).toEqual([]);
    expect(library.documents.map(({ id }) => id)).toEqual(['community-workers', 'slogans', 'telecom-pilot']);
    expect(library.documents.map(({ command }) => command?.name)).toEqual(['measures', undefined, 'pilot']);
    expect(library.terms.length).toBeGreaterThan(100);
  });

  it('a small one: its points, sections, answers and phrasings', async () => {
    const { library, problems } = await load(goodFiles({ 'terms.yaml': '物业: [管理处]\n' }));
    expect(problems).toEqual([]);
    const [document] = library.documents;
    expect(document).toMatchObject({ id: 'notice', title: '物业公告', label: '物业公告', publisher: '幸福小区' });
    const points = document?.sections.flatMap((section) => section.points) ?? [];
    expect(points.map((point) => document && cut(document, point.quote))).toEqual([
      '电梯每月检修一次',
      '“停车费”每月80元。',
    ]);
    expect(points.map((point) => document && cut(document, point.answer))).toEqual(['电梯每月检修一次', '80元']);
    expect(points.map(({ ask, not }) => [ask, not])).toEqual([
      [['电梯多久检修'], []],
      [['停车多少钱'], ['停车位够不够']],
    ]);
    expect(library.terms).toEqual([{ text: '物业', say: ['管理处'] }]);
  });

  it.each(['2018-11-16', '2018年11月16日', '"2018"'])('a number and a date, as in "%s"', async (date) => {
    const { library, problems } = await load(
      goodFiles({
        'notice/source.md': SOURCE.replace('---\n\n', `number: 幸福〔2018〕3号\npublished: ${date}\n---\n\n`),
      }),
    );
    expect(problems).toEqual([]);
    const published = date.replaceAll('"', '');
    expect(library.documents[0]).toMatchObject({ number: '幸福〔2018〕3号', published });
  });

  it.each([
    ['Windows line ends', (text: string) => text.replaceAll('\n', '\r\n')],
    ['a byte order mark', (text: string) => `\ufeff${text}`],
    ['both', (text: string) => `\ufeff${text.replaceAll('\n', '\r\n')}`],
    ['no line end at the end', (text: string) => text.trimEnd()],
  ])('%s make no difference', async (_, changed) => {
    const terms = '物业: [管理处]\n';
    const plain = await load(goodFiles({ 'terms.yaml': terms }));
    const other = await load({
      'notice/source.md': changed(SOURCE),
      'notice/questions.yaml': changed(QUESTIONS),
      'terms.yaml': changed(terms),
    });
    expect(other).toEqual(plain);
  });

  it('a paragraph may have several lines, and a heading is one whole paragraph', async () => {
    const { library, problems } = await load({
      'a/source.md': lines('---', 'title: 诗', '---', '第一行  ', '第二行', '', '一、题', ' ', '正文'),
      'a/questions.yaml': questions(
        ['s', '一、题', point('p', '正文', ['问'])],
        ['t', undefined, point('poem', '第二行', ['诗'])],
      ),
    });
    expect(problems).toEqual([]);
    expect(library.documents[0]?.paragraphs).toEqual(['第一行\n第二行', '一、题', '正文']);
    expect(library.documents[0]?.sections.map(({ heading }) => heading)).toEqual([1, undefined]);
  });

  it('one point may be asked by phrasings that differ in characters and width only', async () => {
    const { problems } = await load(goodFiles({ 'notice/questions.yaml': asking('停车费?', '停車費？') }));
    expect(problems).toEqual([]);
  });

  it('what is near to one point may be what another is asked by', async () => {
    const text = QUESTIONS.replace('停车位够不够', '电梯多久检修');
    expect((await load(goodFiles({ 'notice/questions.yaml': text }))).problems).toEqual([]);
  });

  it('a folder whose name begins with a dot, and files beside the folders, are left alone', async () => {
    const { library, problems } = await load(goodFiles({ '.git/config': 'x', 'README.md': 'x' }));
    expect([library.documents.length, problems]).toEqual([1, []]);
  });
});

interface Case {
  readonly files: Files;
  readonly at: string;
  readonly detail: ProblemDetail;
  readonly severity?: Problem['severity'];
}

const q = (text: string): Files => goodFiles({ 'notice/questions.yaml': text });
const s = (text: string): Files => goodFiles({ 'notice/source.md': text });

const CASES: Readonly<Record<string, Case>> = {
  'a folder without source.md': {
    files: { 'notice/questions.yaml': QUESTIONS },
    at: 'notice/source.md:1:1',
    detail: { code: 'missing-source' },
  },
  'source.md not in UTF-8 is one problem, not two': {
    files: { 'notice/source.md': new Uint8Array([0xce, 0xc4, 0xbc, 0xfe]) },
    at: 'notice/source.md:1:1',
    detail: { code: 'not-utf8' },
  },
  'questions.yaml not in UTF-8': {
    files: goodFiles({ 'notice/questions.yaml': new Uint8Array([0x61, 0x3a, 0xff]) }),
    at: 'notice/questions.yaml:1:1',
    detail: { code: 'not-utf8' },
  },
  'no questions at all': {
    files: { 'notice/source.md': SOURCE },
    at: 'notice/source.md:1:1',
    detail: { code: 'no-questions' },
    severity: 'warning',
  },
  'no front matter': {
    files: { 'notice/source.md': '电梯每月检修一次。\n' },
    at: 'notice/source.md:1:1',
    detail: { code: 'no-front-matter' },
  },
  'front matter that is not closed': {
    files: { 'notice/source.md': '---\ntitle: 甲\n电梯\n' },
    at: 'notice/source.md:1:1',
    detail: { code: 'no-front-matter' },
  },
  'no text': {
    files: { 'notice/source.md': '---\ntitle: 甲\n---\n\n' },
    at: 'notice/source.md:4:1',
    detail: { code: 'no-text' },
  },
  'front matter that is no YAML': {
    files: s(SOURCE.replace('publisher: 幸福小区', 'publisher: [幸福小区')),
    at: 'notice/source.md:3:17',
    detail: { code: 'yaml', reason: 'unexpected end of the stream within a flow collection' },
  },
  'an unknown key in front matter': {
    files: s(SOURCE.replace('publisher:', 'publsher:')),
    at: 'notice/source.md:3:1',
    detail: { code: 'unknown-key', key: 'publsher', path: '' },
  },
  'an unknown key deeper in front matter': {
    files: s(SOURCE.replace('publisher: 幸福小区', 'dates: [{ event: 公布, date: 4月, day: 1 }]')),
    at: 'notice/source.md:3:32',
    detail: { code: 'unknown-key', key: 'day', path: 'dates.0' },
  },
  'a title is missing': {
    files: s(SOURCE.replace('title: 物业公告\n', '')),
    at: 'notice/source.md:2:1',
    detail: { code: 'missing-key', path: 'title' },
  },
  'a title without words': {
    files: s(SOURCE.replace('物业公告', '')),
    at: 'notice/source.md:2:8',
    detail: { code: 'invalid-value', path: 'title', reason: '无效输入：期望 string，实际接收 空值(null)' },
  },
  'questions.yaml that is no YAML': {
    files: q(QUESTIONS.replace('title: 停车\n', 'title: "停车\n')),
    at: 'notice/questions.yaml:14:5',
    detail: { code: 'yaml', reason: 'deficient indentation' },
  },
  'a key given twice': {
    files: q(QUESTIONS.replace('    title: 停车\n', '    title: 停车\n    title: 停车\n')),
    at: 'notice/questions.yaml:14:5',
    detail: { code: 'yaml', reason: 'duplicated mapping key' },
  },
  'a tab for indentation': {
    files: goodFiles({ 'terms.yaml': '物业:\n\t- 管理处\n' }),
    at: 'terms.yaml:2:1',
    detail: { code: 'yaml', reason: 'tab characters must not be used in indentation' },
  },
  'an alias without its anchor': {
    files: q(QUESTIONS.replace('quote: 电梯每月检修一次', 'quote: *lift')),
    at: 'notice/questions.yaml:9:17',
    detail: { code: 'yaml', reason: 'unidentified alias "lift"' },
  },
  'aliases of aliases, which would fill the memory': {
    files: goodFiles({ 'terms.yaml': '甲: &a [乙]\n丙: &b [*a, *a]\n丁: [*b, *b]\n' }),
    at: 'terms.yaml:2:8',
    detail: { code: 'yaml', reason: 'an alias inside what has an anchor' },
  },
  'two documents in one file': {
    files: goodFiles({ 'terms.yaml': '物业: [管理处]\n---\n甲: [乙]\n' }),
    at: 'terms.yaml:2:1',
    detail: { code: 'second-document' },
  },
  'an unknown key of a point': {
    files: q(QUESTIONS.replace('        answer:', '        anwser:')),
    at: 'notice/questions.yaml:18:9',
    detail: { code: 'unknown-key', key: 'anwser', path: 'sections.1.points.0' },
  },
  'a section without points': {
    files: q(lines('sections:', '  - id: lift', '    title: 电梯')),
    at: 'notice/questions.yaml:2:5',
    detail: { code: 'missing-key', path: 'sections.0.points' },
  },
  'an id that is no id': {
    files: q(QUESTIONS.replace('id: lift-check', 'id: 电梯')),
    at: 'notice/questions.yaml:7:13',
    detail: {
      code: 'invalid-value',
      path: 'sections.0.points.0.id',
      reason: '无效字符串：必须满足正则表达式 /^[a-z0-9][a-z0-9-]*$/',
    },
  },
  'an empty questions.yaml': {
    files: q(''),
    at: 'notice/questions.yaml:1:1',
    detail: { code: 'missing-key', path: 'sections' },
  },
  'a quote that stands nowhere': {
    files: q(QUESTIONS.replace('quote: 电梯每月检修一次', 'quote: 水管每年检修一次')),
    at: 'notice/questions.yaml:9:16',
    detail: { code: 'quote-not-verbatim', quote: '水管每年检修一次', difference: undefined },
  },
  'a quote that leaves the source after its beginning': {
    files: q(QUESTIONS.replace('quote: 电梯每月检修一次', 'quote: 电梯每月检修两次')),
    at: 'notice/questions.yaml:9:16',
    detail: {
      code: 'quote-not-verbatim',
      quote: '电梯每月检修两次',
      difference: { at: 6, quoted: '两次', published: '一次', paragraph: 0 },
    },
  },
  'straight quotation marks for curved ones': {
    files: q(QUESTIONS.replace('quote: “停车费”每月80元。', `quote: '"停车费"每月80元。'`)),
    at: 'notice/questions.yaml:17:16',
    detail: {
      code: 'quote-not-verbatim',
      quote: '"停车费"每月80元。',
      difference: { at: 0, quoted: '"停车费"每月80元。', published: '“停车费”每月80元。', paragraph: 1 },
    },
  },
  'a half-width comma for a full-width one': {
    files: q(QUESTIONS.replace('quote: 电梯每月检修一次', 'quote: 检修一次,由物业负责')),
    at: 'notice/questions.yaml:9:16',
    detail: {
      code: 'quote-not-verbatim',
      quote: '检修一次,由物业负责',
      difference: { at: 4, quoted: ',由物业负责', published: '，由物业负责', paragraph: 0 },
    },
  },
  'a zero width space inside': {
    files: q(QUESTIONS.replace('quote: 电梯每月检修一次', 'quote: 电梯每月\u200b检修一次')),
    at: 'notice/questions.yaml:9:16',
    detail: {
      code: 'quote-not-verbatim',
      quote: '电梯每月\u200b检修一次',
      difference: { at: 4, quoted: '\u200b检修一次', published: '检修一次', paragraph: 0 },
    },
  },
  'an answer that is not in the quote': {
    files: q(QUESTIONS.replace('answer: 80元', 'answer: 80块')),
    at: 'notice/questions.yaml:18:17',
    detail: { code: 'answer-not-in-quote', answer: '80块' },
  },
  'a heading that is no whole paragraph': {
    files: q(QUESTIONS.replace('    title: 停车\n', '    title: 停车\n    heading: “停车费”\n')),
    at: 'notice/questions.yaml:14:14',
    detail: { code: 'heading-not-a-paragraph', heading: '“停车费”' },
  },
  'an id of two points': {
    files: q(QUESTIONS.replace('id: fee', 'id: lift-check')),
    at: 'notice/questions.yaml:15:13',
    detail: { code: 'duplicate-id', id: 'lift-check', other: 'lift-check' },
  },
  'an id of two sections': {
    files: q(QUESTIONS.replace('id: parking', 'id: lift')),
    at: 'notice/questions.yaml:12:9',
    detail: { code: 'duplicate-id', id: 'lift', other: 'lift' },
  },
  'a command of the bot’s own': {
    files: s(SOURCE.replace('publisher: 幸福小区', commandOf('help'))),
    at: 'notice/source.md:4:9',
    detail: { code: 'reserved-command', name: 'help' },
  },
  'a command of the bot’s own, however it is written': {
    files: s(SOURCE.replace('publisher: 幸福小区', 'command: { name: "help", description: { zh: 甲, en: a } }')),
    at: 'notice/source.md:3:18',
    detail: { code: 'reserved-command', name: 'help' },
  },
  'a point without phrasings': {
    files: q(QUESTIONS.replace('        ask:\n          - 电梯多久检修\n', '')),
    at: 'notice/questions.yaml:7:9',
    detail: { code: 'no-phrasings', id: 'lift-check' },
  },
  'a phrasing without a word': {
    files: q(QUESTIONS.replace('停车多少钱', '？？')),
    at: 'notice/questions.yaml:20:13',
    detail: { code: 'empty-phrasing', phrasing: '？？' },
  },
  'a phrasing of two points': {
    files: q(QUESTIONS.replace('停车多少钱', '电梯多久检修')),
    at: 'notice/questions.yaml:20:13',
    detail: {
      code: 'duplicate-phrasing',
      phrasing: '电梯多久检修',
      owner: 'notice/parking/fee',
      other: 'notice/lift/lift-check',
    },
  },
  'a phrasing of two points, in other characters, width and punctuation': {
    files: q(QUESTIONS.replace('停车多少钱', '電梯， 多久檢修？')),
    at: 'notice/questions.yaml:20:13',
    detail: {
      code: 'duplicate-phrasing',
      phrasing: '電梯， 多久檢修？',
      owner: 'notice/parking/fee',
      other: 'notice/lift/lift-check',
    },
  },
  'a phrasing of a section and a point': {
    files: q(QUESTIONS.replace('停车多少钱', '电梯的事都有哪些')),
    at: 'notice/questions.yaml:20:13',
    detail: {
      code: 'duplicate-phrasing',
      phrasing: '电梯的事都有哪些',
      owner: 'notice/parking/fee',
      other: 'notice/lift',
    },
  },
  'a phrasing of a section and a point that has the same id': {
    files: q(QUESTIONS.replace('id: fee', 'id: lift').replace('停车多少钱', '电梯的事都有哪些')),
    at: 'notice/questions.yaml:20:13',
    detail: {
      code: 'duplicate-phrasing',
      phrasing: '电梯的事都有哪些',
      owner: 'notice/parking/lift',
      other: 'notice/lift',
    },
  },
  'a phrasing that a point is asked by and is not': {
    files: q(QUESTIONS.replace('停车位够不够', '停车多少钱？')),
    at: 'notice/questions.yaml:22:13',
    detail: {
      code: 'duplicate-phrasing',
      phrasing: '停车多少钱？',
      owner: 'notice/parking/fee (not)',
      other: 'notice/parking/fee',
    },
  },
  'a paragraph that no point covers is a warning': {
    files: s(`${SOURCE}\n以上。\n`),
    at: 'notice/source.md:10:1',
    severity: 'warning',
    detail: { code: 'uncovered', paragraph: '以上。' },
  },
  'terms.yaml that is no YAML': {
    files: goodFiles({ 'terms.yaml': '物业: [管理处\n甲: [乙]\n' }),
    at: 'terms.yaml:2:1',
    detail: { code: 'yaml', reason: 'deficient indentation' },
  },
};

const SLOGANS = lines('slogans:', '  - words: 电梯每月检修一次', '  - words: 电梯每周检修一次', '    from: 5月');

describe('check names file, line and column', () => {
  it.each(Object.entries(CASES))('%s', async (_, { files, at, detail, severity }) => {
    const { problems } = await load(files);
    expect(problems.map(placed)).toEqual([{ at, severity: severity ?? 'error', detail }]);
  });
});

describe('slogans', () => {
  it('are word for word, with real dates', async () => {
    const { problems } = await load(goodFiles({ 'notice/slogans.yaml': SLOGANS }));
    expect(problems.map(placed)).toEqual([
      expect.objectContaining({
        at: 'notice/slogans.yaml:4:11',
        detail: expect.objectContaining({ code: 'invalid-value', path: 'slogans.1.from' }),
      }),
    ]);
    const { problems: others } = await load(goodFiles({ 'notice/slogans.yaml': SLOGANS.replace('5月', '2026-05-01') }));
    expect(others.map(placed)).toEqual([
      {
        at: 'notice/slogans.yaml:3:12',
        severity: 'error',
        detail: {
          code: 'quote-not-verbatim',
          quote: '电梯每周检修一次',
          difference: undefined,
        },
      },
    ]);
  });

  it('cover their paragraph', async () => {
    const { library, problems } = await load({
      ...goodFiles({ 'notice/source.md': `${SOURCE}\n爱护 电梯\n` }),
      'notice/slogans.yaml': lines('slogans:', '  - words: 爱护 电梯', '    until: 2026-12-31'),
    });
    expect(problems).toEqual([]);
    expect(library.documents[0]?.slogans).toEqual([
      { words: { paragraph: 2, start: 0, end: 5 }, from: undefined, until: '2026-12-31' },
    ]);
  });
});

describe('several documents', () => {
  const other = (phrasing: string): Files => ({
    'other/source.md': lines('---', 'title: 另一份', '---', '正文'),
    'other/questions.yaml': questions(['s', undefined, point('p', '正文', [phrasing])]),
  });

  it('a phrasing claimed in two of them', async () => {
    const { problems } = await load({ ...goodFiles(), ...other('停車多少錢?') });
    expect(problems.map(placed)).toEqual([
      {
        at: 'other/questions.yaml:9:13',
        severity: 'error',
        detail: {
          code: 'duplicate-phrasing',
          phrasing: '停車多少錢?',
          owner: 'other/s/p',
          other: 'notice/parking/fee',
        },
      },
    ]);
  });

  it('ids may be the same', async () => {
    const files = other('另问');
    const twin = {
      'third/source.md': files['other/source.md'] ?? '',
      'third/questions.yaml': questions(['s', undefined, point('p', '正文', ['三问'])]),
    };
    expect((await load({ ...files, ...twin })).problems).toEqual([]);
  });

  it('a command claimed in two of them', async () => {
    const source = SOURCE.replace('publisher: 幸福小区', commandOf('notice'));
    const { problems } = await load({
      'a/source.md': source,
      'a/questions.yaml': QUESTIONS,
      'b/source.md': `${lines('---', 'title: 乙', commandOf('notice'), '---')}\n正文\n`,
    });
    expect(problems.filter(({ severity }) => severity === 'error').map(placed)).toEqual([
      {
        at: 'b/source.md:4:9',
        severity: 'error',
        detail: { code: 'duplicate-command', name: 'notice', other: expect.stringMatching(/a\/source\.md$/) },
      },
    ]);
  });

  it('problems come in the order of files, lines and columns, and what can be read is read', async () => {
    const { library, problems } = await load({
      ...goodFiles({ 'notice/questions.yaml': QUESTIONS.replace('停车多少钱', '。').replace('电梯多久检修', '！') }),
      'a/source.md': '正文',
      'terms.yaml': '甲: 乙\n',
    });
    expect(problems.map((problem) => placed(problem).at)).toEqual([
      'a/source.md:1:1',
      'notice/questions.yaml:11:13',
      'notice/questions.yaml:20:13',
      'terms.yaml:1:4',
    ]);
    expect(library.documents.map(({ id }) => id)).toEqual(['notice']);
  });
});

describe('a folder of questions, a file a section', () => {
  const [lift = '', parking = ''] = QUESTIONS.split('\n  - ')
    .slice(1)
    .map((section) => `${section.replaceAll('\n    ', '\n').trimEnd()}\n`);
  const apart = (changes: Files = {}): Files => ({
    'notice/source.md': SOURCE,
    'notice/questions/1-lift.yaml': lift,
    'notice/questions/2-parking.yaml': parking,
    ...changes,
  });

  it('says the same as one file', async () => {
    expect(await load(apart())).toEqual(await load(goodFiles()));
  });

  it('has its sections in the order of the names', async () => {
    const { library } = await load(
      apart({ 'notice/questions/0-parking.yaml': parking, 'notice/questions/2-parking.yaml': '' }),
    );
    expect(library.documents[0]?.sections.map(({ id }) => id)).toEqual(['parking', 'lift']);
  });

  it.each<[string, Files, string, ProblemDetail['code']]>([
    ['a quote that differs', { '1-lift.yaml': lift.replace('每月', '每周') }, '1-lift.yaml:8:12', 'quote-not-verbatim'],
    ['an unknown key', { '1-lift.yaml': `${lift}heeding: 甲\n` }, '1-lift.yaml:11:1', 'unknown-key'],
    [
      'an id of another section',
      { '2-parking.yaml': parking.replace('parking', 'lift') },
      '2-parking.yaml:1:5',
      'duplicate-id',
    ],
    [
      'a phrasing of another section',
      { '2-parking.yaml': parking.replace('停车多少钱', '电梯多久检修') },
      '2-parking.yaml:9:9',
      'duplicate-phrasing',
    ],
    ['what is not UTF-8', { '1-lift.yaml': new Uint8Array([0x61, 0xff]) }, '1-lift.yaml:1:1', 'not-utf8'],
  ])('%s is named with its file, line and column', async (_, files, at, code) => {
    const named = Object.fromEntries(Object.entries(files).map(([name, text]) => [`notice/questions/${name}`, text]));
    const { problems } = await load(apart(named));
    const errors = problems.filter(({ severity }) => severity === 'error');
    expect(errors.map((problem) => [placed(problem).at, problem.detail.code])).toEqual([
      [`notice/questions/${at}`, code],
    ]);
  });

  it('beside questions.yaml is one too many', async () => {
    const { problems } = await load({ ...goodFiles(), 'notice/questions/1-other.yaml': '' });
    expect(problems.map((problem) => [placed(problem).at, problem.detail.code])).toContainEqual([
      'notice/questions.yaml:1:1',
      'questions-twice',
    ]);
  });

  it('without a file is none', async () => {
    const { problems } = await load({ 'notice/source.md': SOURCE, 'notice/questions/.keep': '' });
    expect(problems.map(({ detail }) => detail.code)).toEqual(['no-questions']);
  });
});

describe('a file that nobody reads is named', () => {
  const beside = ['source.md', 'questions.yaml', 'questions/', 'slogans.yaml', 'tests.yaml'];

  it.each([
    ['questions.yml', beside],
    ['text.docx', beside],
    ['通知.pdf', beside],
    ['notes', beside],
    ['questions/lift.yml', ['*.yaml']],
  ])('%s', async (name, known) => {
    const { problems } = await load(goodFiles({ [`notice/${name}`]: 'x' }));
    const detail = { code: 'unknown-file', known };
    expect(problems.map(placed)).toEqual([{ at: `notice/${name}:1:1`, severity: 'warning', detail }]);
  });

  it('but not what an import keeps, nor what begins with a dot', async () => {
    const { problems } = await load(
      goodFiles({ 'notice/original.docx': 'x', 'notice/original.sha256': 'x', 'notice/.~lock': 'x' }),
    );
    expect(problems).toEqual([]);
  });
});

describe('paragraphs that no point covers', () => {
  const paragraphs = (count: number) => Array.from({ length: count }, (_, at) => `\n第${at}段。\n`).join('');

  it.each([
    [10, 10, undefined],
    [11, 10, { at: 'notice/source.md:30:1', count: 1 }],
    [200, 10, { at: 'notice/source.md:30:1', count: 190 }],
  ])('of %d ten are listed at most, and the rest is counted', async (count, listed, more) => {
    const { problems } = await load(s(SOURCE + paragraphs(count)));
    expect(problems.filter(({ detail }) => detail.code === 'uncovered')).toHaveLength(listed);
    const rest = problems.filter(({ detail }) => detail.code === 'uncovered-more').map(placed);
    expect(rest.map(({ at, detail }) => ({ at, count: (detail as { count: number }).count }))).toEqual(
      more ? [more] : [],
    );
  });
});

describe('folders that cannot be read', () => {
  it('one that is not there', async () => {
    const { library, problems } = await loadFolder('/nowhere/knowledge');
    expect(library).toEqual({ documents: [], terms: [] });
    expect(problems.map(({ file, detail }) => [file, detail.code])).toEqual([['/nowhere/knowledge', 'unreadable']]);
  });

  it('an empty one', async () => {
    const folder = await temporaryFolder({});
    const { problems } = await loadFolder(folder);
    expect(problems.map(({ file, detail }) => [file, detail.code])).toEqual([[folder, 'missing-source']]);
  });

  it('a folder where a file should be', async () => {
    const { problems } = await load(goodFiles({ 'terms.yaml/note.txt': '' }));
    expect(problems.map(({ file, detail }) => [file, detail.code])).toEqual([
      ['terms.yaml', 'no-file'],
      ['terms.yaml/note.txt', 'unknown-file'],
      ['terms.yaml/source.md', 'missing-source'],
    ]);
  });
});

describe('what a person reads', () => {
  it.each([
    [
      'straight quotation marks',
      `'"停车费"每月80元。'`,
      '引文是「"停车费"每月80元。」（U+0022），原文第 2 段是「“停车费”每月80元。」（U+201C）',
    ],
    [
      'a half-width full stop',
      '“停车费”每月80元.',
      '第 11 个字起，引文是「.」（U+002E），原文第 2 段是「。」（U+3002）',
    ],
    [
      'a zero width space',
      '“停车费”\u200b每月80元。',
      '引文是「⟨U+200B⟩每月80元。」（U+200B），原文第 2 段是「每月80元。」（U+6BCF）',
    ],
    ['a no-break space', '“停车费”\u00a0每月80元。', '引文是「⟨U+00A0⟩每月80元。」（U+00A0）'],
    ['a right-to-left override', '“停车费”\u202e每月80元。', '引文是「⟨U+202E⟩每月80元。」（U+202E）'],
    ['words that are not there', '水费每吨3元', '。原文里找不到相近的话。'],
  ])('shows %s', async (_, quote, words) => {
    const text = QUESTIONS.replace('quote: “停车费”每月80元。', `quote: ${quote}`).replace(
      '        answer: 80元\n',
      '',
    );
    const { problems } = await load(q(text));
    const [message = '', ...others] = problems.map(describeProblem);
    expect(others).toEqual([]);
    expect(message.startsWith('notice/questions.yaml:17:16 错误：引文与原文不是一字不差：「')).toBe(true);
    expect(message).toContain(words);
    expect(message).toMatch(/^[^\u200b\u00a0\u202e\n]+$/u);
  });
});

/** Loads a folder of these files; problems name them by their paths inside it. */
async function load(files: Files): Promise<LoadedFolder> {
  const folder = await temporaryFolder(files);
  const { library, problems } = await loadFolder(folder);
  return {
    library,
    problems: problems.map((problem) => ({ ...problem, file: problem.file.slice(folder.length + 1) })),
  };
}

function placed({ file, line, column, severity, detail }: Problem) {
  return { at: `${file}:${line}:${column}`, severity, detail };
}

function commandOf(name: string): string {
  return lines('command:', `  name: ${name}`, '  description:', '    zh: 公告', '    en: Notice').trimEnd();
}

type SectionOf = readonly [id: string, heading: string | undefined, point: string];

function questions(...sections: readonly SectionOf[]): string {
  const rows = sections.map(([id, heading, point]) => {
    const head = heading === undefined ? '' : `    heading: ${heading}\n`;
    return `  - id: ${id}\n    title: 一节\n${head}    points:\n${point}`;
  });
  return `sections:\n${rows.join('')}`;
}

function point(id: string, quote: string, ask: readonly string[]): string {
  const phrasings = ask.map((phrasing) => `          - ${phrasing}\n`).join('');
  return `      - id: ${id}\n        title: 一点\n        quote: ${quote}\n        ask:\n${phrasings}`;
}

/** QUESTIONS with these further phrasings of its last point. */
function asking(...phrasings: readonly string[]): string {
  return QUESTIONS.replace(
    '          - 停车多少钱\n',
    (row) => row + phrasings.map((one) => `          - ${one}\n`).join(''),
  );
}
