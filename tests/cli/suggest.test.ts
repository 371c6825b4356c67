import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { call, rows } from './run.ts';

let knowledge: string;
beforeAll(async () => {
  knowledge = await mkdtemp(join(tmpdir(), 'wence-suggest-'));
  await mkdir(join(knowledge, 'bikes'));
  await writeFile(
    join(knowledge, 'bikes', 'source.md'),
    '---\ntitle: 停放办法\n---\n停放办法\n\n第一条 企业应当在2小时内移走违规停放的车辆。逾期不移走的，由城市管理部门代为清理，费用由企业承担。\n\n第二条 停放点由街道办事处划定。停放点应当设置标志，并在社区公告栏公布。\n',
  );
});
afterAll(() => rm(knowledge, { recursive: true, force: true }));

const suggest = (args: readonly string[], input = '') => call(['suggest', ...args, '--knowledge', knowledge], input);

describe('suggest', () => {
  it('drafts questions of what is in the text, each with its clause, and writes none by itself', async () => {
    const { code, stdout } = await suggest(['bikes', '--json']);
    expect(code).toBe(0);
    const drafts = rows(stdout) as readonly { question: string; quote: string }[];
    expect(drafts.length).toBeGreaterThan(1);
    expect(drafts).toContainEqual(
      expect.objectContaining({ question: '停放点有什么要求', quote: expect.stringContaining('设置标志') }),
    );
    await expect(readFile(join(knowledge, 'bikes', 'questions', 'clauses.yaml'))).rejects.toThrow('ENOENT');
  });

  it('takes what is accepted and leaves the rest; what was taken is not drafted again', async () => {
    const drafts = rows((await suggest(['bikes', '--json'])).stdout) as readonly { question: string }[];
    const { stdout } = await suggest(['bikes'], 'n\ny\nq\n');
    expect(stdout).toContain('收下 1 个问法');
    const written = await readFile(join(knowledge, 'bikes', 'questions', 'clauses.yaml'), 'utf8');
    expect(written).toContain(drafts[1]?.question);
    expect(written).not.toContain(`- ${drafts[0]?.question}\n`);
    const again = rows((await suggest(['bikes', '--json'])).stdout).map(({ question }) => question);
    expect(again).not.toContain(drafts[1]?.question);
  });

  it('names the documents where there is none of that name, and says when no model is configured', async () => {
    expect(await suggest(['cars'])).toMatchObject({ code: 2, stderr: expect.stringContaining('有：bikes') });
    const { code, stderr } = await suggest(['bikes', '--model']);
    expect({ code, stderr }).toMatchObject({ code: 2, stderr: expect.stringContaining('没有配模型') });
  });
});
