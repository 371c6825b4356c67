import type { Bot } from 'grammy';
import { answerMessages } from '../messages/answer.ts';
import type { Allowance } from './allowance.ts';
import type { BotContext } from './context.ts';
import type { BotDeps } from './deps.ts';
import { type AnswerContent, contentOfAnswer, isIdle, questionOf } from './questions.ts';
import { contentOf } from './reply.ts';

/** An edited question edits our one answer to it; a message that we didn't answer stays without one. */
export function handleEdits(bot: Bot<BotContext>, { store }: BotDeps, allowance: Allowance): void {
  bot.on('edited_message', async (ctx) => {
    const { addressed, chat, editedMessage } = ctx;
    const { answerer, library } = ctx.engine;
    const asked = questionOf(addressed, library);
    if (!asked) return;
    const questionId = editedMessage.message_id;
    if (chat.type !== 'private' && isIdle(asked.text)) return;
    const known = await store.answers.byQuestion(chat.id, questionId);
    if (!known || allowance.spend(ctx, 'look') !== 'granted') return;
    const answer = answerer.answer(asked.text, { within: asked.within });
    const messages = answerMessages(answer, library, ctx.locale);
    const content = contentOfAnswer(answer, messages.length);
    const { asked: _, ...before } = known.content as AnswerContent;
    if (JSON.stringify(content) === JSON.stringify(before)) return;
    const [first] = messages;
    // What takes several messages can't take the place of one, nor the other way round: better the old answer.
    if (!first || content.messages !== 1 || before.messages !== 1) return;
    if (allowance.take(ctx) !== 'granted') return;
    ctx.decision.answers.push({ chatId: chat.id, questionId, content });
    ctx.decision.outgoing.push({
      chatId: chat.id,
      kind: 'reply',
      method: 'editMessageText',
      payload: contentOf(first),
      questionId,
    });
  });
}
