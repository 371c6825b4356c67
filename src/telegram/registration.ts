import type { Api } from 'grammy';
import type { Library } from '../knowledge/document.ts';
import { commandList } from '../messages/cards.ts';
import { KEEPER } from '../messages/keeper.ts';
import { localeOf } from '../messages/locale.ts';
import type { Log } from '../storage/store.ts';

/** English readers get English; everybody else, and whoever's language is not known, gets Chinese. */
const LANGUAGES = [
  { code: undefined, locale: 'zh-Hans' },
  { code: 'zh', locale: 'zh-Hans' },
  { code: 'en', locale: 'en' },
] as const;

/** Tells Telegram the commands and what the bot is. The bot works without: what is refused is a warning. */
export async function register(
  api: Api,
  library: Library,
  owners: readonly number[],
  log: Log,
  signal: AbortSignal,
): Promise<void> {
  const until = signal as Parameters<typeof api.setMyCommands>[2];
  const listed = commandList(library, localeOf('zh-Hans'));
  for (const { code, locale } of LANGUAGES) {
    const language = code === undefined ? {} : { language_code: code };
    const speech = localeOf(locale);
    const commands = commandList(library, speech).map(([command, description]) => ({ command, description }));
    const calls = [
      () => api.setMyCommands(commands, language, until),
      () => api.setMyDescription(speech.words.describeBot, language, until),
      () => api.setMyShortDescription(speech.words.describeBotShortly, language, until),
    ];
    for (const call of calls) {
      if (signal.aborted) return;
      await call().catch((err: unknown) => {
        if (!signal.aborted) log.warn({ err }, '命令或简介没有登记上，不影响使用');
      });
    }
  }
  const { documents, whoami } = KEEPER.commands;
  const owned = [...listed, ['documents', documents], ['whoami', whoami]] as const;
  const commands = owned.map(([command, description]) => ({ command, description }));
  for (const owner of owners) {
    if (signal.aborted) return;
    // An owner who has not written to the bot yet has no chat to list them in.
    await api.setMyCommands(commands, { scope: { type: 'chat', chat_id: owner } }, until).catch(() => {});
  }
}
