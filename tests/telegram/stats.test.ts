import { setTimeout as sleep } from 'node:timers/promises';
import type { Message } from '@grammyjs/types';
import { expect, it } from 'vitest';
import { dataOf, inGroup, only, privately, useBot } from './harness.ts';

const OWNER = 4545;
const DAY = 86_400_000;
let clock = Date.now();
const bot = useBot({ environment: { OWNER_IDS: String(OWNER) }, now: () => clock });

it('/stats tells an owner what was asked, answered, quoted and liked, in numbers and as a picture', async () => {
  const { emulator } = bot();
  const user = emulator.places.user({ id: OWNER, first_name: '管理员', language_code: 'zh-hans' });
  const chat = emulator.places.privateChat(user);
  const stats = () => bot().replies(chat, () => emulator.people.say(chat, user, '/stats'));
  expect(only(await stats()).text).toBe('最近 30 天还没有人提问。');

  const group = inGroup(bot());
  const ask = (question: string) =>
    bot().replies(group.chat, () => emulator.people.say(group.chat, group.user, `@wence_bot ${question}`));
  const answer = only(await ask('社区工作者有体检吗'));
  await emulator.buttons.pressData(answer, group.user, dataOf(answer, '👍'));
  await ask('火星上有几个社区');
  clock += DAY;
  await ask('社区工作者有体检吗');
  const said = (await stats()).find(({ text }) => text !== undefined) as Message;
  expect(said.text).toContain('提问 3 次，今天 1 次');
  expect(said.text).toMatch(/答上 2（67 %）/);
  expect(said.text).toMatch(/引用最多的文件：\n· .*社区工作者.*：2 次/);
  expect(said.text).toContain('👍 1　👎 0');
  expect(said.text).toMatch(/发出回答用时：一般 \d+\.\d 秒/);
  const pictured = () => emulator.watch.fromBot(chat).some(({ photo }) => photo !== undefined);
  while (!pictured()) await sleep(10);
  clock += 31 * DAY;
  expect((await stats()).at(0)?.text).toBe('最近 30 天还没有人提问。');
});

it('/stats is for owners alone', async () => {
  const { chat, user } = privately(bot());
  const said = only(await bot().replies(chat, () => bot().emulator.people.say(chat, user, '/stats')));
  expect(said.text).toContain('只有管理员');
});
