import type { SmallTalk } from '../answering/answer.ts';
import type { Labelled } from '../evaluation/labelled.ts';
import type { Figures, Verdict } from '../evaluation/score.ts';
import type { Library } from '../knowledge/document.ts';

/** What the bot says in a chat. Chinese is written in simplified characters; `locale.ts` makes the traditional from it. */
export interface Wording {
  readonly answerFor: (title: string) => string;
  readonly source: (label: string, publisher: string | undefined, section: string, paragraph: number) => string;
  readonly related: string;
  readonly relatedInstead: string;
  readonly uncovered: (topics: readonly string[]) => string;
  readonly empty: string;
  readonly smallTalk: Readonly<Record<SmallTalk, string>>;
  readonly askUsage: string;
  readonly buttons: {
    readonly original: string;
    readonly earlier: string;
    readonly later: string;
    readonly back: string;
    readonly sections: string;
    readonly whole: string;
    readonly helpful: string;
    readonly unhelpful: string;
  };
  readonly start: (topics: readonly string[]) => string;
  readonly help: (commands: readonly (readonly [name: string, description: string])[], username: string) => string;
  readonly sources: string;
  readonly sourceAbout: (about: readonly string[]) => string;
  readonly sourceBy: (publisher: string, reporters: readonly string[]) => string;
  readonly sourceDate: (event: string, date: string) => string;
  readonly sourceCommand: (name: string) => string;
  readonly topic: (title: string, sections: number, points: number) => string;
  readonly topicHint: (command: string) => string;
  readonly sectionHint: string;
  readonly originalOf: (label: string, from: number, to: number, all: number) => string;
  readonly gone: string;
  readonly noSlogan: string;
  readonly slogan: (maker: string) => string;
  readonly commands: Readonly<Record<'start' | 'help' | 'ask' | 'sources' | 'slogan', string>>;
  readonly describeBot: string;
}

export const CHINESE: Wording = {
  answerFor: (title) => `${title}：`,
  source: (label, publisher, section, paragraph) =>
    `出处：${label}${publisher ? `（${publisher}）` : ''} · ${section} · 第${paragraph}段`,
  related: '相关问题',
  relatedInstead: '原文没有直接说到这一点，最接近的原话是：',
  uncovered: (topics) => `原文里没有说到这个。我能引用的是：\n${topics.map((topic) => `· ${topic}`).join('\n')}`,
  empty: '请用文字提问，比如：社区工作者的劳动合同跟谁签？',
  smallTalk: {
    greeting: '你好！想问什么政策，直接发问题就行，我用原文回答。',
    thanks: '不客气，能帮上就好。',
    identity: '我是问策，一个只引用官方原文的问答机器人：答案一字不改，附出处；原文没说的，我会直说。发 /help 看用法。',
    acknowledgement: '好的。',
  },
  askUsage: '请在命令后面写上问题，比如：/ask 社区工作者有体检吗',
  buttons: {
    original: '看原文',
    earlier: '◂ 上一段',
    later: '下一段 ▸',
    back: '返回',
    sections: '全部主题',
    whole: '整段原文',
    helpful: '👍',
    unhelpful: '👎',
  },
  start: (topics) =>
    `我是问策，用官方原文回答政策问题：一字不改，附出处；原文没说的，我会直说。\n\n可以问的有：\n${topics
      .map((topic) => `· ${topic}`)
      .join('\n')}\n\n直接发问题试试，比如：社区工作者的劳动合同跟谁签？`,
  help: (commands, username) =>
    `怎么用\n· 私聊：直接发问题\n· 群里：@${username} 加问题，或回复我的消息，或用 /ask\n· 错别字、繁体、英文也能看懂\n\n命令\n${commands
      .map(([name, description]) => `/${name} ${description}`)
      .join('\n')}`,
  sources: '我引用的原文：',
  sourceAbout: (about) => `关于：${about.join('、')}`,
  sourceBy: (publisher, reporters) =>
    `发布：${publisher}${reporters.length > 0 ? `　记者：${reporters.join('、')}` : ''}`,
  sourceDate: (event, date) => `${event}：${date}`,
  sourceCommand: (name) => `浏览：/${name}`,
  topic: (title, sections, points) => `${title}\n共${sections}个主题、${points}个要点，点开看原话。`,
  topicHint: (command) => `也可以直接查：/${command} 加关键词`,
  sectionHint: '点开看原话：',
  originalOf: (label, from, to, all) => `${label} · ${from === to ? `第${from}段` : `第${from}—${to}段`}（共${all}段）`,
  gone: '这个按钮已经过期，请重新提问。',
  noSlogan: '今天没有标语。',
  slogan: (maker) => `—— ${maker}`,
  commands: {
    start: '开始使用',
    help: '使用说明',
    ask: '提问：/ask 加问题',
    sources: '引用了哪些原文',
    slogan: '今天的公益标语',
  },
  describeBot: '用官方原文回答政策问题：一字不改，附出处；原文没说的会直说。可在群里 @我 提问。',
};

export const ENGLISH: Wording = {
  answerFor: (title) => `${title}: `,
  source: (label, publisher, section, paragraph) =>
    `Source: ${label}${publisher ? ` (${publisher})` : ''} · ${section} · ¶${paragraph}`,
  related: 'Related',
  relatedInstead: 'The sources do not state this. The closest clauses, in their own words:',
  uncovered: (topics) =>
    `The sources say nothing about this. I can quote:\n${topics.map((topic) => `· ${topic}`).join('\n')}`,
  empty: 'Please ask in words, for example: Who do community workers sign their labour contract with?',
  smallTalk: {
    greeting: 'Hello! Just send your policy question; I answer with the words of the sources.',
    thanks: 'You are welcome.',
    identity:
      'I am Wence. I only quote official texts, word for word and with the source, and I say so when they are silent. Send /help to see how.',
    acknowledgement: 'OK.',
  },
  askUsage: 'Write your question after the command, for example: /ask Do community workers get health checks?',
  buttons: {
    original: 'In context',
    earlier: '◂ Previous',
    later: 'Next ▸',
    back: 'Back',
    sections: 'All topics',
    whole: 'Whole passage',
    helpful: '👍',
    unhelpful: '👎',
  },
  start: (topics) =>
    `I am Wence. I answer policy questions with the words of official texts, unaltered and with the source, and say so when they are silent.\n\nYou can ask about:\n${topics
      .map((topic) => `· ${topic}`)
      .join('\n')}\n\nTry: Who do community workers sign their labour contract with?`,
  help: (commands, username) =>
    `How to use\n· In private: just send your question\n· In a group: @${username} and your question, or reply to me, or /ask\n· The texts are Chinese; short English questions work\n\nCommands\n${commands
      .map(([name, description]) => `/${name} ${description}`)
      .join('\n')}`,
  sources: 'The texts I quote:',
  sourceAbout: (about) => `About: ${about.join(', ')}`,
  sourceBy: (publisher, reporters) =>
    `Published by ${publisher}${reporters.length > 0 ? `; reporters: ${reporters.join(', ')}` : ''}`,
  sourceDate: (event, date) => `${event}: ${date}`,
  sourceCommand: (name) => `Browse: /${name}`,
  topic: (title, sections, points) => `${title}\n${sections} topics, ${points} points, each in its own words.`,
  topicHint: (command) => `Or search: /${command} and a keyword`,
  sectionHint: 'Open one to read the words:',
  originalOf: (label, from, to, all) => `${label} · ¶${from === to ? from : `${from}–${to}`} of ${all}`,
  gone: 'This button has expired; please ask again.',
  noSlogan: 'There is no slogan today.',
  slogan: (maker) => `—— ${maker}`,
  commands: {
    start: 'Start',
    help: 'How to use',
    ask: 'Ask: /ask and your question',
    sources: 'The texts that are quoted',
    slogan: "Today's slogan",
  },
  describeBot:
    'Answers policy questions with the words of official Chinese texts, unaltered and with the source. Mention me in a group to ask.',
};

/** What the commands of the terminal say. */
export const CLI = {
  commands: (names: readonly string[]) => `请写上命令：${names.join('、')}。例：npm run -s ask -- "社区工作者有体检吗"`,
  usage: (usage: string) => `用法：${usage}`,
  unreadable: (file: string, reason: string) => `读不了 ${file}：${reason}`,
  isFolder: '这是一个文件夹。',
  badRow: (file: string, line: number) => `${file}:${line} 这一行不是 {"id", "question"} 形式的 JSON，已跳过。`,
  badLabelled: (file: string, line: number, reason: string) => `${file}:${line} 不是带标注的问题：${reason}`,
  prompt: '问> ',
  welcome: '问策。直接输入问题，Ctrl+D 退出。',
  checked: ({ documents }: Library, errors: number, warnings: number) => {
    const sections = documents.flatMap((document) => document.sections);
    const points = sections.flatMap((section) => section.points);
    const phrasings = [...sections, ...points].reduce((sum, { ask }) => sum + ask.length, 0);
    const found = errors + warnings === 0 ? '没有问题' : `${errors} 处错误，${warnings} 处提醒`;
    return `${documents.length} 份文件，${points.length} 个要点，${phrasings} 种问法：${found}。`;
  },
} as const;

const percent = (share: number) => `${(100 * share).toFixed(1)} %`;

const VERDICTS: Readonly<Record<Verdict, string>> = { right: '不完整', wrong: '答错', abstained: '未答' };

export const EVALUATION = {
  columns: ['类别', '题数', '答对', '答错', '未答', '完整'],
  figures: ({ right, wrong, abstained, complete }: Figures) =>
    `可答的答对 ${percent(right)}，全部中答错 ${percent(wrong)}，不可答的未答 ${percent(abstained)}，整段完整 ${percent(complete)}`,
  failures: (count: number) => `不合要求的 ${count} 题：`,
  failure: ({ id, kind, question }: Labelled, verdict: Verdict, confidence: number, quote: string) =>
    `${VERDICTS[verdict]} ${confidence.toFixed(2)} ${id} [${kind}] ${question}${quote === '' ? '' : `\n    → ${quote}`}`,
} as const;
