import type { Examples } from '../answering/examples.ts';
import { localeOf } from './locale.ts';

/** Who keeps the documents there, as OWNER_IDS names them elsewhere. */
export const OWNER_ID = 1;

/** Who asks our bot in the playground, and what its page says of it. */
export const PLAYGROUND = {
  bot: { first_name: '问策', username: 'wence_bot' },
  people: [
    {
      key: 'member',
      user: { first_name: '小林', username: 'xiaolin', language_code: 'zh-hans' },
      role: '成员',
      shortRole: '成员',
    },
    {
      key: 'admin',
      user: { first_name: '王姐', username: 'wangjie', language_code: 'zh-hans' },
      rank: 'administrator',
      role: '管理员',
      shortRole: '管理员',
    },
    {
      key: 'owner',
      user: { id: OWNER_ID, first_name: '陈主任', username: 'chenzhuren', language_code: 'zh-hans' },
      role: '机器人的管理员：可以发文件添加资料',
      shortRole: '管资料',
    },
    {
      key: 'anonymous',
      user: { first_name: '老周', username: 'laozhou', language_code: 'zh-hans' },
      rank: 'creator',
      anonymous: true,
      role: '匿名管理员',
      shortRole: '匿名管理',
    },
    {
      key: 'hongkong',
      user: { first_name: '嘉欣', username: 'kayan_hk', language_code: 'zh-hant' },
      role: '香港用户 · 繁體',
      shortRole: '繁體',
    },
    {
      key: 'english',
      user: { first_name: 'Emma', username: 'emma_w', language_code: 'en' },
      role: 'English speaker',
      shortRole: 'English',
    },
  ],
  groups: [{ title: '阳光社区居民群' }, { title: '阳光社区议事厅', topics: ['政策问答', '邻里闲聊'] }],
  words: {
    brand: '问策',
    brandNote: '体验',
    emptyGroup: '在群里 @ 机器人、回复它，或用命令提问。',
    emptyPrivate: '直接发问题就行，答案都是官方原文。',
  },
} as const;

/** What to try, by language code: questions that the loaded documents answer; none while there is no bot. */
export function playgroundExamples(examples: Examples | undefined): Readonly<Record<string, readonly string[]>> {
  const chinese = examples?.in('zh') ?? [];
  const english = examples?.in('en') ?? [];
  return {
    'zh-hans': chinese,
    'zh-hant': chinese.map(localeOf('zh-hant').label),
    en: english.length > 0 ? english : chinese,
  };
}
