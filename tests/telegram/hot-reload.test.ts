import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { goodFiles, lines, QUESTIONS, temporaryFolder, writeFiles } from '../knowledge/folders.ts';
import { only, privately, startHarness } from './harness.ts';

const OWNER = { id: 78, is_bot: false, first_name: '主人' };

it('a folder that is edited while the bot runs: answers, commands, and what the owner is told', async () => {
  const folder = await temporaryFolder(goodFiles());
  const bot = await startHarness({ environment: { KNOWLEDGE_DIR: folder, OWNER_IDS: String(OWNER.id) } });
  try {
    const { emulator } = bot;
    emulator.places.user(OWNER);
    const owner = emulator.places.privateChat(OWNER);
    const room = privately(bot);
    const said = (text: string) => bot.replies(room.chat, () => emulator.people.say(room.chat, room.user, text));
    const commands = () => JSON.stringify(emulator.watch.calls('setMyCommands').at(-1)?.params);

    // Asked twice, so that the answer is remembered.
    for (const _ of [1, 2]) expect(only(await said('停车多少钱')).text).toContain('每月80元');

    const broken = emulator.watch.nextFromBot(owner, 50_000);
    await writeFile(join(folder, 'notice/questions.yaml'), QUESTIONS.replace('80元。', '70元。'));
    expect((await broken).text).toMatch(/没有生效.*\n· .*notice\/questions\.yaml:17:/s);
    expect(only(await said('停车多少钱')).text).toContain('每月80元');

    const mended = emulator.watch.nextFromBot(owner, 50_000);
    const source = lines(
      '---',
      'title: 快递须知',
      'command: { name: post, description: { zh: 快递, en: Parcels } }',
      '---',
      '',
      '快递放在门卫室，晚上八点前来取。',
    );
    await writeFiles(folder, {
      'notice/questions.yaml': QUESTIONS.replace('停车多少钱', '车位收多少'),
      'post/source.md': source,
    });
    expect((await mended).text).toContain('已经改好');
    while (!commands().includes('post')) await sleep(20);
    expect(only(await said('/post')).text).toContain('快递须知');
    expect(only(await said('车位收多少')).text).toContain('每月80元');
    expect(bot.warnings).toHaveLength(1);
  } finally {
    await bot.close();
  }
});
