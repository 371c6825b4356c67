import type { ChatMember, ChatMemberUpdated } from '@grammyjs/types';
import type { Bot } from 'grammy';
import { helloMessage } from '../messages/hello.ts';
import { messageOf } from '../messages/message.ts';
import { nameText } from '../messages/names.ts';
import type { BotContext } from './context.ts';
import type { HandlerDeps } from './deps.ts';
import { notice, topicOf } from './reply.ts';

/** The updates of a migration come within this time, in milliseconds. */
const SETTLED_MS = 1_000;

/** Coming into chats, leaving them, groups that become supergroups, and topics that are opened again. */
export function handleMembership(bot: Bot<BotContext>, deps: HandlerDeps): void {
  const { log, now, slogans, allowance, lookUps } = deps;
  bot.on('my_chat_member', async (ctx) => {
    const { chat, new_chat_member: after } = ctx.myChatMember;
    if (after.status === 'left' || after.status === 'kicked') {
      ctx.decision.effects.push({ kind: 'deactivate', chatId: chat.id, reason: after.status });
      return;
    }
    if (chat.type === 'private' || chat.type === 'channel') return;
    if (!isJoin(ctx.myChatMember) || allowance.spend(ctx, 'join') !== 'granted') return;
    if (after.status !== 'administrator' && (await isMuted(ctx, deps))) {
      log.warn({ update: ctx.update.update_id }, '被加入了一个不许发言的群');
      const { words } = ctx.locale;
      if (!ctx.from.is_bot && allowance.greet(ctx, 'muted'))
        ctx.decision.outgoing.push(notice(ctx.from.id, messageOf(words.muted(nameText(chat.title)))));
      return;
    }
    if (!allowance.greet(ctx, 'hello')) return;
    const seesAll =
      after.status === 'administrator' ||
      ((await lookUps.seesEverything(ctx.update)) ?? ctx.me.can_read_all_group_messages);
    const hello = notice(
      chat.id,
      helloMessage({ seesAll, username: ctx.me.username, examples: ctx.engine.answerer.examples }, ctx.locale),
    );
    // A new supergroup may be one of our groups under its new number, as the next update tells: it was greeted before.
    const notBefore = chat.type === 'supergroup' ? now() + SETTLED_MS : undefined;
    ctx.decision.outgoing.push({ ...hello, notBefore });
  });
  // A topic that was opened again gets the daily slogan again.
  bot.on('message:forum_topic_reopened', ({ chat, message, decision }) => {
    decision.effects.push({ kind: 'topic-works', chatId: chat.id, topic: topicOf(message).threadId ?? null });
    decision.onCommit.push(slogans.subscribersChanged);
  });
  bot.on(['message:migrate_to_chat_id', 'message:migrate_from_chat_id'], (ctx) => {
    const { migrate_to_chat_id: to, migrate_from_chat_id: from } = ctx.message;
    const chatId = ctx.chat.id;
    ctx.decision.effects.push({ kind: 'migrate', from: from ?? chatId, to: to ?? chatId });
    if (to !== undefined) ctx.decision.chat = undefined;
  });
}

/** Whether we came into a group where we were not. */
export function isJoin({ chat, old_chat_member: before, new_chat_member: after }: ChatMemberUpdated): boolean {
  const isOut = ({ status }: ChatMember) => status === 'left' || status === 'kicked';
  return chat.type !== 'private' && chat.type !== 'channel' && isOut(before) && !isOut(after);
}

/** Whether we may not speak where we came in, by our own rights or by those of all members. */
async function isMuted(ctx: BotContext, { lookUps }: HandlerDeps): Promise<boolean> {
  const member = ctx.myChatMember?.new_chat_member;
  if (member?.status === 'restricted') return !member.can_send_messages;
  return ctx.chat !== undefined && (await lookUps.maySpeak(ctx.update, ctx.chat.id)) === false;
}
