import type { Bot } from 'grammy';
import { answerEdit, answerReply } from './answer-reply.ts';
import { decideAnswer, type Job } from './asking.ts';
import type { BotContext } from './context.ts';
import type { HandlerDeps } from './deps.ts';
import { isIdle, placeOf, questionOf } from './questions.ts';

/**
 * An edited question edits our one answer to it, or takes its place while it waits for one; a message that we didn't answer
 * stays without one.
 */
export function handleEdits(bot: Bot<BotContext>, { store, desk, allowance }: HandlerDeps): void {
  bot.on('edited_message', async (ctx) => {
    const { addressed, chat, decision, editedMessage, engine } = ctx;
    const { library } = engine;
    const asked = questionOf(addressed, library);
    const place = placeOf(ctx);
    if (!asked || !place) return;
    const questionId = editedMessage.message_id;
    if (chat.type !== 'private' && isIdle(asked.text)) return;
    const waits = desk !== undefined && (await store.pointings.isOpen(chat.id, questionId));
    const known = waits ? undefined : await store.answers.byQuestion(chat.id, questionId);
    if ((!known && !waits) || allowance.spend(ctx, 'look') !== 'granted') return;
    const job: Job = {
      version: 1,
      kind: known ? 'edit' : 'reply',
      place,
      question: asked.text,
      quoted: asked.quoted,
      within: asked.within,
    };
    const { answer, pointing } = await decideAnswer(ctx, job, ctx.isNarrowed ? undefined : desk);
    const { outgoing, answers, unanswered } = known
      ? answerEdit(place, known.content, answer, engine)
      : answerReply(place, asked, answer, engine);
    if ((outgoing.length === 0 && !pointing) || allowance.take(ctx) !== 'granted') return;
    decision.outgoing.push(...outgoing);
    decision.answers.push(...answers);
    decision.unanswered.push(...unanswered);
    if (known) decision.pointing = pointing;
    else decision.pointing = { chatId: chat.id, questionId, ...pointing, replaces: true };
  });
}
