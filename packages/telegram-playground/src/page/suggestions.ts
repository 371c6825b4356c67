import type { BotCommand } from '@grammyjs/types';

/** What the text being typed asks to be completed with. */
export type Trigger =
  | { readonly kind: 'command'; readonly prefix: string }
  | { readonly kind: 'mention'; readonly prefix: string; readonly from: number; readonly to: number }
  | { readonly kind: 'inline'; readonly query: string };

/** `caret` counts UTF-16 units. Inline queries exist only where the bot supports them. */
export function triggerAt(text: string, caret: number, inlineBot: string | undefined): Trigger | undefined {
  const before = text.slice(0, caret);
  const command = /^\/([A-Za-z0-9_]*)$/.exec(text);
  if (command) return { kind: 'command', prefix: command[1]?.toLowerCase() ?? '' };
  const inline = /^@([A-Za-z0-9_]+)\s([\s\S]*)$/.exec(text);
  if (inline && inlineBot !== undefined && inline[1]?.toLowerCase() === inlineBot.toLowerCase()) {
    return { kind: 'inline', query: inline[2]?.trim().slice(0, 256) ?? '' };
  }
  const mention = /(?<![A-Za-z0-9_])@([A-Za-z0-9_]*)$/.exec(before);
  if (!mention) return undefined;
  return { kind: 'mention', prefix: mention[1]?.toLowerCase() ?? '', from: mention.index, to: caret };
}

export function commandsFor(prefix: string, menu: readonly BotCommand[]): readonly BotCommand[] {
  return menu.filter(({ command }) => command.startsWith(prefix));
}

/**
 * The text with a mention put in, and where the caret goes. A space parts it from a word before: Telegram takes
 * 「你好@my_bot」 for no mention, since a Chinese character is part of a word.
 */
export function insertMention(
  text: string,
  { from, to }: { readonly from: number; readonly to: number },
  username: string,
): { readonly text: string; readonly caret: number } {
  const before = text.slice(0, from);
  const gap = /[\p{L}\p{N}_]$/u.test(before) ? ' ' : '';
  const after = text.slice(to).replace(/^ /, '');
  const head = `${before}${gap}@${username} `;
  return { text: head + after, caret: head.length };
}
