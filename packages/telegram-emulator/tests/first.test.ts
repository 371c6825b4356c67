import { Bot } from 'grammy';
import { createEmulator } from 'telegram-emulator';
import { expect, test } from 'vitest';

test('the bot greets who starts it', async () => {
  const telegram = createEmulator();
  const { url } = await telegram.listen();
  const bot = new Bot(telegram.token, { client: { apiRoot: url } });
  bot.command('start', (ctx) => ctx.reply('Hello'));
  void bot.start();
  const user = telegram.places.user();
  const answer = telegram.watch.nextFromBot(telegram.places.privateChat(user));
  telegram.people.start(user);
  expect((await answer).text).toBe('Hello');
  await bot.stop();
  await telegram.close();
});
