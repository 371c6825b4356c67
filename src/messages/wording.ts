import type { SmallTalk } from '../answering/answer.ts';
import type { Library } from '../knowledge/document.ts';
import type { Fault } from '../model/endpoint.ts';
import type { Doubtful } from '../pointing/doubtful.ts';

/** What the bot says in a chat. Chinese is written in simplified characters; `locale.ts` makes the traditional from it. */
export interface Wording {
  readonly answerFor: (title: string) => string;
  /** `issued` is by whom, under which number and when, as far as it is known; `place` where in the document it stands. */
  readonly source: (label: string, issued: readonly string[], place: string) => string;
  readonly paragraph: (number: number) => string;
  /** What stands above words that do not hold as they stand. */
  readonly standing: {
    readonly superseded: (successor: string) => string;
    readonly expired: (date: string) => string;
    readonly upcoming: (date: string) => string;
  };
  readonly related: string;
  readonly relatedInstead: string;
  readonly unqualified: string;
  readonly perhaps: string;
  readonly partly: string;
  readonly uncovered: (topics: readonly string[]) => string;
  readonly unsure: (topics: readonly string[]) => string;
  /** `example` is a question that the loaded documents answer. */
  readonly empty: (example: string | undefined) => string;
  readonly smallTalk: Readonly<Record<SmallTalk, string>>;
  /** Opens a reply: what is written there is asked. */
  readonly askPrompt: (example: string | undefined) => string;
  /** In the empty field of that reply, at most 64 characters. */
  readonly askPlaceholder: string;
  /** For a voice message, a sticker, a photo without words. */
  readonly readsWords: (example: string | undefined) => string;
  readonly readsNoForwards: string;
  readonly buttons: {
    readonly original: string;
    readonly earlier: string;
    readonly later: string;
    readonly back: string;
    readonly sections: string;
    readonly outline: string;
    readonly whole: string;
    readonly helpful: string;
    readonly unhelpful: string;
  };
  /** `username` is ours where one must be named to be asked: in a group. */
  readonly start: (topics: readonly string[], example: string | undefined, username: string | undefined) => string;
  readonly help: (commands: readonly (readonly [name: string, description: string])[], username: string) => string;
  readonly sources: string;
  /** `shown` is how many of them have a button. */
  readonly sourcesCut: (shown: number) => string;
  /** A model helps to find, and the service that runs it. */
  readonly sourcesHelper: (model: string, host: string) => string;
  readonly sourceAbout: (about: readonly string[]) => string;
  readonly sourceBy: (publisher: string, reporters: readonly string[]) => string;
  readonly sourceNumber: (number: string) => string;
  readonly sourcePublished: (date: string) => string;
  readonly sourceEffective: (date: string) => string;
  readonly sourceExpires: (date: string) => string;
  readonly sourceDate: (event: string, date: string) => string;
  readonly sourceCommand: (name: string) => string;
  readonly topic: (sections: number, points: number) => string;
  readonly topicHint: (command: string) => string;
  readonly sectionHint: string;
  /** `shown` is how many of all are listed. */
  readonly outline: (all: number, shown: number) => string;
  /** What stands above the first heading. */
  readonly opening: string;
  readonly originalOf: (label: string, first: number, last: number, all: number) => string;
  readonly gone: string;
  readonly tooMany: string;
  readonly unknownCommand: string;
  readonly askInPrivate: string;
  readonly voted: (standing: 'up' | 'down' | undefined) => string;
  readonly hello: (username: string, seesAll: boolean, example: string | undefined) => string;
  readonly muted: (title: string) => string;
  readonly adminsOnly: string;
  readonly settings: Settings;
  readonly noSlogan: string;
  /** No document brings any. */
  readonly noSlogans: string;
  readonly stopped: (isPrivate: boolean) => string;
  readonly commands: Readonly<
    Record<'start' | 'help' | 'ask' | 'sources' | 'slogan' | 'subscribe' | 'unsubscribe' | 'settings', string>
  >;
  /** At most 512 characters. */
  readonly describeBot: string;
  /** At most 120 characters. */
  readonly describeBotShortly: string;
}

/** What is said about a chat's settings and its daily slogan. */
export interface Settings {
  readonly title: string;
  readonly ambient: (on: boolean) => string;
  /** Where ambient answers are on and only what is addressed to us can be seen. */
  readonly deaf: string;
  readonly slogan: (time: string | null) => string;
  readonly model: (on: boolean) => string;
  readonly short: (on: boolean) => string;
  readonly documents: (answering: number, all: number) => string;
  readonly whichDocuments: string;
  /** Nobody is answered until then; undefined: for good. */
  readonly silent: (until: string | undefined) => string;
  readonly form: (form: 'text' | 'poster') => string;
  readonly places: Readonly<Record<'chat' | 'group' | 'general' | 'topic', string>> & {
    readonly named: (name: string) => string;
    readonly other: (url: string) => string;
  };
  readonly place: (place: string) => string;
  readonly next: (at: string) => string;
  /** In the place of `next`, where the topic refuses it. */
  readonly sloganOff: string;
  readonly zone: (timeZone: string) => string;
  readonly buttons: Readonly<
    Record<
      | 'ambient'
      | 'quiet'
      | 'model'
      | 'modelless'
      | 'text'
      | 'poster'
      | 'unsubscribe'
      | 'short'
      | 'full'
      | 'documents'
      | 'silentday'
      | 'silent'
      | 'speak',
      string
    >
  >;
  readonly subscribed: (time: string) => string;
  readonly unsubscribe: string;
  readonly unsubscribed: string;
  readonly notSubscribed: string;
  readonly badTime: string;
  readonly badZone: string;
  readonly ambiguousZone: (name: string, meant: readonly string[]) => string;
  readonly reversedZone: (name: string, offset: string, other: string) => string;
}

export const CHINESE: Wording = {
  answerFor: (title) => `${title}：`,
  source: (label, issued, place) => `出处：${label}${issued.length > 0 ? `（${issued.join('，')}）` : ''} · ${place}`,
  paragraph: (number) => `第${number}段`,
  standing: {
    superseded: (successor) => `⚠️ 这份文件已被取代，请以《${successor.replace(/^《|》$/g, '')}》为准。`,
    expired: (date) => `⚠️ 这份文件的有效期到 ${date} 为止，现已过期。`,
    upcoming: (date) => `⚠️ 这份文件从 ${date} 起施行，现在还没有生效。`,
  },
  related: '相关问题',
  relatedInstead: '原文没有直接说到这一点，最接近的原话是：',
  unqualified: '原文只说到：',
  perhaps: '拿不准，最可能是这几处：',
  partly: '另外那一问没找到有把握的原文，请单独再问一次。',
  uncovered: (topics) => `原文里没有说到这个。我能引用的是：\n${topics.map((topic) => `· ${topic}`).join('\n')}`,
  unsure: (topics) =>
    `没找到有把握的原文，可以换个说法再问。我能引用的是：\n${topics.map((topic) => `· ${topic}`).join('\n')}`,
  empty: (example) => (example === undefined ? '请用文字提问。' : `请用文字提问，比如：${example}`),
  smallTalk: {
    greeting: '你好！想问什么政策，直接发问题就行，我用原文回答。',
    thanks: '不客气，能帮上就好。',
    identity: '我是问策，一个只引用官方原文的问答机器人：答案一字不改，附出处；原文没说的，我会直说。发 /help 看用法。',
    acknowledgement: '好的。',
  },
  askPrompt: (example) => `想问什么？请回复这条消息，写上问题${example === undefined ? '。' : `，比如：${example}`}`,
  askPlaceholder: '写下问题',
  readsWords: (example) => `我只看得懂文字，请把问题打出来${example === undefined ? '。' : `，比如：${example}`}`,
  readsNoForwards: '转发来的消息我不当作提问。想问里面的内容，请回复那条消息并发 /ask，或直接打字问我。',
  buttons: {
    original: '看原文',
    earlier: '◂ 上一段',
    later: '下一段 ▸',
    back: '返回',
    sections: '全部主题',
    outline: '目录',
    whole: '整段原文',
    helpful: '👍',
    unhelpful: '👎',
  },
  start: (topics, example, username) =>
    `我是问策，用官方原文回答政策问题：一字不改，附出处；原文没说的，我会直说。\n\n可以问的有：\n${topics
      .map((topic) => `· ${topic}`)
      .join('\n')}\n\n${
      username === undefined
        ? `直接发问题试试${example === undefined ? '。' : `，比如：${example}`}`
        : `在群里 @${username} 后空一格写问题${example === undefined ? '。' : `，比如：@${username} ${example}`}`
    }`,
  help: (commands, username) =>
    `怎么用\n· 私聊：直接发问题\n· 群里：@${username} 后空一格写问题，或回复我的消息，或用 /ask\n· 错别字、繁体、英文也能看懂\n\n命令\n${commands
      .map(([name, description]) => `/${name} ${description}`)
      .join('\n')}`,
  sources: '我引用的原文：',
  sourcesCut: (shown) => `下面可以点开前${shown}份，其余请直接提问。`,
  sourcesHelper: (model, host) =>
    `拿不准时，我会把问题（号码已隐去）发给模型 ${model}（${host}），请它指出是哪几句原文。它只帮忙找，回答里没有它写的字。`,
  sourceAbout: (about) => `关于：${about.join('、')}`,
  sourceBy: (publisher, reporters) =>
    `发布：${publisher}${reporters.length > 0 ? `　记者：${reporters.join('、')}` : ''}`,
  sourceNumber: (number) => `文号：${number}`,
  sourcePublished: (date) => `发布日期：${date}`,
  sourceEffective: (date) => `施行：${date} 起`,
  sourceExpires: (date) => `有效期至：${date}`,
  sourceDate: (event, date) => `${event}：${date}`,
  sourceCommand: (name) => `浏览：/${name}`,
  topic: (sections, points) => `共${sections}个主题、${points}个要点，点开看原话。`,
  topicHint: (command) => `也可以直接查：/${command} 加关键词`,
  sectionHint: '点开看原话：',
  outline: (all, shown) =>
    all === shown ? `目录共${all}项，点开看原话：` : `目录共${all}项，这里是前${shown}项，其余请直接提问。点开看原话：`,
  opening: '开头',
  originalOf: (label, first, last, all) =>
    `${label} · 第${first === last ? first : `${first}–${last}`}段（共${all}段）`,
  gone: '这个按钮已经过期，请重新提问。',
  tooMany: '问得有点快，请过一分钟再问。',
  unknownCommand: '没有这个命令。发 /help 看用法，或直接发问题。',
  askInPrivate: '私聊提问',
  voted: (standing) =>
    standing === undefined ? '已收回。' : standing === 'up' ? '谢谢，已记下。' : '已记下，会改进。',
  hello: (username, seesAll, example) =>
    `大家好，我是问策，用官方原文回答政策问题：一字不改，附出处。\n群里 @${username} 后空一格写问题${
      example === undefined ? '' : `，比如：@${username} ${example}`
    }\n也可以发 /ask 加问题，或回复我的消息。${
      seesAll
        ? '\n没叫我时我不出声；管理员可以在 /settings 里改。'
        : '\n我现在看不到没有 @我 的消息（隐私模式）。如果想让我也答没 @ 的问题：请群主把我设为管理员，再用 /settings 打开。'
    }`,
  muted: (title) => `我被加进了「${title}」，但没有发言权限。请群主在群设置的成员权限里允许我发消息。`,
  adminsOnly: '只有管理员能改这里的设置。',
  settings: {
    title: '这里的设置',
    ambient: (on) => `没 @我 的问题也回答：${on ? '开（只答有把握的）' : '关'}`,
    deaf: '⚠️ 打开也没有效果：我看不到没有 @我 的消息（隐私模式）。请群主把我设为管理员；或请机器人的主人在 @BotFather 关掉隐私模式，再把我移出群、重新拉进来。',
    model: (on) => `拿不准时请模型帮忙找原文：${on ? '开（问题会发给它；它只指出是哪几句，不写字）' : '关'}`,
    short: (on) => `回答：${on ? '简短（原文折起来，不列相关问题）' : '完整'}`,
    documents: (answering, all) =>
      `用来回答的文件：${answering === all ? `全部 ${all} 份` : `${answering} 份，共 ${all} 份`}`,
    whichDocuments: '在这里用哪些文件回答？点一下换：',
    silent: (until) => (until === undefined ? '⏸ 已停止回答' : `⏸ 暂停回答，到 ${until}`),
    slogan: (time) => `每日标语：${time === null ? '未订阅' : `每天 ${time}`}`,
    form: (form) => `标语形式：${form === 'poster' ? '海报' : '文字'}`,
    places: {
      chat: '这里',
      group: '本群',
      general: 'General 话题',
      topic: '这个话题',
      named: (name) => `「${name}」话题`,
      other: (url) => `另一个话题 ${url}`,
    },
    place: (place) => `发到：${place}`,
    next: (at) => `下一条：${at}`,
    sloganOff:
      '⚠️ 已停发：那个话题关闭或删除了，几天都发不进去。重新打开话题会自己恢复；要换地方，请在想发的话题里发 /subscribe。',
    zone: (timeZone) => `时区：${timeZone}（要改：/settings 加城市或时区名，比如 /settings 香港）`,
    buttons: {
      ambient: '没 @ 也回答',
      quiet: '只在被 @ 时回答',
      model: '请模型帮忙找',
      modelless: '不用模型',
      text: '标语改用文字',
      poster: '标语改用海报',
      unsubscribe: '退订标语',
      short: '回答简短些',
      full: '回答完整些',
      documents: '选文件…',
      silentday: '停一天',
      silent: '一直停',
      speak: '恢复回答',
    },
    subscribed: (time) => `已订阅：每天 ${time} 发一条公益标语。`,
    unsubscribe: '退订发 /unsubscribe',
    unsubscribed: '已退订每日标语。',
    notSubscribed: '这里没有订阅每日标语。订阅发 /subscribe 08:30',
    badTime: '看不懂这个时间。请写成 /subscribe 08:30 或 /subscribe 早上8点半',
    badZone: '不认识这个时区。请写城市或时区名，比如 /settings 北京 或 /settings Asia/Shanghai',
    ambiguousZone: (name, meant) =>
      meant.length > 1
        ? `「${name}」可能是好几个时区，请选一个：\n${meant.map((zone) => `/settings ${zone}`).join('\n')}`
        : `「${name}」是缩写，容易弄错。请发：/settings ${meant.join('')}`,
    reversedZone: (name, offset, other) =>
      `${name} 的正负号与平常相反，它其实是 ${offset}。\n要 ${other}，请发 /settings ${other}\n真要 ${offset}，请发 /settings ${offset}`,
  },
  noSlogan: '今天没有标语。',
  noSlogans: '这里没有配公益标语。',
  stopped: (isPrivate) =>
    isPrivate
      ? '好的，不再发每日标语。想再收，发 /subscribe；不想再看到我，把这个聊天停用就行。'
      : '好的，不再发每日标语，没 @我 的问题也不答。想改回来发 /settings；要我离开，请管理员把我移出群。',
  commands: {
    start: '开始使用',
    help: '使用说明',
    ask: '提问：/ask 加问题',
    sources: '引用了哪些原文，可以点开浏览',
    slogan: '今天的公益标语',
    subscribe: '订阅每日标语：/subscribe 08:30',
    unsubscribe: '退订每日标语',
    settings: '设置（群里限管理员）',
  },
  describeBot: '用官方原文回答政策问题：一字不改，附出处；原文没说的会直说。可在群里 @我 提问。',
  describeBotShortly: '用官方原文回答政策问题：一字不改，附出处。',
};

export const ENGLISH: Wording = {
  answerFor: (title) => `${title}: `,
  source: (label, issued, place) => `Source: ${label}${issued.length > 0 ? ` (${issued.join(', ')})` : ''} · ${place}`,
  paragraph: (number) => `¶${number}`,
  standing: {
    superseded: (successor) => `⚠️ This document has been replaced by ${successor}.`,
    expired: (date) => `⚠️ This document was in force until ${date} and no longer is.`,
    upcoming: (date) => `⚠️ This document takes effect on ${date} and is not in force yet.`,
  },
  related: 'Related',
  relatedInstead: 'The sources do not state this. The closest clauses, in their own words:',
  unqualified: 'The sources say no more than this:',
  perhaps: 'I am not sure. Most likely it is one of these:',
  partly: 'For the other question I found nothing that surely answers it; please ask it by itself.',
  uncovered: (topics) =>
    `The sources say nothing about this. I can quote:\n${topics.map((topic) => `· ${topic}`).join('\n')}`,
  unsure: (topics) =>
    `I found nothing that surely answers this; other words may help. I can quote:\n${topics.map((topic) => `· ${topic}`).join('\n')}`,
  empty: (example) => `Please ask in words${example === undefined ? '.' : `, for example: ${example}`}`,
  smallTalk: {
    greeting: 'Hello! Just send your policy question; I answer with the words of the sources.',
    thanks: 'You are welcome.',
    identity:
      'I am Wence. I only quote official texts, word for word and with the source, and I say so when they are silent. Send /help to see how.',
    acknowledgement: 'OK.',
  },
  askPrompt: (example) =>
    `What would you like to know? Reply to this message with your question${example === undefined ? '.' : `, for example: ${example}`}`,
  askPlaceholder: 'Your question',
  readsWords: (example) =>
    `I only read words. Please type your question${example === undefined ? '.' : `, for example: ${example}`}`,
  readsNoForwards:
    'I do not take forwarded messages for questions. To ask about one, reply to it with /ask, or type your question.',
  buttons: {
    original: 'In context',
    earlier: '◂ Previous',
    later: 'Next ▸',
    back: 'Back',
    sections: 'All topics',
    outline: 'Contents',
    whole: 'Whole passage',
    helpful: '👍',
    unhelpful: '👎',
  },
  start: (topics, example, username) =>
    `I am Wence. I answer policy questions with the words of official texts, unaltered and with the source, and say so when they are silent.\n\nYou can ask about:\n${topics
      .map((topic) => `· ${topic}`)
      .join('\n')}\n\n${
      username === undefined
        ? `Just send your question${example === undefined ? '.' : `, for example: ${example}`}`
        : `In a group write @${username}, then a space, then your question${example === undefined ? '.' : `: @${username} ${example}`}`
    }`,
  help: (commands, username) =>
    `How to use\n· In private: just send your question\n· In a group: @${username} and your question, or reply to me, or /ask\n· The texts are Chinese; short English questions work\n\nCommands\n${commands
      .map(([name, description]) => `/${name} ${description}`)
      .join('\n')}`,
  sources: 'The texts I quote:',
  sourcesHelper: (model, host) =>
    `Where I am not sure, I send the question (numbers masked) to the model ${model} (${host}), which points at sentences of these texts. It helps to find; no word of an answer is its own.`,
  sourcesCut: (shown) => `The first ${shown} can be opened below; ask for the rest.`,
  sourceAbout: (about) => `About: ${about.join(', ')}`,
  sourceBy: (publisher, reporters) =>
    `Published by ${publisher}${reporters.length > 0 ? `; reporters: ${reporters.join(', ')}` : ''}`,
  sourceNumber: (number) => `No.: ${number}`,
  sourcePublished: (date) => `Published on: ${date}`,
  sourceEffective: (date) => `In force from: ${date}`,
  sourceExpires: (date) => `In force until: ${date}`,
  sourceDate: (event, date) => `${event}: ${date}`,
  sourceCommand: (name) => `Browse: /${name}`,
  topic: (sections, points) => `${sections} topics, ${points} points, each in its own words.`,
  topicHint: (command) => `Or search: /${command} and a keyword`,
  sectionHint: 'Open one to read the words:',
  outline: (all, shown) =>
    all === shown
      ? `Contents (${all}). Open one to read the words:`
      : `Contents (the first ${shown} of ${all}; ask for the rest). Open one to read the words:`,
  opening: 'Opening',
  originalOf: (label, first, last, all) => `${label} · ¶${first === last ? first : `${first}–${last}`} of ${all}`,
  gone: 'This button has expired; please ask again.',
  tooMany: 'That was a little fast; please ask again in a minute.',
  unknownCommand: 'There is no such command. Send /help, or just your question.',
  askInPrivate: 'Ask in private',
  voted: (standing) =>
    standing === undefined ? 'Taken back.' : standing === 'up' ? 'Noted, thank you.' : 'Noted; we will improve it.',
  hello: (username, seesAll, example) =>
    `Hello, I am Wence. I answer policy questions with the words of official texts, unaltered and with the source.\nWrite @${username}, then a space, then your question${
      example === undefined ? '' : `: @${username} ${example}`
    }\nOr send /ask and your question, or reply to me.${
      seesAll
        ? '\nI am silent unless spoken to; admins can change that in /settings.'
        : '\nI cannot see messages that do not mention me (privacy mode). To let me answer those too: make me an admin, then switch it on in /settings.'
    }`,
  muted: (title) =>
    `I was added to "${title}" but may not write there. Please allow me to send messages in the group's permissions.`,
  adminsOnly: 'Only admins can change the settings here.',
  settings: {
    title: 'Settings of this chat',
    ambient: (on) => `Answer questions that do not mention me: ${on ? 'on (only when sure)' : 'off'}`,
    deaf: '⚠️ This has no effect now: I cannot see messages that do not mention me (privacy mode). Make me an admin of this group; or let my owner switch privacy mode off in @BotFather, then remove me from the group and add me again.',
    model: (on) =>
      `Where I am not sure, a model helps to find: ${on ? 'on (it is sent the question; it points at sentences and writes nothing)' : 'off'}`,
    short: (on) => `Answers: ${on ? 'short (the quote folded, nothing related)' : 'full'}`,
    documents: (answering, all) =>
      `Documents that answer here: ${answering === all ? `all ${all}` : `${answering} of ${all}`}`,
    whichDocuments: 'Which documents answer here? Press to switch:',
    silent: (until) => (until === undefined ? '⏸ I answer nobody here' : `⏸ I answer nobody here until ${until}`),
    slogan: (time) => `Daily slogan: ${time === null ? 'not subscribed' : `every day at ${time}`}`,
    form: (form) => `Slogan as: ${form}`,
    places: {
      chat: 'this chat',
      group: 'this group',
      general: 'the General topic',
      topic: 'this topic',
      named: (name) => `the topic "${name}"`,
      other: (url) => `another topic, ${url}`,
    },
    place: (place) => `Sent to: ${place}`,
    next: (at) => `The next one: ${at}`,
    sloganOff:
      '⚠️ Stopped: that topic was closed or deleted and refused it for days. It goes on once the topic is opened again; to move it, send /subscribe in another topic.',
    zone: (timeZone) =>
      `Time zone: ${timeZone} (to change it: /settings and a city or a zone, such as /settings Hong Kong)`,
    buttons: {
      ambient: 'Answer without mention too',
      quiet: 'Answer only when mentioned',
      model: 'Let a model help',
      modelless: 'No model',
      text: 'Slogan as text',
      poster: 'Slogan as poster',
      unsubscribe: 'Unsubscribe',
      short: 'Shorter answers',
      full: 'Full answers',
      documents: 'Documents…',
      silentday: 'Silent for a day',
      silent: 'Silent for good',
      speak: 'Answer again',
    },
    subscribed: (time) => `Subscribed: a public-service slogan every day at ${time}.`,
    unsubscribe: 'To stop: /unsubscribe',
    unsubscribed: 'The daily slogan is unsubscribed.',
    notSubscribed: 'The daily slogan is not subscribed here. To subscribe: /subscribe 08:30',
    badTime: 'I do not understand this time. Please write it as in /subscribe 08:30 or /subscribe 8 pm',
    badZone:
      'I do not know this time zone. Please write a city or a zone, for example /settings Beijing or /settings Asia/Shanghai',
    ambiguousZone: (name, meant) =>
      meant.length > 1
        ? `"${name}" may be several time zones; please choose one:\n${meant.map((zone) => `/settings ${zone}`).join('\n')}`
        : `"${name}" is an abbreviation, which is easily mistaken. Please send: /settings ${meant.join('')}`,
    reversedZone: (name, offset, other) =>
      `The sign in ${name} is the other way round: it is ${offset}.\nFor ${other} send /settings ${other}\nFor ${offset} send /settings ${offset}`,
  },
  noSlogan: 'There is no slogan today.',
  noSlogans: 'There are no slogans here.',
  stopped: (isPrivate) =>
    isPrivate
      ? 'OK, no more daily slogan. To have it again: /subscribe. To see no more of me, stop this chat.'
      : 'OK, no more daily slogan, and no answers without a mention. To change it back: /settings. To make me leave, an admin can remove me.',
  commands: {
    start: 'Start',
    help: 'How to use',
    ask: 'Ask: /ask and your question',
    sources: 'The texts that are quoted, to browse',
    slogan: "Today's slogan",
    subscribe: 'Daily slogan: /subscribe 08:30',
    unsubscribe: 'Stop the daily slogan',
    settings: 'Settings (in groups: admins)',
  },
  describeBot:
    'Answers policy questions with the words of official Chinese texts, unaltered and with the source. Mention me in a group to ask.',
  describeBotShortly: 'Answers policy questions with the words of official texts, unaltered and with the source.',
};

/** What is said at start-up. */
export const STARTUP = {
  help: [
    '启动问策。没有 BOT_TOKEN 时打开试用页，不连 Telegram。',
    '用法：npm start',
    '设置写在 .env 里，每一项和默认值见 .env.example：',
    '  BOT_TOKEN        @BotFather 给的令牌',
    '  KNOWLEDGE_DIR    放原文和问法的文件夹',
    '  DATABASE_URL     数据库',
    '  HOST、PORT       试用页监听的地址和端口',
    '选项：',
    '  --help           这份说明',
  ].join('\n'),
  badArgument: (argument: string) => `不认识 ${argument}。npm start 不带选项，设置写在 .env 里。加 --help 看说明。`,
  badKey: (key: string, expected: string) => `${key} ${expected}。请在 .env 里改正。`,
  unreadableEnvironment: (reason: string) => `读不了 .env（${reason}）。请检查它是不是文件、有没有读取的权限。`,
  badToken: 'Telegram 不认这个 BOT_TOKEN。请到 @BotFather 核对后重填。',
  playground: (url: string) => `没有 BOT_TOKEN，打开试用页：${url}`,
  portInUse: (port: number) => `端口 ${port} 已被别的程序占用。请在 .env 里换一个 PORT，或写 PORT=0 任选一个空闲的。`,
  portNotAllowed: (port: number) => `没有权限监听端口 ${port}。请在 .env 里把 PORT 改成 1024 以上的。`,
  cannotListen: (host: string) => `不能在 ${host} 上监听。请在 .env 里改正 HOST，本机用 127.0.0.1。`,
  openToOthers: (host: string) =>
    `HOST=${host} 会让别的机器也能打开试用页。只给自己用，请改成 127.0.0.1；确实要让别人用，请再设 PLAYGROUND_OPEN=yes。`,
} as const;

/** In lines: what more there is stands in the log. */
const SHOWN_LINES = 5;

function some(lines: readonly string[]): string {
  const rest = lines.length - SHOWN_LINES;
  return [...lines.slice(0, SHOWN_LINES).map((line) => `· ${line}`), ...(rest > 0 ? [`……还有 ${rest} 处`] : [])].join(
    '\n',
  );
}

/** What the owners of the bot are told in private. */
export const OWNERS = {
  outage: (from: string, to: string) =>
    `${from} 至 ${to} 消息发不出去，可能是 Telegram 出了故障。现在已经恢复，等着的消息正在补发。`,
  modelDown: (model: string, host: string, fault: Fault) =>
    `模型 ${model}（${host}）${MODEL_FAULTS[fault]}，先不用它。提问照常回答，只是没有模型帮忙找；恢复后会自动再用。`,
  modelBack: (model: string, host: string) => `模型 ${model}（${host}）又能用了。`,
  brokenEdit: (problems: readonly string[]) =>
    `资料的改动有错误，没有生效，现在还照改动前的回答。请先改好：\n${some(problems)}`,
  withheldEdit: (questions: readonly string[]) =>
    `资料的改动先没有生效：有 ${questions.length} 个问题原来答得对，改了以后就不对了。\n${some(questions)}\n请再改改；确实要这样，就在终端里运行 npm run -s check -- --force。`,
  mendedEdit: '资料已经改好，照现在的回答了。',
} as const;

const MODEL_FAULTS: Readonly<Record<Fault, string>> = {
  unreachable: '连不上（请看 MODEL_API_URL 对不对、服务开着没有）',
  slow: '回答太慢',
  denied: '不认密钥（请看 MODEL_API_KEY）',
  busy: '说问得太多了',
  sick: '出了故障',
  rejected: '不接受请求（请看 MODEL_API_URL 和 MODEL_NAME）',
  malformed: '回的不是 OpenAI 格式',
};

/** What `ask --explain` says of a model that may point. */
export const EXPLAIN = {
  why: {
    sure: '模型：不问，有把握',
    perhaps: '模型：要问，拿不准是哪一处',
    near: '模型：要问，只找到相近的',
    unsure: '模型：要问，答案的把握不够',
    silent: '模型：要问，没找到但也许有',
    negation: '模型：要问，是否定的问法',
    rumour: '模型：要问，是求证的问法',
    qualifier: '模型：要问，带着限定词',
    two: '模型：要问，一句里问了两件事',
    story: '模型：要问，问题在一段话里',
    'follow-up': '模型：要问，靠上一问才看得懂',
  } satisfies Record<Doubtful | 'sure', string>,
  offered: (passages: number, sentences: number) => `给它看 ${passages} 段、${sentences} 句（▶ 是它指的）：`,
  nobody: '没有问：加 --model 问 .env 里的模型，加 --replay FILE 重放记下的回答。',
  silent: '它没有回答：按不用模型回答。',
  replied: (reply: string, isBelieved: boolean) =>
    `它的回答：${reply}${isBelieved ? '' : '\n这不是可信的编号：按不用模型回答。'}`,
} as const;

/** What the commands of the terminal say. */
export const CLI = {
  commands: (names: readonly string[]) => `请写上命令：${names.join('、')}。例：npm run -s ask -- "问题"`,
  usage: (usage: string) => `用法：${usage}（加 --help 看说明）`,
  calls: '用法：',
  unknownOption: (option: string) => `不认识 ${option}。`,
  badOption: (option: string) => `${option} 写得不对。`,
  more: '每一个都可以加 --help 看说明。',
  options: '选项：',
  /** What each command is for. */
  about: {
    ask: '提一个问题，用原文回答；不写问题时可以一直问，也可以从管道读入，一行一个问题。',
    import: '把 DOCX、PDF、网页、Markdown、纯文本收进知识文件夹；填好的问法表格（CSV）也用它收回来。',
    export: '把问法和答案所在的原话写成表格（CSV），可以在表格软件里改好，再用 import 收回来。',
    suggest: '给一份文件的条款草拟问法，一条一条由人收下或不要；--model 也请模型草拟，它只写问题。',
    gaps: '列出没答上的问题：问得最多的在前，问得差不多的算一类，附上最相近的条款。',
    check: '检查一个知识文件夹：引文是否一字不差，问法有没有重复，tests.yaml 里的问题答得对不对。',
    'format:knowledge': '整理一个知识文件夹里的问法：排好次序，去掉重复，原文不动。',
    eval: '用带标注的问题打分。',
    learn: '学习排序和把握的权重，写进代码。',
    broadcast: '预演接下来 24 小时的每日标语，不会真的发出。',
    backup: '把数据库（DATABASE_URL）备份成一个文件；机器人可以照常运行。',
    restore: '用备份恢复：写进一个空的数据库（DATABASE_URL）。先停下机器人。',
    move: '把 DATABASE_URL 里的一切搬进另一个空的数据库。先停下机器人；中断了再运行一次就接着搬。',
    doctor: '查一查机器人能不能好好工作，有问题就说该怎么办。',
    bench: '测速度和准确率。',
    simulate: '模拟：反复强行终止、一整天的流量、存心捣乱的人。',
  } as Readonly<Record<string, string>>,
  /** What each option does, whatever command has it. */
  option: {
    abstained: '不可答的至少有百分之几不答，否则以 1 退出',
    always: '每个问题都问模型，不只是没有把握的',
    days: '最近多少天的，默认 90',
    most: '最多列多少类，默认 20',
    at: '从什么时刻起预演，比如 2026-11-22T08:00+08:00',
    bare: '记录时不写出提示',
    batch: '逐行读 {"id", "question"} 的文件，每行答一行 JSON；- 是标准输入',
    chats: '逐个列出聊天；模拟时是有多少个',
    check: '只看哪些还没整理，有就以 1 退出',
    complete: '整段回答至少有百分之几完整，否则以 1 退出',
    database: '数据库，默认用 DATABASE_URL',
    documents: '几份文件',
    'dry-run': '只预演',
    first: '至少百分之几排在第一，否则以 1 退出',
    five: '至少百分之几排在前五，否则以 1 退出',
    force: '就算 tests.yaml 里有问题答得不对，正在运行的机器人也照现在的资料回答',
    foreign: '与原文无关的问题',
    form: '先把原文做成这种格式，再读进来',
    'held-out': '每次留出一种问法，用其余的来答',
    help: '这份说明',
    json: '输出一行 JSON',
    knowledge: '知识文件夹，默认用 KNOWLEDGE_DIR，再没有就是 knowledge',
    labelled: '带标注的问题',
    least: '至少百分之几相同，否则以 1 退出',
    limit: '最多几个',
    minutes: '几分钟',
    model: '让 MODEL_API_URL 的模型来指',
    only: '只测这一个',
    questions: '放问题的文件夹',
    quote: '至少百分之几引对，否则以 1 退出',
    record: '把提示和模型的回答记到文件里',
    explain: '答案之后列出依据：每个候选凭什么得分，问不问模型、它指了哪几句',
    replay: '不问模型，用文件里记下的回答',
    right: '可答的至少百分之几答对，否则以 1 退出',
    seconds: '几秒',
    seed: '随机数的种子',
    shown: '至少百分之几显示出来，否则以 1 退出',
    sizes: '几种规模，以逗号隔开',
    split: '把这份文件的 questions.yaml 拆成 questions 文件夹，一节一个文件',
    squad: 'SQuAD 形式的文件',
    statutes: '放法规的文件夹',
    times: '终止几次',
    typos: '先把问题写错：哪一种错',
    replace: '已经有的换成新的；不写就不动它',
    replicas: '几个进程一起工作；可写几种，如 1,2,3',
    members: '多少个聊天在提问',
    pace: '所有进程合起来每秒最多发几条；不写则不限',
    campaign: '之后再给多少个聊天发一次标语',
    calm: '不杀进程、不断连接、不重启数据库',
    updates: '几条更新',
    wrong: '答错最多百分之几，否则以 1 退出',
  } as Readonly<Record<string, string>>,
  unreadable: (file: string, reason: string) => `读不了 ${file}：${reason}`,
  unwritable: (reason: string) => `结果写不出去（${reason}）。请检查磁盘还有没有空间。`,
  isFolder: '这是一个文件夹。',
  badRow: (file: string, line: number) => `${file}:${line} 这一行不是 {"id", "question"} 形式的 JSON，已跳过。`,
  badLabelled: (file: string, line: number, reason: string) => `${file}:${line} 不是带标注的问题：${reason}`,
  formatted: (path: string) => `已整理 ${path}`,
  unformatted: (path: string) => `${path} 还没整理，请运行 npm run -s format:knowledge`,
  allFormatted: '没有要整理的。',
  split: (path: string, sections: number) => `${path} 的 ${sections} 节已放进 questions 文件夹，一节一个文件`,
  splitAlready: (path: string) => `${path} 已经有了，不再拆分。`,
  noModel: '没有模型可问：请在 .env 里填 MODEL_API_URL 和 MODEL_NAME，或者用 --replay FILE 重放记下的回答',
  modelFault: (fault: Fault, status: number | undefined) =>
    `模型${MODEL_FAULTS[fault]}${status === undefined ? '' : `（HTTP ${status}）`}`,
  readerCounts: (asked: number, missed: number) => `问了模型 ${asked} 次，其中 ${missed} 次没有回答，按不用模型算`,
  prompt: '问> ',
  welcome: '问策。直接输入问题；help 看用法，exit 退出。',
  conversation: (example: string | undefined) =>
    `直接输入问题${example === undefined ? '' : `，比如：${example}`}\n错别字、繁体、英文、拼音都能看懂。\nhelp　这份说明\nexit　退出，Ctrl+D 也行`,
  failedTests: (count: number) => `有 ${count} 个问题的回答和 tests.yaml 里写的不一样：`,
  acceptedEdit: '已记下：资料就照现在的样子用，正在运行的机器人会马上换上。',
  checked: ({ documents }: Library, errors: number, warnings: number) => {
    const sections = documents.flatMap((document) => document.sections);
    const points = sections.flatMap((section) => section.points);
    const phrasings = [...sections, ...points].reduce((sum, { ask }) => sum + ask.length, 0);
    const found = errors + warnings === 0 ? '没有问题' : `${errors} 处错误，${warnings} 处提醒`;
    return `${documents.length} 份文件，${points.length} 个要点，${phrasings} 种问法：${found}。`;
  },
} as const;
