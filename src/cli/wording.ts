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
