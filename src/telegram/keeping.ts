import type { Message as TelegramMessage } from '@grammyjs/types';
import { type Bot, InputFile } from 'grammy';
import { documentKey } from '../answering/key.ts';
import type { Engine } from '../engine.ts';
import { MOST_BYTES } from '../importing/limits.ts';
import type { Draft } from '../keeper/drafts.ts';
import type { Keeper, Taken } from '../keeper/keeper.ts';
import type { Shelved } from '../keeper/shelf.ts';
import { engineOfDraft } from '../keeper/trial.ts';
import { answerMessages } from '../messages/answer.ts';
import { type Callback, parseCallback } from '../messages/callback.ts';
import {
  draftCard,
  enabledMessage,
  KEEPER,
  promptedKey,
  refusedMessage,
  type ShelvedDocument,
  shelfCard,
  shelfMessage,
  successorsCard,
  titlePrompt,
  trialButtons,
  withdrawCard,
} from '../messages/keeper.ts';
import { button } from '../messages/keyboard.ts';
import { type Message, messageOf } from '../messages/message.ts';
import type { Job } from '../storage/inbox.ts';
import type { OutgoingRow } from '../storage/outbox-row.ts';
import { StoreError } from '../storage/store-error.ts';
import { isOwner } from './admins.ts';
import { show } from './buttons.ts';
import type { BotContext } from './context.ts';
import type { BotDeps, Keeping } from './deps.ts';
import { firstSuggestion } from './gaps.ts';
import { acknowledge, contentOf, notice, reply, replyingTo } from './reply.ts';

type KeepingDeps = Pick<BotDeps, 'owners' | 'log' | 'now' | 'engine'> & Keeping;

/** Buttons by which an owner says what becomes of a draft or a document. */
export function handleKeeperButtons(bot: Bot<BotContext>, { keeping, ...others }: BotDeps): void {
  if (!keeping) return;
  const deps = { ...others, ...keeping };
  bot.on('callback_query:data', async (ctx, next) => {
    const callback = parseCallback(ctx.callbackQuery.data);
    if (callback?.kind !== 'draft' && callback?.kind !== 'shelf' && callback?.kind !== 'successor') return next();
    if (!isOwner(ctx, deps)) return acknowledge(ctx, KEEPER.ownersOnly);
    if (callback.kind === 'draft') await pressDraft(ctx, callback, deps);
    else await pressShelf(ctx, callback, deps);
  });
}

/** Documents from a chat: what owners send becomes a draft. Anybody learns their number by /whoami. */
export function handleKeeping(bot: Bot<BotContext>, { keeping, ...others }: BotDeps): void {
  const { owners, now } = others;
  bot.on('message', (ctx, next) => {
    const { addressed, from, chat } = ctx;
    if (addressed?.kind !== 'command' || addressed.name !== 'whoami' || chat.type !== 'private' || !from) return next();
    return reply(ctx, [messageOf(KEEPER.whoami(from.id, owners.includes(from.id)))]);
  });
  if (!keeping) return;
  const deps = { ...others, ...keeping };
  const { keeper } = deps;
  const trial = createTrial(deps);

  bot.on('message', async (ctx, next) => {
    const { addressed, message, from, chat } = ctx;
    if (chat.type !== 'private') return next();
    if (addressed?.kind === 'command') {
      if (addressed.name !== 'documents') return next();
      return reply(ctx, [isOwner(ctx, deps) ? shelfMessage(await shelved(keeper)) : messageOf(KEEPER.ownersOnly)]);
    }
    if (!isOwner(ctx, deps)) return message.document ? reply(ctx, [messageOf(KEEPER.ownersOnly)]) : next();
    const content = contentIn(message, message.text !== undefined && (await keeper.expects(chat.id)));
    if (content === 'too-large') return reply(ctx, [messageOf(KEEPER.tooLarge)]);
    if (content) {
      await keeper.put({
        id: ctx.update.update_id,
        chatId: chat.id,
        messageId: message.message_id,
        at: now(),
        content,
      });
      ctx.decision.onCommit.push(keeper.wake);
      return;
    }
    if (message.text === undefined && message.caption === undefined) return reply(ctx, [messageOf(KEEPER.notAFile)]);
    const prompted = promptedKey(message.reply_to_message?.text ?? '');
    if (prompted !== undefined && message.text !== undefined) return retitle(ctx, prompted, message.text, deps);
    const key = addressed?.kind === 'question' ? await keeper.trials.of(from?.id ?? 0) : undefined;
    if (key === undefined || addressed?.kind !== 'question' || !(await trial.answer(ctx, key, addressed.text)))
      return next();
  });
}

/** From so many characters on, and in several lines, a text is a document and no question. */
const PASTED_FROM = 300;
/** What is forwarded from elsewhere is no question of the owner's. */
const FORWARDED_FROM = 60;

function contentIn(message: TelegramMessage, expected: boolean): Job['content'] | 'too-large' | undefined {
  const { document, text, forward_origin } = message;
  if (document) {
    if ((document.file_size ?? 0) > MOST_BYTES) return 'too-large';
    return { kind: 'file', fileId: document.file_id, name: document.file_name ?? 'document' };
  }
  if (text === undefined) return undefined;
  const isPasted = text.length >= PASTED_FROM && text.trim().includes('\n');
  const isForwarded = forward_origin !== undefined && text.length >= FORWARDED_FROM;
  return isPasted || isForwarded || expected ? { kind: 'text', text } : undefined;
}

/** What is said of a job once it is done: rows for the outbox. */
export async function takenRows(job: Job, taken: Taken): Promise<readonly OutgoingRow[]> {
  const name = job.content.kind === 'file' ? job.content.name : '粘贴的文字';
  const messages = await messagesOf(name, taken);
  return messages.map((message) => ({
    chatId: job.chatId,
    kind: 'notice',
    method: 'sendMessage',
    payload: { ...contentOf(message), ...replyingTo({ message_id: job.messageId }) },
  }));
}

async function messagesOf(name: string, taken: Taken): Promise<readonly Message[]> {
  if (taken.outcome === 'lost') return [messageOf(KEEPER.lost)];
  if (taken.outcome === 'refused') return [refusedMessage(name, taken.refusal)];
  return await Promise.all(taken.drafts.map(({ draft, twin }) => cardOf({ ...draft, fileName: name }, twin?.title)));
}

async function cardOf(draft: Draft, replaces: string | undefined): Promise<Message> {
  const { library, outlines } = await engineOfDraft(draft, []);
  const [document] = library.documents;
  const entries = document ? outlines.of(document) : [];
  return draftCard({ ...draft, outline: entries.map(({ title }) => title).filter((title) => title !== ''), replaces });
}

async function pressDraft(
  ctx: BotContext,
  { key, act }: Extract<Callback, { kind: 'draft' }>,
  deps: KeepingDeps,
): Promise<void> {
  const { keeper } = deps;
  const person = ctx.from?.id ?? 0;
  if (act === 'force') {
    goLive(ctx, '', true, deps);
    return acknowledge(ctx);
  }
  if (act === 'untry') {
    await keeper.trials.end(person);
    return show(ctx, messageOf(KEEPER.tried));
  }
  const draft = await keeper.drafts.get(key);
  if (!draft) return acknowledge(ctx, KEEPER.draftGone);
  const { title } = draft.document;
  switch (act) {
    case 'enable': {
      const accepted = await keeper.drafts.accept(key).catch((cause: unknown) => {
        if (cause instanceof StoreError && cause.code === 'too-large') return cause;
        throw cause;
      });
      if (accepted instanceof StoreError) return acknowledge(ctx, accepted.message);
      if (!accepted) return acknowledge(ctx, KEEPER.draftGone);
      goLive(ctx, title, false, deps);
      return show(ctx, enabledMessage(accepted.folder, title, accepted.replaced));
    }
    case 'try':
      await keeper.trials.begin(person, key);
      reply(ctx, [{ ...messageOf(KEEPER.trying(title)), buttons: trialButtons(key) }]);
      return acknowledge(ctx);
    case 'title':
      say(ctx, titlePrompt(key), { force_reply: true });
      return acknowledge(ctx);
    case 'drop':
      await keeper.drafts.drop(key);
      return show(ctx, messageOf(KEEPER.dropped(title)));
  }
}

/** A message that asks for a reply. */
function say(ctx: BotContext, message: Message, markup: object): void {
  if (!ctx.chat) return;
  const row = notice(ctx.chat.id, message);
  ctx.decision.outgoing.push({ ...row, payload: { ...row.payload, reply_markup: markup } });
}

const LONGEST_TITLE = 120;

async function retitle(ctx: BotContext, key: string, text: string, { keeper }: KeepingDeps): Promise<void> {
  const title = text.replace(/\s+/g, ' ').trim();
  if (title.length > LONGEST_TITLE) return reply(ctx, [messageOf(KEEPER.titleTooLong)]);
  const draft = await keeper.drafts.retitle(key, title);
  if (!draft) return reply(ctx, [messageOf(KEEPER.draftGone)]);
  const twin = await keeper.drafts.twin(draft);
  reply(ctx, [await cardOf(draft, twin?.title)]);
}

/** Looks at the folder at once, and says so where what was switched does not go live. */
function goLive(ctx: BotContext, title: string, force: boolean, { reload, tell, log }: KeepingDeps): void {
  const chatId = ctx.chat?.id;
  ctx.decision.onCommit.push(() => {
    reload({ force }).then(
      (reloaded) => {
        if (chatId === undefined) return;
        if (reloaded.outcome === 'withheld') tell(chatId, messageOf(KEEPER.withheld(title, reloaded.questions), FORCE));
      },
      (err: unknown) => log.warn({ err }, '资料的改动没能马上生效'),
    );
  });
}

/** It is about the folder as it is, and no draft. */
const FORCE = [[button(KEEPER.anyway, { kind: 'draft', key: '0', act: 'force' })]];

async function shelved(keeper: Keeper): Promise<readonly ShelvedDocument[]> {
  const all = await keeper.shelf.list();
  return all.map((one) => shelvedOf(one, all));
}

function shelvedOf({ name, title, enabled, frontMatter }: Shelved, all: readonly Shelved[]): ShelvedDocument {
  const said = (key: string) => (typeof frontMatter[key] === 'string' ? (frontMatter[key] as string) : undefined);
  const by = said('superseded_by');
  const about = [said('publisher'), said('number'), said('published')].filter((each) => each !== undefined);
  return {
    name,
    title,
    label: said('label') ?? title,
    enabled,
    about: about.length > 0 ? [about.join(' · ')] : [],
    successor: by && (all.find((other) => other.name === by)?.title ?? by),
  };
}

async function pressShelf(
  ctx: BotContext,
  callback: Extract<Callback, { kind: 'shelf' | 'successor' }>,
  deps: KeepingDeps,
): Promise<void> {
  const { shelf } = deps.keeper;
  const find = (all: readonly ShelvedDocument[], key: string) => all.find(({ name }) => documentKey(name) === key);
  const all = await shelved(deps.keeper);
  if (callback.kind === 'shelf' && callback.act === 'list') return show(ctx, shelfMessage(all));
  const document = find(all, callback.key);
  if (!document) return acknowledge(ctx, ctx.locale.words.gone);
  const { name, title } = document;
  const shownAnew = async () => {
    const changed = find(await shelved(deps.keeper), callback.key);
    show(ctx, changed ? shelfCard(changed) : shelfMessage(await shelved(deps.keeper)));
    goLive(ctx, title, false, deps);
  };
  if (callback.kind === 'successor') {
    const by = find(all, callback.by);
    if (!by || by.name === name) return acknowledge(ctx, ctx.locale.words.gone);
    await shelf.supersede(name, by.name);
    return await shownAnew();
  }
  const isLast = document.enabled && all.filter(({ enabled }) => enabled).length === 1;
  if (isLast && (callback.act === 'disable' || callback.act === 'withdraw')) return acknowledge(ctx, KEEPER.last);
  switch (callback.act) {
    case 'card':
      return show(ctx, shelfCard(document));
    case 'ask':
      return show(ctx, withdrawCard(document));
    case 'successors':
      return show(
        ctx,
        successorsCard(
          document,
          all.filter((other) => other.name !== name),
        ),
      );
    case 'enable':
      await shelf.enable(name);
      return await shownAnew();
    case 'disable':
      await shelf.disable(name);
      return await shownAnew();
    case 'withdraw':
      await shelf.withdraw(name);
      return await shownAnew();
    case 'holds':
      await shelf.supersede(name, undefined);
      return await shownAnew();
    case 'suggest':
      // What another process enabled a moment ago is in the folder by now, and may not answer yet.
      if (!ctx.engine.library.documents.some(({ id }) => id === name)) await deps.reload();
      reply(ctx, [firstSuggestion(deps.engine(), name)]);
      return acknowledge(ctx);
    case 'download':
      return await handOut(ctx, name, deps);
  }
}

/** Hands out a document's files; a call that is cheap to lose. */
async function handOut(ctx: BotContext, name: string, { keeper }: KeepingDeps): Promise<void> {
  const { chat, decision } = ctx;
  if (!chat) return;
  for (const file of await keeper.shelf.files(name))
    decision.after.push(() => ctx.api.sendDocument(chat.id, new InputFile(file.bytes, `${name}-${file.name}`)));
  acknowledge(ctx, KEEPER.sent);
}

/** Questions of an owner who tries a draft, answered from it alone. */
function createTrial({ keeper, engine }: KeepingDeps) {
  let made: { readonly key: string; readonly title: string; readonly engine: Promise<Engine> } | undefined;
  return {
    /** False when there is no such draft any more. */
    async answer(ctx: BotContext, key: string, question: string): Promise<boolean> {
      const draft = await keeper.drafts.get(key);
      if (!draft) return false;
      const { title } = draft.document;
      if (made?.key !== key || made.title !== title)
        made = { key, title, engine: engineOfDraft(draft, engine().library.terms) };
      const { answerer, library } = await made.engine;
      const messages = answerMessages(answerer.answer(question), library, ctx.locale);
      const [first, ...others] = messages.map(({ text, entities }) => ({ text, entities, buttons: [] }));
      if (!first) return true;
      const head = `${KEEPER.triedFrom(title)}\n`;
      const shifted = first.entities.map((entity) => ({ ...entity, offset: entity.offset + head.length }));
      const all: readonly Message[] = [{ text: head + first.text, entities: shifted, buttons: [] }, ...others];
      reply(
        ctx,
        all.map((message, at) => (at === all.length - 1 ? { ...message, buttons: trialButtons(key) } : message)),
      );
      return true;
    },
  };
}
