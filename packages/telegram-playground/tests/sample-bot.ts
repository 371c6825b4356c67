import type { MessageEntity } from '@grammyjs/types';
import { Bot, type Context, InlineKeyboard, InputFile } from 'grammy';
import type { Emulator } from 'telegram-emulator';

export const QUOTE =
  '三是待遇有保障。要求各地科学设定社区工作者薪酬构成和岗位等级薪酬标准，明确除具有公务员、事业单位工作人员身份的外，' +
  '原则上由街道（乡镇）与社区工作者依法签订劳动合同，按国家有关规定参加社会保险、缴存住房公积金。';
/** Longer than three lines on any screen. */
export const LONG_QUOTE = QUOTE.repeat(4);

/** A PNG of one pixel. */
export const PIXEL = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

/** A bot of the kind that the playground is for, small: quotes in reply, buttons, inline mode, a menu. */
export async function startSampleBot(emulator: Emulator, apiRoot: string): Promise<Bot> {
  const bot = new Bot(emulator.token, { client: { apiRoot } });
  bot.command('start', (ctx) => ctx.reply('你好！直接发问题就行。'));
  bot.command('help', (ctx) => ctx.reply('发 /ask 加问题；/nobody 没有这个命令。详见 https://example.org/help'));
  bot.command('poster', (ctx) => ctx.replyWithPhoto(new InputFile(PIXEL, 'poster.png'), { caption: '今天的标语' }));
  bot.command('ask', (ctx) => answer(ctx, ctx.match));
  bot.callbackQuery('original', (ctx) => edit(ctx));
  bot.callbackQuery('up', (ctx) => ctx.answerCallbackQuery('谢谢你的反馈'));
  bot.callbackQuery('down', (ctx) => ctx.answerCallbackQuery({ text: '请告诉我们哪里不对', show_alert: true }));
  bot.on('inline_query', (ctx) =>
    ctx.answerInlineQuery(
      [1, 2].map((n) => ({
        type: 'article' as const,
        id: `q${n}`,
        title: `引用${n}：${ctx.inlineQuery.query}`,
        description: QUOTE,
        input_message_content: { message_text: `插入的引用${n}`, entities: [{ type: 'bold', offset: 0, length: 2 }] },
      })),
    ),
  );
  bot.on('message:text', async (ctx) => {
    const { text, chat, reply_to_message: replied } = ctx.message;
    const addressed = chat.type === 'private' || text.includes('@test_bot') || replied?.from?.id === ctx.me.id;
    if (!addressed) return;
    await ctx.api.sendChatAction(chat.id, 'typing', threadOf(ctx));
    await answer(ctx, text);
  });
  await bot.api.setMyCommands([
    { command: 'ask', description: '提问：/ask 加问题' },
    { command: 'help', description: '使用说明' },
  ]);
  await bot.api.setMyCommands([{ command: 'help', description: 'How to use' }], { language_code: 'en' });
  await bot.api.setMyCommands(
    [
      { command: 'ask', description: '提问：/ask 加问题' },
      { command: 'help', description: '使用说明' },
      { command: 'settings', description: '群设置（管理员）' },
    ],
    { scope: { type: 'all_chat_administrators' } },
  );
  void bot.start();
  return bot;
}

async function answer(ctx: Context, question: string): Promise<void> {
  const quote = question.includes('全部') ? LONG_QUOTE : QUOTE;
  const { text, entities } = compose(
    '劳动合同由街道（乡镇）与社区工作者签订：',
    quote,
    '出处：答记者问（新华社） · 待遇保障 · 第7段',
  );
  const keyboard = new InlineKeyboard()
    .text('看原文', 'original')
    .text('👍', 'up')
    .text('👎', 'down')
    .row()
    .url('发布页面', 'https://example.org/');
  const message = ctx.msg;
  await ctx.api.sendMessage(ctx.chatId ?? 0, text, {
    ...threadOf(ctx),
    entities,
    reply_markup: keyboard,
    ...(message ? { reply_parameters: { message_id: message.message_id, allow_sending_without_reply: true } } : {}),
  });
}

/** A reply in a group without topics carries a thread id too, and sending that back fails. */
function threadOf({ msg }: Context): { message_thread_id?: number } {
  return msg?.is_topic_message && msg.message_thread_id !== undefined
    ? { message_thread_id: msg.message_thread_id }
    : {};
}

async function edit(ctx: Context): Promise<void> {
  const { text, entities } = compose('原文：', LONG_QUOTE, '第6—8段（共18段）');
  await ctx.editMessageText(text, {
    entities,
    reply_markup: new InlineKeyboard().text('◂ 上一段', 'up').text('返回', 'up').text('下一段 ▸', 'up'),
  });
  await ctx.answerCallbackQuery();
}

function compose(head: string, quote: string, source: string): { text: string; entities: MessageEntity[] } {
  const at = head.length + 1;
  return {
    text: `${head}\n${quote}\n${source}`,
    entities: [
      { type: 'bold', offset: 0, length: head.length },
      { type: quote.length > 200 ? 'expandable_blockquote' : 'blockquote', offset: at, length: quote.length },
      { type: 'italic', offset: at + quote.length + 1, length: source.length },
    ],
  };
}
