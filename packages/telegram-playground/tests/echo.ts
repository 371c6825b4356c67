import { Bot } from 'grammy';
import { startPlayground } from 'telegram-playground';

export const playground = await startPlayground({
  port: 0,
  scenario: {
    bot: { first_name: 'Echo', username: 'echo_bot' },
    people: [{ key: 'ann', user: { first_name: 'Ann' }, role: 'member', shortRole: 'member' }],
    groups: [{ title: 'A group' }],
    words: {
      brand: 'Echo',
      brandNote: 'demo',
      emptyGroup: 'Mention it.',
      emptyPrivate: 'Say something.',
      examples: {},
    },
  },
  startBot: async ({ token, apiRoot }) => {
    const bot = new Bot(token, { client: { apiRoot } });
    bot.on('message:text', (ctx) => ctx.reply(ctx.message.text));
    void bot.start();
    return bot;
  },
});
