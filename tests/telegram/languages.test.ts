import { describe, expect, it, vi } from 'vitest';
import { localeOf } from '../../src/messages/locale.ts';
import { buttonsOf, marked, only, privately, startHarness, useBot } from './harness.ts';

const bot = useBot();
const QUOTE =
  '二是在生活上关怀，关心社区工作者身心健康状况，定期组织体检和关爱活动，开展走访慰问，及时帮助社区工作者解决工作中的实际困难。';

describe("the reader's language", () => {
  it.each([
    [undefined, 'zh-Hans'],
    ['zh', 'zh-Hans'],
    ['zh-hans', 'zh-Hans'],
    ['zh-Hans-HK', 'zh-Hans'],
    ['zh-CN', 'zh-Hans'],
    ['zh-hant', 'zh-Hant'],
    ['zh-TW', 'zh-Hant'],
    ['zh-hk', 'zh-Hant'],
    ['zh-mo', 'zh-Hant'],
    ['yue', 'zh-Hant'],
    ['en', 'en'],
    ['en-GB', 'en'],
    ['ja', 'en'],
    ['', 'en'],
  ])('"%s" reads %s', (code, language) => {
    expect(localeOf(code).language).toBe(language);
  });

  it.each([
    ['zh-hans', '社区工作者有体检吗', '看原文', '身心健康与定期体检：', '出处：社区工作者《意见》答记者问（新华社）'],
    ['zh-hant', '社區工作者有體檢嗎', '看原文', '身心健康與定期體檢：', '出處：社區工作者《意見》答記者問（新華社）'],
    ['zh-tw', '社區工作者有體檢嗎', '看原文', '身心健康與定期體檢：', '出處：'],
    ['zh-hk', '社區工作者有體檢嗎', '看原文', '身心健康與定期體檢：', '出處：'],
    ['en', 'do community workers get a health check', 'In context', '', 'Source: '],
  ])('%s: labels in its script, the quote as published', async (code, ask, button, title, source) => {
    const { chat, user } = privately(bot(), code);
    const answer = only(await bot().replies(chat, () => bot().emulator.people.say(chat, user, ask)));
    expect(marked(answer, 'blockquote')).toEqual([QUOTE]);
    expect(buttonsOf(answer)[0]?.[0]).toBe(button);
    expect(answer.text?.startsWith(title)).toBe(true);
    expect(answer.text).toContain(`\n${source}`);
  });

  it.each([
    ['zh-hant', '/sources', '我引用的原文：', '大力加强社区工作者队伍建设 不断壮大城市基层治理骨干力量'],
    ['en', '/sources', 'The texts I quote', '大力加强社区工作者队伍建设 不断壮大城市基层治理骨干力量'],
    ['zh-hant', '/slogan', '\n—— ', '人民日报社全国平媒公益广告制作中心'],
  ])('%s %s names things as they are published', async (code, text, words, name) => {
    const { chat, user } = privately(bot(), code);
    const said = only(await bot().replies(chat, () => bot().emulator.people.say(chat, user, text)));
    expect(said.text).toContain(words);
    expect(said.text).toContain(name);
  });
});

describe('registration', () => {
  it('lists the commands in Chinese, and in English for English readers', () => {
    const { watch, places } = bot().emulator;
    const menu = (code: string) => {
      const user = places.user({ language_code: code });
      return Object.fromEntries(
        watch.menu(places.privateChat(user), user).map((each) => [each.command, each.description]),
      );
    };
    expect(menu('zh-hans')).toMatchObject({ ask: '提问：/ask 加问题', measures: '加强社区工作者队伍建设的举措' });
    expect(menu('fr')).toEqual(menu('zh-hans'));
    expect(menu('en')).toMatchObject({ measures: 'Measures for community workers', help: 'How to use' });
    expect(Object.keys(menu('en'))).toEqual(Object.keys(menu('zh-hans')));
    expect(watch.profile('zh').description).toContain('一字不改');
    expect(watch.profile('en').shortDescription).toContain('official');
  });

  it('when it is refused is a warning, and the bot answers all the same', async () => {
    const harness = await startHarness({
      before(emulator) {
        const refused = { kind: '400', description: 'BOT_COMMAND_INVALID' } as const;
        emulator.faults.add({ method: 'setMyCommands', times: 3, outcome: refused });
        emulator.faults.add({ method: 'setMyDescription', times: 3, outcome: { kind: '429', retryAfter: 600 } });
        emulator.faults.add({ method: 'setMyShortDescription', times: 3, outcome: { kind: 'drop-before' } });
      },
    });
    const { chat, user } = privately(harness);
    const say = () => harness.emulator.people.say(chat, user, '社区工作者有体检吗');
    expect(only(await harness.replies(chat, say)).text).toContain(QUOTE);
    const warnings = () => harness.warnings.filter((line) => line.startsWith('命令或简介没有登记上'));
    await vi.waitFor(() => expect(warnings()).toHaveLength(9), { timeout: 30_000 });
    await harness.close();
  });
});
