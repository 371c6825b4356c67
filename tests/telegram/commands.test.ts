import type { Message } from '@grammyjs/types';
import { describe, expect, it } from 'vitest';
import { buttonsOf, dataOf, inGroup, marked, only, privately, type Room, startHarness, useBot } from './harness.ts';

const bot = useBot();

async function said({ chat, user }: Room, text: string): Promise<readonly Message[]> {
  return await bot().replies(chat, () => bot().emulator.people.say(chat, user, text));
}

describe('commands', () => {
  it.each([
    ['/start', '我是问策'],
    ['/help', '/measures 加强社区工作者队伍建设的举措'],
    ['/sources', '记者：王悦阳、张辛欣、张晓洁'],
    ['/ask', '请回复这条消息，写上问题，比如：'],
    ['/ask 哪几个地区先试点', '率先开展试点工作的地区'],
    ['/measures', '社区工作者《意见》答记者问'],
    ['/pilot', '增值电信扩大开放试点报道'],
    ['/slogan', '人民日报社全国平媒公益广告制作中心'],
    ['/settings', '这里的设置'],
    ['/nonsense', '没有这个命令'],
    ['/measures_', '没有这个命令'],
    ['/constructor', '没有这个命令'],
  ])('%s in private', async (text, reply) => {
    expect(only(await said(privately(bot()), text)).text).toContain(reply);
  });

  it.each(['/start', '/help', '/sources', '/ask', '/pilot', '/slogan', '/measures@wence_bot'])(
    '%s in a group',
    async (text) => {
      const asked = await said(inGroup(bot()), text);
      expect(only(asked).reply_to_message?.text).toBe(text);
    },
  );

  it("/ask in reply to somebody's message answers that message", async () => {
    const { chat, user } = inGroup(bot());
    const { emulator, replies } = bot();
    const asked = emulator.people.say(chat, user, '社区工作者有体检吗');
    const answer = only(await replies(chat, () => emulator.people.say(chat, user, '/ask', { replyTo: asked })));
    expect(answer.text).toContain('定期组织体检');
  });

  it("a document's command with words looks only there", async () => {
    const pilot = only(await said(privately(bot()), '/pilot 海南'));
    expect(marked(pilot, 'blockquote').join()).toContain('海南自由贸易港');
    const measures = only(await said(privately(bot()), '/measures 海南'));
    expect(measures.text).not.toContain('海南');
  });

  it('a new folder brings its command, in the menu too', async () => {
    const { temporaryFolder, goodFiles, SOURCE } = await import('../knowledge/folders.ts');
    const command = 'command:\n  name: notice\n  description: { zh: 物业公告, en: Notice }\n---\n\n电梯';
    const folder = await temporaryFolder(goodFiles({ 'notice/source.md': SOURCE.replace('---\n\n电梯', command) }));
    const harness = await startHarness({ environment: { KNOWLEDGE_DIR: folder } });
    const { chat, user } = privately(harness);
    const card = only(await harness.replies(chat, () => harness.emulator.people.say(chat, user, '/notice')));
    expect(buttonsOf(card).flat()).toEqual(['电梯', '停车']);
    const fee = only(await harness.replies(chat, () => harness.emulator.people.say(chat, user, '/notice 停车多少钱')));
    expect(marked(fee, 'blockquote')).toEqual(['“停车费”每月80元。']);
    await harness.close();
  });
});

describe('deep links', () => {
  it('open a quote', async () => {
    const { chat, user } = privately(bot());
    const { emulator, replies } = bot();
    const answer = only(await said({ chat, user }, '社区工作者有体检吗'));
    const key = dataOf(answer, '👍').slice(3);
    const opened = only(await replies(chat, () => emulator.people.start(user, `q-${key}`)));
    expect(marked(opened, 'blockquote')).toEqual(marked(answer, 'blockquote'));
  });

  it.each(['q-zzzzzzzzzz', 'q-', 'inline', 'x'.repeat(64), '--__--'])('with "%s" just begin', async (payload) => {
    const { chat, user } = privately(bot());
    const { emulator, replies } = bot();
    expect(only(await replies(chat, () => emulator.people.start(user, payload))).text).toContain('我是问策');
  });

  it('a bot that was blocked and is started again answers', async () => {
    const { chat, user } = privately(bot());
    const { emulator, replies } = bot();
    emulator.people.block(user);
    await bot().settled();
    expect(only(await replies(chat, () => emulator.people.start(user))).text).toContain('我是问策');
  });
});
