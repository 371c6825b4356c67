import type { Message } from '@grammyjs/types';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { ASKING_LIMITS } from '../../src/asking/worker.ts';
import { answerMessages } from '../../src/messages/answer.ts';
import { localeOf } from '../../src/messages/locale.ts';
import { type Behaviour, fails, hangs, numberIn, type Service, says, startService } from '../model/service.ts';
import { shippedEngine } from '../shipped.ts';
import {
  buttonsOf,
  dataOf,
  type Harness,
  inGroup,
  only,
  privately,
  type Room,
  startHarness,
} from '../telegram/harness.ts';

const DOUBTFUL = '听说外资试点只放在上海一个地方，是真的吗';
const SURE = '社区工作者有体检吗';
const KEY = 'sk-secret-0123456789';
const AREAS = '根据通告，率先';
const FOUR = '深圳中国特色社会主义先行示范区';
const OWNER = 4_242;

const pointsAt = (beginning: string): Behaviour =>
  says((request) => JSON.stringify({ answers: [[numberIn(request, beginning)]] }));

let service: Service;
let harness: Harness | undefined;
beforeAll(async () => {
  service = await startService(pointsAt(AREAS));
});
afterAll(() => service.close());
afterEach(async () => {
  await harness?.close();
  harness = undefined;
});

/** A bot with a model that does so; patient enough for a busy machine unless told otherwise. */
async function botWith(
  behaviour: Behaviour,
  environment: Readonly<Record<string, string>> = {},
  options: { timeoutMs?: number; now?: () => number } = {},
): Promise<Harness> {
  service.does(behaviour);
  const { timeoutMs = 30_000, now } = options;
  harness = await startHarness({
    environment: { MODEL_API_URL: service.url, MODEL_NAME: 'm', MODEL_API_KEY: KEY, ...environment },
    asking: { ...ASKING_LIMITS, timeoutMs, patienceMs: 30_000 },
    ...(now ? { now } : {}),
  });
  return harness;
}

const ask = ({ emulator, replies }: Harness, { chat, user }: Room, text: string) =>
  replies(chat, () => emulator.people.say(chat, user, text));

/** What is replied without a model. */
async function without(question: string): Promise<string> {
  const { answerer, library } = await shippedEngine();
  return answerMessages(answerer.answer(question), library, localeOf('zh-hans')).at(-1)?.text ?? '';
}

const askedAbout = (from: number, words: string) =>
  service.asked.slice(from).filter(({ body }) => body.messages?.at(-1)?.content.includes(words));

describe('a doubtful question', () => {
  it('is answered with what the model points at, and typing is shown meanwhile', async () => {
    const bot = await botWith(pointsAt(AREAS));
    const room = privately(bot);
    const answer = only(await ask(bot, room, DOUBTFUL));
    expect(answer.text).toContain(FOUR);
    expect(answer.text).toContain('出处：');
    expect(buttonsOf(answer)[0]).toContain('看原文');
    const typing = bot.emulator.watch.calls('sendChatAction').map(({ params }) => params);
    expect(typing).toEqual([{ chat_id: room.chat.id, action: 'typing' }]);
  });

  it('says nothing of the model, and goes out without names, ids and numbers', async () => {
    const bot = await botWith(pointsAt(AREAS));
    const user = bot.emulator.places.user({ first_name: '王翠花', username: 'cuihua', language_code: 'zh-hans' });
    const room = { user, chat: bot.emulator.places.privateChat(user) };
    const from = service.asked.length;
    const answer = only(await ask(bot, room, `我是13800138000，${DOUBTFUL}`));
    expect(answer.text).not.toMatch(/模型|AI/);
    const [request] = service.asked.slice(from);
    const sent = JSON.stringify(request?.body);
    expect(sent).toContain('我是〔号码〕，听说外资试点');
    for (const personal of ['13800138000', '翠花', 'cuihua', String(user.id)]) expect(sent).not.toContain(personal);
    expect(request?.authorization).toBe(`Bearer ${KEY}`);
  });

  it('is not answered where the model finds nothing', async () => {
    const bot = await botWith(says('{"answers":[]}'));
    const answer = only(await ask(bot, privately(bot), DOUBTFUL));
    expect(answer.text).toMatch(/没有直接说到|拿不准|没有说到/);
  });

  it('in a topic is answered there', async () => {
    const bot = await botWith(pointsAt(AREAS));
    const room = inGroup(bot, { forum: true });
    const topic = bot.emulator.rule.openTopic(room.chat, '政策');
    const [answer] = await bot.replies(room.chat, () =>
      bot.emulator.people.say(room.chat, room.user, `@wence_bot ${DOUBTFUL}`, { topic }),
    );
    expect(answer?.text).toContain(FOUR);
    expect(answer?.message_thread_id).toBe(topic);
    expect(bot.emulator.watch.calls('sendChatAction')[0]?.params.message_thread_id).toBe(topic);
  });

  it('that leans on one which still waits is understood by it', async () => {
    const { release, behaviour } = gate(pointsAt(AREAS));
    const bot = await botWith(behaviour);
    const { chat, user } = privately(bot);
    const from = service.asked.length;
    bot.emulator.people.say(chat, user, DOUBTFUL);
    await until(() => service.asked.length > from);
    bot.emulator.people.say(chat, user, '那深圳呢');
    await until(() => service.asked.length > from + 1);
    release();
    await bot.settled();
    expect(askedAbout(from, `上一问：${DOUBTFUL}\n问题：那深圳呢`)).toHaveLength(1);
  });
});

it('a sure question never waits: the model is not asked', async () => {
  const bot = await botWith(hangs);
  const from = service.asked.length;
  expect(only(await ask(bot, privately(bot), SURE)).text).toContain('定期组织体检');
  expect(service.asked.length).toBe(from);
  expect(bot.emulator.watch.calls('sendChatAction')).toEqual([]);
});

describe('whatever goes wrong, the reply is the one without a model', () => {
  const body =
    (text: string, type = 'application/json'): Behaviour =>
    (response) => {
      response.setHeader('content-type', type);
      response.end(text);
    };
  it.each<[string, Behaviour]>([
    ['says nothing in time', hangs],
    ['breaks off', (response) => response.destroy()],
    ['refuses the key', fails(401)],
    ['has enough for now', fails(429, { 'retry-after': '3600' })],
    ['is broken', fails(500)],
    ['is behind a broken gateway', body('<html>502</html>', 'text/html')],
    ['says half a JSON', body('{"choices":[{"message":{"content":"{')],
    [
      'streams by mistake',
      body('data: {"choices":[{"delta":{"content":"1"}}]}\n\ndata: [DONE]\n\n', 'text/event-stream'),
    ],
    ['writes a novel', says('外资试点放在了四个地方。'.repeat(500))],
    ['writes the answer', says('不是，试点有四个地方。')],
    ['points out of range', says('{"answers":[[9999]]}')],
    ['points here and there', says('{"answers":[[1,9,17]]}')],
    ['leaves the numbers half said', says('{"answers":[[1')],
  ])('where it %s', async (_, behaviour) => {
    const timeoutMs = behaviour === hangs ? 100 : 30_000;
    const bot = await botWith(behaviour, {}, { timeoutMs });
    const from = service.asked.length;
    const answer = only(await ask(bot, privately(bot), DOUBTFUL));
    expect(answer.text).toBe(await without(DOUBTFUL));
    expect(askedAbout(from, DOUBTFUL)).toHaveLength(1);
  });

  it('where nobody listens', async () => {
    const bot = await botWith(hangs, { MODEL_API_URL: 'http://127.0.0.1:1/v1' });
    expect(only(await ask(bot, privately(bot), DOUBTFUL)).text).toBe(await without(DOUBTFUL));
  });
});

describe('a model that is not well', () => {
  it('is left alone after a few faults, which the owner is told of once, and asked again later', async () => {
    let at = Date.now();
    const bot = await botWith(fails(500), { OWNER_IDS: String(OWNER) }, { now: () => at });
    const owner = bot.emulator.places.user({ id: OWNER });
    const office = bot.emulator.places.privateChat(owner);
    const from = service.asked.length;
    const questions = ['甲', '乙', '丙', '丁', '戊'].map((name) => `听${name}说${DOUBTFUL}`);
    for (const question of questions) {
      expect(only(await ask(bot, privately(bot), question)).text).toBe(await without(question));
    }
    expect(service.asked.length - from).toBe(3);
    expect(bot.warnings.filter((warning) => warning.startsWith('模型用不了'))).toHaveLength(1);
    await bot.settled();
    expect(only(bot.emulator.watch.fromBot(office)).text).toMatch(/^模型 m（127\.0\.0\.1:\d+）出了故障，先不用它/);
    at += 60_000;
    service.does(pointsAt(AREAS));
    expect(only(await ask(bot, privately(bot), DOUBTFUL)).text).toContain(FOUR);
    await bot.settled();
    expect(bot.emulator.watch.fromBot(office).at(-1)?.text).toContain('又能用了');
    expect(bot.warnings.join('\n')).not.toContain(KEY);
  });
});

describe('order', () => {
  it('holds for what one person is told in a chat, and holds up nobody else', async () => {
    const bot = await botWith(hangs);
    const other = bot.emulator.places.user({ first_name: '小张', language_code: 'zh-hans' });
    const user = bot.emulator.places.user({ first_name: '小李', language_code: 'zh-hans' });
    const chat = bot.emulator.places.supergroup({ members: [user, other] });
    const { release, behaviour } = gate(pointsAt(AREAS));
    service.does(behaviour);
    const first = bot.emulator.people.say(chat, user, `@wence_bot ${DOUBTFUL}`);
    const second = bot.emulator.people.say(chat, user, `@wence_bot ${SURE}`);
    const theirs = bot.emulator.people.say(chat, other, `@wence_bot ${SURE}`);
    const answered = await bot.emulator.watch.nextFromBot(chat, 30_000);
    expect(answered.reply_to_message?.message_id).toBe(theirs.message_id);
    release();
    await bot.settled();
    const order = bot.emulator.watch.fromBot(chat).map(({ reply_to_message }) => reply_to_message?.message_id);
    expect(order).toEqual([theirs.message_id, first.message_id, second.message_id]);
  });
});

describe('an edited question', () => {
  it('that still waits is answered once, as it reads now', async () => {
    const bot = await botWith(hangs);
    const { chat, user } = privately(bot);
    const { release, behaviour } = gate(pointsAt(AREAS));
    service.does(behaviour);
    const from = service.asked.length;
    const asked = bot.emulator.people.say(chat, user, DOUBTFUL);
    await until(() => service.asked.length > from);
    bot.emulator.people.edit(asked, SURE);
    await bot.emulator.watch.nextFromBot(chat, 30_000);
    release();
    await bot.settled();
    expect(only(bot.emulator.watch.fromBot(chat)).text).toContain('定期组织体检');
  });

  it('edits its one answer by what the model points at', async () => {
    const bot = await botWith(pointsAt(AREAS));
    const { chat, user } = privately(bot);
    const asked = bot.emulator.people.say(chat, user, SURE);
    await bot.settled();
    bot.emulator.people.edit(asked, DOUBTFUL);
    await bot.settled();
    expect(only(bot.emulator.watch.fromBot(chat)).text).toContain(FOUR);
    bot.emulator.people.edit(asked, `${DOUBTFUL}？`);
    await bot.settled();
    expect(bot.emulator.watch.calls('editMessageText')).toHaveLength(1);
  });
});

describe('what it costs', () => {
  it('is nothing for a question that was asked before, however it is folded, also after a restart', async () => {
    const bot = await botWith(pointsAt(AREAS));
    const from = service.asked.length;
    await ask(bot, privately(bot), DOUBTFUL);
    service.does(fails(500));
    expect(only(await ask(bot, privately(bot), DOUBTFUL.replace('，', ','))).text).toContain(FOUR);
    await bot.restart();
    expect(only(await ask(bot, privately(bot), DOUBTFUL)).text).toContain(FOUR);
    expect(service.asked.length - from).toBe(1);
  });

  it('is bounded for a day, and for a chat by a share of that', async () => {
    const bot = await botWith(says('{"answers":[]}'), { MODEL_DAILY_CALLS: '11' });
    const [mine, yours] = [privately(bot), privately(bot)];
    const from = service.asked.length;
    const questions = ['甲', '乙', '丙'].map((name) => `听${name}说${DOUBTFUL}`);
    for (const question of questions) await ask(bot, mine, question);
    expect(service.asked.length - from).toBe(2);
    await ask(bot, yours, questions[2] ?? '');
    expect(service.asked.length - from).toBe(3);
  });

  it('is nothing at all with no calls a day', async () => {
    const bot = await botWith(pointsAt(AREAS), { MODEL_DAILY_CALLS: '0' });
    const from = service.asked.length;
    expect(only(await ask(bot, privately(bot), DOUBTFUL)).text).toBe(await without(DOUBTFUL));
    expect(service.asked.length).toBe(from);
  });
});

describe('people are told', () => {
  it('by /sources that a model helps to find, which, and that it writes nothing', async () => {
    const bot = await botWith(pointsAt(AREAS));
    const text = (await ask(bot, privately(bot), '/sources')).map((message) => message.text).join('\n');
    expect(text).toContain(`模型 m（${new URL(service.url).host}）`);
    expect(text).toContain('回答里没有它写的字');
  });

  it('in /settings, where an admin of a group can switch it off, and on again', async () => {
    const bot = await botWith(pointsAt(AREAS));
    const { emulator } = bot;
    const admin = emulator.places.user({ first_name: '群主', language_code: 'zh-hans' });
    const chat = emulator.places.supergroup({ creator: admin });
    const room = { chat, user: admin };
    const card = only(await ask(bot, room, '/settings'));
    expect(card.text).toContain('拿不准时请模型帮忙找原文：开');
    await emulator.buttons.press(card, admin, dataOf(card, '不用模型'));
    await bot.settled();
    const changed = emulator.watch.message(chat, card.message_id)?.message as Message;
    expect(changed.text).toContain('拿不准时请模型帮忙找原文：关');
    const from = service.asked.length;
    expect(only(await ask(bot, room, `@wence_bot ${DOUBTFUL}`)).text).toBe(await without(DOUBTFUL));
    expect(service.asked.length).toBe(from);
    await emulator.buttons.press(changed, admin, dataOf(changed, '请模型帮忙找'));
    await bot.settled();
    expect(only(await ask(bot, room, `@wence_bot ${DOUBTFUL}`)).text).toContain(FOUR);
  });

  it('nothing where none is configured', async () => {
    harness = await startHarness();
    const room = privately(harness);
    const texts = [...(await ask(harness, room, '/sources')), ...(await ask(harness, room, '/settings'))];
    expect(texts.map(({ text }) => text).join('\n')).not.toContain('模型');
    expect(only(await ask(harness, room, DOUBTFUL)).text).toBe(await without(DOUBTFUL));
  });
});

/** Does nothing until it is released. */
function gate(behaviour: Behaviour): { release(): void; behaviour: Behaviour } {
  const { promise, resolve } = Promise.withResolvers<void>();
  return {
    release: resolve,
    async behaviour(response, request) {
      await promise;
      await behaviour(response, request);
    },
  };
}

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 2));
}
