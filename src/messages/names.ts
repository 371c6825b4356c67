/** UTF-16 units of a name that are shown. */
const LONGEST = 64;

/**
 * What strangers call a group or a topic, for a message of ours: one line, without invisible and direction characters, and
 * with nothing in it that Telegram would make a link, a mention, a command or a hashtag of.
 */
export function nameText(name: string): string {
  const line = name
    .toWellFormed()
    .replace(/[\p{Cc}\p{Cf}\p{Co}\p{Cn}\ufffd]/gu, ' ')
    .replace(/\p{M}{3,}/gu, '')
    .replace(/[@＠]/g, '＠')
    .replace(/[#＃]/g, '＃')
    .replace(/\//g, '／')
    .replace(/(?<=[\p{L}\p{N}])\.(?=[\p{L}\p{N}])/gu, '．')
    .replace(/\s+/gu, ' ')
    .trim();
  const shown = Array.from(line).slice(0, LONGEST).join('');
  return shown === '' ? '…' : shown === line ? line : `${shown}…`;
}
