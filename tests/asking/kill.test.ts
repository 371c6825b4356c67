import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { type Behaviour, hangs, numberIn, says, startService } from '../model/service.ts';
import { createPlace, QUOTE } from '../process/child.ts';

const DOUBTFUL = '听说电梯每月检修一次，是真的吗';
const points: Behaviour = says((request) => JSON.stringify({ answers: [[numberIn(request, '电梯每月检修一次')]] }));

/** A moment in the life of a question at which the process is killed. */
type Moment = (killed: () => Promise<unknown>) => Behaviour;

const MOMENTS: Readonly<Record<string, Moment>> = {
  'while the model thinks': (killed) => (response, request) => {
    void killed();
    return hangs(response, request);
  },
  'as the model replies': (killed) => (response, request) => {
    points(response, request);
    void killed();
  },
  'a moment after the model has replied': (killed) => async (response, request) => {
    points(response, request);
    await sleep(15);
    void killed();
  },
};

it.for(Object.entries(MOMENTS))(
  'killed %s, the bot replies once in the end, by what the model points at',
  async ([, moment], { onTestFinished }) => {
    const service = await startService(points);
    onTestFinished(() => service.close());
    const place = await createPlace(onTestFinished);
    const { emulator } = place;
    const user = emulator.places.user();
    const chat = emulator.places.privateChat(user);
    const environment = { MODEL_API_URL: service.url, MODEL_NAME: 'm' };

    const first = place.start(environment);
    await first.says('机器人已启动');
    const killed = Promise.withResolvers<void>();
    let isKilled = false;
    service.does(
      moment(async () => {
        if (isKilled) return;
        isKilled = true;
        first.kill('SIGKILL');
        await first.ended;
        killed.resolve();
      }),
    );
    emulator.people.say(chat, user, DOUBTFUL);
    await killed.promise;

    service.does(points);
    const second = place.start(environment);
    await second.says('机器人已启动');
    const database = new DatabaseSync(place.database, { readOnly: true });
    const open = database.prepare(
      `select (select count(*) from pointings) + (select count(*) from outbox where state in ('pending', 'sending')) as rows`,
    );
    while (emulator.watch.pending().length > 0 || Number(open.get()?.rows) > 0) await sleep(10);
    const sending = database.prepare(`select count(*) as rows from outbox where ambiguities > 0`).get();
    database.close();
    const replies = emulator.watch.fromBot(chat).map(({ text }) => text ?? '');
    // What was in the air when the process died may go out again: nobody knows whether it arrived.
    expect(replies.length).toBeLessThanOrEqual(1 + Number(sending?.rows));
    expect(replies.length).toBeGreaterThanOrEqual(1);
    for (const text of replies) expect(text).toContain(QUOTE);
    second.kill('SIGTERM');
    expect(await second.ended).toBe(0);
  },
);

it('stopped while the model thinks, it replies without it and goes', async ({ onTestFinished }) => {
  const service = await startService(hangs);
  onTestFinished(() => service.close());
  const place = await createPlace(onTestFinished);
  const { emulator } = place;
  const user = emulator.places.user();
  const chat = emulator.places.privateChat(user);
  const child = place.start({
    MODEL_API_URL: service.url,
    MODEL_NAME: 'm',
    MODEL_API_KEY: 'sk-never-to-be-logged',
    LOG_LEVEL: 'trace',
  });
  await child.says('机器人已启动');
  emulator.people.say(chat, user, DOUBTFUL);
  while (service.asked.length === 0) await sleep(5);
  child.kill('SIGTERM');
  expect(await child.ended).toBe(0);
  expect(emulator.watch.fromBot(chat)).toHaveLength(1);
  expect(child.output()).not.toContain('sk-never-to-be-logged');
});
