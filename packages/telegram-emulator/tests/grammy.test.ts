import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Bot, InputFile, webhookCallback } from 'grammy';
import { expect, onTestFinished, test } from 'vitest';
import { start } from './harness.ts';

function echo(token: string, apiRoot: string): Bot {
  const bot = new Bot(token, { client: { apiRoot } });
  bot.command('photo', (ctx) => ctx.replyWithPhoto(new InputFile(PNG, 'a.png'), { caption: '图' }));
  bot.on('message:text', (ctx) =>
    ctx.reply(`您问：${ctx.message.text}`, {
      reply_parameters: { message_id: ctx.message.message_id },
      reply_markup: { inline_keyboard: [[{ text: '改', callback_data: 'edit' }]] },
    }),
  );
  bot.on('callback_query:data', async (ctx) => {
    await ctx.editMessageText('改好了');
    await ctx.answerCallbackQuery('好');
  });
  return bot;
}

const PNG = Uint8Array.from([
  0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52, 0, 0, 0, 2, 0, 0, 0, 3,
]);

test('a grammY bot polls, answers, edits and uploads', async () => {
  const { emulator, url } = await start();
  const bot = echo(emulator.token, url);
  const running = bot.start();
  const user = emulator.places.user({ first_name: '小王' });
  const chat = emulator.places.supergroup({ members: [user] });

  const answer = emulator.watch.nextFromBot(chat);
  emulator.people.say(chat, user, '没有叫它');
  emulator.people.say(chat, user, '@test_bot 待遇');
  const sent = await answer;
  expect(sent.text).toBe('您问：@test_bot 待遇');
  expect(await emulator.buttons.press(sent, user, 'edit')).toEqual({ answered: true, text: '好', alert: false });
  expect(emulator.watch.message(chat, sent.message_id)?.message.text).toBe('改好了');

  const photo = emulator.watch.nextFromBot(chat);
  emulator.people.say(chat, user, '/photo');
  expect(await photo).toMatchObject({ caption: '图', photo: [{ width: 2, height: 3 }] });

  await bot.stop();
  await running;
  expect(emulator.watch.pending()).toEqual([]);
  expect(emulator.watch.violations()).toEqual([]);
});

test('a grammY bot answers through a webhook', async () => {
  const { emulator, url, ok } = await start();
  const bot = echo(emulator.token, url);
  const server = createServer(webhookCallback(bot, 'http', { secretToken: 'geheim' }));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  await ok('setWebhook', { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, secret_token: 'geheim' });
  const user = emulator.places.user();
  const chat = emulator.places.privateChat(user);
  const answer = emulator.watch.nextFromBot(chat);
  emulator.people.say(chat, user, '待遇');
  expect((await answer).text).toBe('您问：待遇');
  await emulator.watch.drained();
});
