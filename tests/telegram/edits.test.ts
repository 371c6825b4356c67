import { describe, expect, it } from 'vitest';
import { dataOf, type Harness, inGroup, only, privately, type Room, useBot } from './harness.ts';

const bot = useBot();
const ASK = '社区工作者有体检吗';
const OTHER = '外资可以独资做物联网平台吗';

/** Asks, edits the question to each text in turn, and returns our messages as they stand. */
async function edited({ chat, user }: Room, first: string, ...texts: readonly string[]) {
  const { emulator, settled } = bot();
  const asked = emulator.people.say(chat, user, first);
  await settled();
  for (const text of texts) {
    emulator.people.edit(asked, text);
    await settled();
  }
  return emulator.watch.fromBot(chat);
}

function edits({ emulator }: Harness, chatId: number): number {
  return emulator.watch.calls('editMessageText').filter(({ params }) => params.chat_id === chatId).length;
}

describe('an edited question', () => {
  it.each<[string, (harness: Harness) => Room, string, string, string]>([
    ['in private', privately, ASK, OTHER, '物联网平台服务'],
    ['that named us', inGroup, `@wence_bot ${ASK}`, `@wence_bot ${OTHER}`, '物联网平台服务'],
    ['by /ask', inGroup, `/ask ${ASK}`, `/ask ${OTHER}`, '物联网平台服务'],
    ["by a document's command", inGroup, '/pilot 海南', '/pilot 深圳', '深圳'],
    ['from nothing found to an answer', privately, '红烧肉怎么做', ASK, '定期组织体检'],
    ['from an answer to nothing found', privately, ASK, '红烧肉怎么做', '原文里没有说到这个'],
  ])('%s edits our one answer', async (_, room, first, second, expected) => {
    const place = room(bot());
    const answer = only(await edited(place, first, second));
    expect(answer.text).toContain(expected);
    expect(edits(bot(), place.chat.id)).toBe(1);
  });

  it('keeps one answer through many edits, the last of which counts', async () => {
    const place = privately(bot());
    const answer = only(await edited(place, ASK, OTHER, '哪几个地区先试点', ASK, OTHER));
    expect(answer.text).toContain('物联网平台服务');
  });

  it('has an answer whose buttons go with the new one', async () => {
    const place = privately(bot());
    const answer = only(await edited(place, ASK, OTHER));
    const { buttons, watch } = bot().emulator;
    await buttons.press(answer, place.user, dataOf(answer, '看原文'));
    await buttons.press(
      answer,
      place.user,
      dataOf(watch.message(place.chat, answer.message_id)?.message ?? answer, '返回'),
    );
    const back = watch.message(place.chat, answer.message_id)?.message;
    expect([back?.text, back?.reply_markup]).toEqual([answer.text, answer.reply_markup]);
  });

  it.each<[string, (harness: Harness) => Room, string, string]>([
    ['to the same answer', privately, ASK, `${ASK}？`],
    ['that lost our name', inGroup, `@wence_bot ${ASK}`, OTHER],
    ['to a word of thanks in a group', inGroup, `@wence_bot ${ASK}`, '@wence_bot 谢谢'],
    ['to a bare command', inGroup, `/ask ${ASK}`, '/ask'],
  ])('%s changes nothing', async (_, room, first, second) => {
    const place = room(bot());
    only(await edited(place, first, second));
    expect(edits(bot(), place.chat.id)).toBe(0);
  });

  it.each<[string, (harness: Harness) => Room, string, string]>([
    ['that was not for us', inGroup, ASK, `@wence_bot ${ASK}`],
    ['of thanks in a group', inGroup, '@wence_bot 谢谢', `@wence_bot ${ASK}`],
  ])('a message %s stays without an answer', async (_, room, first, second) => {
    bot().emulator.setPrivacy(false);
    expect(await edited(room(bot()), first, second)).toEqual([]);
  });

  it('a caption too', async () => {
    const { chat, user } = privately(bot());
    const { emulator, settled } = bot();
    const asked = emulator.people.say(chat, user, ASK, { photo: true });
    await settled();
    emulator.people.edit(asked, OTHER);
    await settled();
    expect(only(emulator.watch.fromBot(chat)).text).toContain('物联网平台服务');
  });

  it('whose answer was deleted stays without one', async () => {
    const { chat, user } = privately(bot());
    const { emulator, settled, replies } = bot();
    const asked = emulator.people.say(chat, user, ASK);
    await settled();
    emulator.people.remove(only(emulator.watch.fromBot(chat)));
    expect(await replies(chat, () => emulator.people.edit(asked, OTHER))).toEqual([]);
  });

  it('before the answer was sent ends in the answer to what it says last', async () => {
    const { chat, user } = privately(bot());
    const { emulator, replies } = bot();
    const answer = only(await replies(chat, () => emulator.people.edit(emulator.people.say(chat, user, ASK), OTHER)));
    expect(emulator.watch.message(chat, answer.message_id)?.message.text).toContain('物联网平台服务');
  });
});
