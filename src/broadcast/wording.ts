import type { SummaryFigures } from './summary.ts';

/** What a person reads of a broadcast. */
export const BROADCAST = {
  maker: (maker: string) => `—— ${maker}`,
  summary: ({ localDate, words, sent, unknown, expired, failed, reasons, ms, from, to }: SummaryFigures) =>
    [
      `每日标语 ${localDate} 已发完`,
      `“${words}”`,
      `送达 ${count(sent)}，结果不明 ${count(unknown)}，过时未发 ${count(expired)}，未能送达 ${count(failed)}`,
      ...reasons.map(([reason, chats]) => `· ${REASONS[reason] ?? reason}：${count(chats)}`),
      ...(ms === undefined || from === undefined || to === undefined
        ? []
        : [`用时 ${duration(ms)}（${from} 至 ${to}）`]),
    ].join('\n'),
} as const;

/** By the outbox's reasons. */
const REASONS: Readonly<Record<string, string>> = {
  'no-access': '被移出、被拉黑或群已解散（已停发）',
  'chat-not-found': '找不到这个群',
  'no-rights': '没有发言权限',
  'topic-closed': '话题已关闭（已停发）',
  rejected: 'Telegram 不接受这条消息',
};

function count(chats: number): string {
  return chats.toLocaleString('en-US');
}

function duration(ms: number): string {
  const seconds = Math.round(ms / 1_000);
  const parts = [
    [Math.floor(seconds / 3_600), '小时'],
    [Math.floor((seconds % 3_600) / 60), '分'],
    [seconds % 60, '秒'],
  ] as const;
  const shown = parts.filter(([number]) => number > 0).slice(0, 2);
  return shown.length === 0 ? '不到 1 秒' : shown.map(([number, unit]) => `${number} ${unit}`).join(' ');
}
