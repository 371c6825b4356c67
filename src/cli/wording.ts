import type { Labelled } from '../evaluation/labelled.ts';
import type { Figures, Verdict } from '../evaluation/score.ts';

const percent = (share: number) => `${(100 * share).toFixed(1)} %`;

const FIGURES: Readonly<Record<keyof Figures, string>> = {
  right: '可答的答对不低于',
  wrong: '全部中答错不高于',
  abstained: '不可答的未答不低于',
  complete: '整段完整不低于',
};

const VERDICTS: Readonly<Record<Verdict, string>> = { right: '不完整', wrong: '答错', abstained: '未答' };

/** What `eval` says. */
export const EVALUATION = {
  columns: ['类别', '题数', '答对', '答错', '未答', '完整'],
  figures: ({ right, wrong, abstained, complete }: Figures) =>
    `可答的答对 ${percent(right)}，全部中答错 ${percent(wrong)}，不可答的未答 ${percent(abstained)}，整段完整 ${percent(complete)}`,
  reliability: ['把握', '答了', '答对'],
  bin: (from: number, to: number) => `${from.toFixed(1)}–${to.toFixed(1)}`,
  missed: (name: keyof Figures, limit: number) => `没有达到要求：${FIGURES[name]} ${percent(limit)}`,
  failures: (count: number) => `不合要求的 ${count} 题：`,
  failure: ({ id, kind, question }: Labelled, verdict: Verdict, confidence: number, quote: string) =>
    `${VERDICTS[verdict]} ${confidence.toFixed(2)} ${id} [${kind}] ${question}${quote === '' ? '' : `\n    → ${quote}`}`,
} as const;

/** What the terminal says of a broadcast that is only tried. */
export const DRY_RUN = {
  onlyDry: '真正的发送由 npm start 完成；这里只能预演，请加上 --dry-run。',
  title: (from: string) => `预演：从 ${from} 起 24 小时内，每日标语会这样发（不会真的发出）`,
  columns: ['时间', '群数', '海报', '话题', '约需'],
  notes: '当地日期、时间、时区和标语',
  chat: (at: string, chatId: number, topic: number | undefined, form: 'text' | 'poster') =>
    `${at}  ${chatId}${topic === undefined ? '' : `  话题 ${topic}`}  ${form === 'poster' ? '海报' : '文字'}`,
  minutes: (minutes: number) => (minutes < 1 ? '不到 1 分' : `${Math.ceil(minutes)} 分`),
  noSlogan: '（这天没有可展示的标语，不发）',
  nobody: '没有群订阅，什么都不会发。',
  total: (chats: number) => `共 ${chats.toLocaleString('en-US')} 条。`,
  badInstant: (at: string) => `“${at}”不是时刻：请写成 2026-11-22T08:00+08:00 这样。`,
  noDatabase: (file: string) => `没有 ${file} 这个数据库文件。用 --database sqlite:文件 指明。`,
} as const;

/** What the terminal says of backups and of moving. */
export const DATABASE = {
  usage: (usage: string) => `用法：npm run -s ${usage.replace(' ', ' -- ')}`,
  exists: (file: string) => `${file} 已经在了。请换一个文件名，不会覆盖它。`,
  noFile: (file: string) => `没有 ${file} 这个文件。`,
  backedUp: (file: string) => `已备份到 ${file}。里面有群的名字和设置，请像密码一样保管。`,
  restored: (rows: number) => `已恢复 ${rows} 行。可以启动机器人了。`,
  moved: (rows: number) =>
    `已搬好 ${rows} 行。请把 DATABASE_URL 改成新的地址，再启动机器人；旧的库留着，确认无误再删。`,
} as const;

/** What the doctor says: what is so, and what to do where it is not as it should be. */
export const DOCTOR = {
  usage: '用法：npm run -s doctor',
  well: '没有发现要处理的问题。',
  sick: '有 ✗ 的地方需要处理。',
  badKey: (key: string, expected: string) => `环境变量 ${key}：${expected}`,
  noToken: '没有填 BOT_TOKEN：npm start 会打开试用页，不连 Telegram。',
  token: (username: string) => `Telegram 认得这个令牌：@${username}`,
  badToken: 'Telegram 不认 BOT_TOKEN。请到 @BotFather 用 /mybots 查看，重新复制到 .env。',
  unreachable: '连不上 Telegram。请检查网络、代理和 TELEGRAM_API_ROOT。',
  seesAll: '隐私模式已关：群里不点名也看得到，可在 /settings 打开旁听。',
  privacy: (username: string) =>
    `隐私模式开着：群里只看得到点名、回复和命令。要旁听，请到 @BotFather → /setprivacy → @${username} → Disable，再把它移出群、重新加入。`,
  clock: '时钟准确',
  noClock: '没能和 Telegram 对上时钟。',
  skew: (seconds: number) =>
    `时钟${seconds > 0 ? '快' : '慢'}了 ${Math.abs(seconds)} 秒，标语会在错的时间发出。请打开系统的自动对时（timedatectl set-ntp true）。`,
  polling: '由程序自己取更新，没有设 webhook',
  webhookLeft: (host: string) => `Telegram 那里还设着 webhook（${host}）；启动后会撤下，改为自己取。`,
  webhookUnset: 'webhook 还没有设成 WEBHOOK_URL；启动后会设上。',
  webhookKinds: (kinds: string) => `webhook 少了这几种更新：${kinds}；启动后会补上。`,
  webhook: 'webhook 已设好，没有送不到的更新',
  webhookFails: (message: string, pending: number) =>
    `Telegram 送不到 webhook（${message}），积了 ${pending} 条。请检查域名、证书、反向代理，以及程序是否在运行。`,
  knowledge: (count: number) => `资料文件夹没有问题，共 ${count} 份文件`,
  noDocuments: (folder: string) => `资料文件夹 ${folder} 里没有文件。请放进一个带 source.md 的文件夹。`,
  noDatabase: (file: string) => `还没有数据库 ${file}；第一次启动时会建好。`,
  database: (waiting: number) => `数据库能用，有 ${waiting} 条消息待发`,
  group: (title: string, fault: string) => `「${title}」：${fault}`,
  groups: (count: number) => `看了最近活跃的 ${count} 个群`,
  gone: '机器人已不在群里。要用就重新加进去。',
  muted: '机器人被禁言。请管理员在成员设置里允许它发消息。',
  allMuted: '全员禁言。请把机器人设为管理员，或允许成员发言。',
} as const;

/** What the terminal says of what was asked in vain. */
export const GAPS_CLI = {
  clause: (document: string, place: string, text: string) => `  → ${document} · ${place}：${text.replace(/\s+/g, ' ')}`,
  badNumber: (name: string, given: string) => `--${name} ${given} 不是个数：请写 1 以上的整数。`,
} as const;

/** What the terminal says of tables of questions. */
export const FAQ = {
  exists: (file: string) => `${file} 已经在了。要换掉它，加上 --replace。`,
  exported: (file: string, rows: number) => `✓ ${file}：${rows} 个问法。`,
  imported: (taken: number, refused: number) => `收进 ${taken} 个问法${refused > 0 ? `；${refused} 行没有收` : ''}。`,
  refused: (file: string, row: number, why: string) => `✗ ${file} 第 ${row} 行：${why}`,
  taken: (title: string) => `这句已经是「${title}」的问法`,
  why: {
    'no-question': '没有写问题',
    'no-place': '没有写出处，请写成「文件夹: 原话」',
    'no-document': '没有这个文件夹或文件',
    'no-words': '原文里没有这句话，请照原文写，一字不差',
    twice: '同一个问题写了两个出处',
    unwritable: '那份文件的 questions 写法没法自动添加，请手工添加',
  },
} as const;

/** What the terminal says of drafted questions. */
export const SUGGEST = {
  noDocument: (id: string, ids: readonly string[]) => `没有 ${id} 这份文件。有：${ids.join('、')}`,
  none: '没有可建议的问法。',
  ask: (at: number, all: number, question: string, quote: string) =>
    `\n${at}/${all}  ${question}\n    → ${quote.replace(/\s+/g, ' ')}\n收下 y，不要 n，到此为止 q：`,
  unwritten: '没有写进去：这句已经是别处的问法，或者那份文件的写法没法自动添加。',
  taken: (count: number) => `收下 ${count} 个问法。`,
  noModel: '没有配模型：请设 MODEL_API_URL 和 MODEL_NAME，或去掉 --model。',
  modelFailed: (fault: string) => `模型没有回答（${fault}）。去掉 --model 只用自带的办法。`,
  system:
    '给你一条政策原文。写出三个老百姓会问的、这一条能回答的问题，口语、简短、各不相同，不照抄原文的词，不写答案。只回 JSON：{"questions": ["…", "…", "…"]}',
} as const;
