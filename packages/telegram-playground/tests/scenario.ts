import type { Scenario } from '../src/scenario.ts';

/** A group and a forum, and people of every kind that the page shows. */
export const SCENARIO: Scenario = {
  bot: { first_name: '小助手', username: 'test_bot' },
  people: [
    { key: 'member', user: { first_name: '小林', language_code: 'zh-hans' }, role: '成员', shortRole: '成员' },
    {
      key: 'admin',
      user: { first_name: '王姐', language_code: 'zh-hans' },
      rank: 'administrator',
      role: '管理员',
      shortRole: '管理员',
    },
    {
      key: 'anonymous',
      user: { first_name: '老周', language_code: 'zh-hans' },
      rank: 'creator',
      anonymous: true,
      role: '匿名管理员',
      shortRole: '匿名管理',
    },
    {
      key: 'hongkong',
      user: { first_name: '嘉欣', language_code: 'zh-hant' },
      role: '香港用户 · 繁體',
      shortRole: '繁體',
    },
    {
      key: 'english',
      user: { first_name: 'Emma', language_code: 'en' },
      role: 'English speaker',
      shortRole: 'English',
    },
  ],
  groups: [{ title: '阳光社区居民群' }, { title: '阳光社区议事厅', topics: ['政策问答', '邻里闲聊'] }],
  morning: '08:29',
  words: {
    brand: '小助手',
    brandNote: '体验',
    emptyGroup: '在群里 @ 机器人、回复它，或用命令提问。',
    emptyPrivate: '直接发问题就行，答案都是官方原文。',
    examples: {
      'zh-hans': ['社区工作者的劳动合同跟谁签？', '哪些地方可以开展电信开放试点？', '社区工作者有体检吗？'],
      'zh-hant': ['社區工作者的勞動合約跟誰簽？', '哪些地方可以開展電信開放試點？', '社區工作者有體檢嗎？'],
      en: ['Who do community workers sign their labour contract with?', 'Which areas join the telecom pilot?'],
    },
  },
};
