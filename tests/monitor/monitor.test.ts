import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freePort } from '../free-port.ts';
import { type Harness, privately, startHarness } from '../telegram/harness.ts';

const ASK = '社区工作者有哪些补贴';

let bot: Harness;
let root: string;
beforeAll(async () => {
  const port = await freePort();
  root = `http://127.0.0.1:${port}`;
  bot = await startHarness({ environment: { METRICS_PORT: String(port) } });
});
afterAll(() => bot?.close());

async function figures(): Promise<ReadonlyMap<string, number>> {
  const text = await (await fetch(`${root}/metrics`)).text();
  const lines = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  return new Map(
    lines.map((line) => [line.slice(0, line.lastIndexOf(' ')), Number(line.slice(line.lastIndexOf(' ')))]),
  );
}

describe('what is served to those who watch over the bot', () => {
  it('is alive and ready', async () => {
    const [alive, ready] = [await fetch(`${root}/healthz`), await fetch(`${root}/readyz`)];
    expect([alive.status, await alive.text()]).toEqual([200, 'ok\n']);
    expect([ready.status, await ready.json()]).toEqual([200, { database: true, knowledge: true, telegram: true }]);
  });

  it('counts what came, what was found, what was sent and how long it took', async () => {
    const { chat, user } = privately(bot);
    await bot.replies(chat, () => bot.emulator.people.say(chat, user, ASK));
    await bot.replies(chat, () => bot.emulator.people.say(chat, user, '火星上几点下班'));
    let found = await figures();
    const sent = 'wence_sends_total{kind="reply",state="sent",reason=""}';
    while ((found.get(sent) ?? 0) < 2) {
      await sleep(5);
      found = await figures();
    }
    expect(found.get('wence_updates_total{result="committed"}')).toBe(2);
    const outcomes = ['answered', 'related', 'unanswered'].map(
      (outcome) => found.get(`wence_answers_total{outcome="${outcome}"}`) ?? 0,
    );
    expect(outcomes.reduce((sum, count) => sum + count, 0)).toBe(2);
    expect(outcomes[2]).toBe(1);
    expect(found.get('wence_answer_seconds_count')).toBe(2);
    expect(found.get('wence_send_seconds_count{method="sendMessage",result="delivered"}')).toBe(2);
    expect(found.get('wence_reply_wait_seconds_count')).toBe(2);
    expect(found.get('wence_outbox_rows{state="pending",kind="reply"}')).toBe(0);
    expect(found.get('wence_knowledge_documents')).toBeGreaterThan(2);
    expect([...found.keys()].filter((key) => key.startsWith('wence_knowledge_info{version='))).toHaveLength(1);
  });

  it('shows nothing that somebody wrote, nobody’s number and no secret', async () => {
    const text = await (await fetch(`${root}/metrics`)).text();
    expect(text).not.toContain('补贴');
    expect(text).not.toContain(bot.emulator.token);
    expect(text).not.toContain(bot.emulator.token.slice(11));
  });

  it.each([
    ['/', 'GET', 404],
    ['/metrics?x=1', 'GET', 404],
    ['/metrics', 'POST', 405],
    ['/../etc/passwd', 'GET', 404],
  ])('%s by %s is %i', async (path, method, status) => {
    expect((await fetch(`${root}${path}`, { method })).status).toBe(status);
  });

  it('is not ready while Telegram cannot be reached, and alive all the same', async () => {
    const port = await freePort();
    const deaf = await startHarness({ environment: { METRICS_PORT: String(port) } });
    const { chat, user } = privately(deaf);
    await deaf.emulator.close();
    deaf.emulator.people.say(chat, user, ASK);
    const ready = await fetch(`http://127.0.0.1:${port}/readyz`);
    expect([ready.status, await ready.json()]).toEqual([503, { database: true, knowledge: true, telegram: false }]);
    expect((await fetch(`http://127.0.0.1:${port}/healthz`)).status).toBe(200);
    await deaf.close();
  });
});
