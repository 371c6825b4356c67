import type { Message } from '@grammyjs/types';
import { describe, expect, it } from 'vitest';
import { buttonsOf, inGroup, marked, only, privately, type Room, useBot } from './harness.ts';

const bot = useBot();
const ASK = '社区工作者有体检吗';
const QUOTE =
  '二是在生活上关怀，关心社区工作者身心健康状况，定期组织体检和关爱活动，开展走访慰问，及时帮助社区工作者解决工作中的实际困难。';
const ANSWER = '关心社区工作者身心健康状况，定期组织体检和关爱活动';
const SOURCE = '出处：社区工作者《意见》答记者问（新华社） · 关心关爱社区工作者 · 第21段';

async function said({ chat, user }: Room, text: string): Promise<readonly Message[]> {
  return await bot().replies(chat, () => bot().emulator.people.say(chat, user, text));
}

function lastCall(method: string) {
  const call = bot().emulator.watch.calls(method).at(-1);
  if (!call) throw new Error(`no call of ${method}`);
  return call.params;
}

describe('an answer', () => {
  it('is a line, the quote, and where it stands, as text with entities', async () => {
    const answer = only(await said(privately(bot()), ASK));
    expect(answer.text).toBe(`身心健康与定期体检：${ANSWER}\n${QUOTE}\n${SOURCE}`);
    expect(answer.entities).toEqual([
      { type: 'bold', offset: 10, length: ANSWER.length },
      { type: 'blockquote', offset: 10 + ANSWER.length + 1, length: QUOTE.length },
    ]);
    expect(lastCall('sendMessage')).not.toHaveProperty('parse_mode');
  });

  it('has buttons to read on and to rate it, and below them at most a few to ask on', async () => {
    const [first, ...related] = buttonsOf(only(await said(privately(bot()), '外资可以独资做物联网平台吗')));
    expect(first).toEqual(['看原文', '👍', '👎']);
    expect(related.length).toBeLessThanOrEqual(3);
    for (const row of related) expect(row).toHaveLength(1);
  });

  it('replies to the question, and would be sent without it too; no link previews', async () => {
    const { chat, user } = privately(bot());
    const asked = bot().emulator.people.say(chat, user, ASK);
    await bot().settled();
    expect(lastCall('sendMessage')).toMatchObject({
      chat_id: chat.id,
      reply_parameters: { message_id: asked.message_id, allow_sending_without_reply: true },
      link_preview_options: { is_disabled: true },
    });
    expect(lastCall('sendMessage')).not.toHaveProperty('message_thread_id');
  });

  it('comes although the question was deleted meanwhile', async () => {
    const { chat, user } = privately(bot());
    const answer = only(
      await bot().replies(chat, () => bot().emulator.people.remove(bot().emulator.people.say(chat, user, ASK))),
    );
    expect(answer.reply_to_message).toBeUndefined();
    expect(marked(answer, 'blockquote')).toEqual([QUOTE]);
  });

  it('to a question for a whole section is folded, with every quote of it', async () => {
    const answer = only(await said(privately(bot()), '健全职业体系这一段的要点全部列出来'));
    const [quotes = ''] = marked(answer, 'expandable_blockquote');
    expect(quotes.length).toBeGreaterThan(240);
    expect(marked(answer, 'bold')).toEqual(['健全职业体系']);
  });
});

describe('what is not an answer', () => {
  it('what the text comes near to but does not say gets at most two of the nearest clauses, in words', async () => {
    const reply = only(await said(privately(bot()), '社区工作者一个月工资多少'));
    expect(reply.text).toMatch(/^原文没有直接说到这一点，最接近的原话是：\n/);
    expect(reply.text).toContain('要求各地科学设定社区工作者薪酬构成和岗位等级薪酬标准');
    expect(buttonsOf(reply).flat().length).toBeLessThanOrEqual(2);
  });

  it('two questions in one message get both answers, each with its source', async () => {
    const reply = only(await said(privately(bot()), '社区工作者的合同跟谁签？定期体检有没有？'));
    expect(reply.text).toContain('原则上由街道（乡镇）与社区工作者依法签订劳动合同');
    expect(reply.text).toContain('定期组织体检');
    expect(reply.text?.match(/出处：/g)).toHaveLength(2);
  });

  it('a message that leans on the one before is understood by it, for two minutes', async () => {
    const chat = privately(bot());
    await said(chat, '增值电信试点有哪些地区');
    const next = only(await said(chat, '那青岛呢'));
    expect(next.text).toContain('海南自由贸易港');
  });

  it('what the texts say nothing of gets that said, and what there is', async () => {
    const reply = only(await said(privately(bot()), '红烧肉怎么做'));
    expect(reply.text).toContain('原文里没有说到这个');
    expect(reply.text).toContain('增值电信扩大开放试点报道');
    expect(buttonsOf(reply)).toEqual([]);
  });

  it.each([
    ['你好', '你好！'],
    ['谢谢', '不客气'],
    ['你是谁', '我是问策'],
  ])('"%s" in private gets a word in return', async (text, reply) => {
    expect(only(await said(privately(bot()), text)).text).toContain(reply);
  });

  it.each(['谢谢', '好的，收到'])('"%s" in a group gets none', async (text) => {
    expect(await said(inGroup(bot()), `@wence_bot ${text}`)).toEqual([]);
  });
});

describe('topics', () => {
  it('the answer stands in the topic of the question', async () => {
    const { chat, user } = inGroup(bot(), { forum: true });
    const { emulator } = bot();
    const [first, second] = [emulator.rule.openTopic(chat, '一号楼'), emulator.rule.openTopic(chat, '二号楼')];
    const answers = await bot().replies(chat, () => {
      emulator.people.say(chat, user, `@wence_bot ${ASK}`, { topic: second });
      emulator.people.say(chat, user, `@wence_bot ${ASK}`, { topic: first });
    });
    expect(answers.map(({ message_thread_id }) => message_thread_id)).toEqual([second, first]);
  });

  it('in General no thread is named', async () => {
    const answer = only(await said(inGroup(bot(), { forum: true }), `@wence_bot ${ASK}`));
    expect(answer.is_topic_message).toBeUndefined();
    expect(lastCall('sendMessage')).not.toHaveProperty('message_thread_id');
  });

  it('in a group without topics the thread id of a reply is not sent back', async () => {
    const { chat, user } = inGroup(bot());
    const first = only(await said({ chat, user }, `@wence_bot ${ASK}`));
    const asked = bot().emulator.people.say(chat, user, '哪几个地区先试点', { replyTo: first });
    expect(asked).toHaveProperty('message_thread_id');
    await bot().settled();
    expect(lastCall('sendMessage')).toMatchObject({ reply_parameters: { message_id: asked.message_id } });
    expect(lastCall('sendMessage')).not.toHaveProperty('message_thread_id');
  });

  it('when the topic was closed meanwhile, the answer does not spill into General', async () => {
    const { chat, user } = inGroup(bot(), { forum: true });
    const { emulator } = bot();
    const topic = emulator.rule.openTopic(chat, '三号楼');
    const answers = await bot().replies(chat, () => {
      emulator.people.say(chat, user, `@wence_bot ${ASK}`, { topic });
      emulator.rule.closeTopic(chat, topic);
    });
    expect(answers).toEqual([]);
    expect(only(await said({ chat, user }, `@wence_bot ${ASK}`)).is_topic_message).toBeUndefined();
  });

  it('when the topic was deleted meanwhile, neither', async () => {
    const { chat, user } = inGroup(bot(), { forum: true });
    const { emulator } = bot();
    const topic = emulator.rule.openTopic(chat, '四号楼');
    const answers = await bot().replies(chat, () => {
      emulator.people.say(chat, user, `@wence_bot ${ASK}`, { topic });
      emulator.rule.deleteTopic(chat, topic);
    });
    expect(answers).toEqual([]);
  });
});
