import type { Message } from '@grammyjs/types';
import { checkSlowMode, checkTopic, GENERAL_TOPIC, writableChat } from '../access.ts';
import { isGroup } from '../chats.ts';
import { readCaption, readText } from '../content.ts';
import { forwardToDiscussion } from '../discussion.ts';
import { documentOf, photoSize, storeUpload, storeUploadedDocument } from '../files.ts';
import { inlineKeyboard, readMarkup } from '../keyboard.ts';
import { botUser, type SendRight } from '../members.ts';
import { type Params, readFlag, readInteger, readObject, readString, type Upload } from '../params.ts';
import { asReplied, inTopic, type MessageContent, post } from '../post.ts';
import { badRequest, type Failure, isFailure, type Reply, succeed, tooManyRequests } from '../reply.ts';
import { threadOf } from '../threads.ts';
import type { ChatState, StoredFile, World } from '../world.ts';
import type { Methods } from './method.ts';

export const sending: Methods = {
  sendMessage(world, params) {
    const text = readText(world, params, 'message is too long');
    if (isFailure(text)) return text;
    const options = readObject(params, 'link_preview_options');
    return send(world, params, 'can_send_messages', {
      text: text.text,
      ...(text.entities.length > 0 ? { entities: [...text.entities] } : {}),
      ...(options ? { link_preview_options: options } : {}),
    });
  },

  sendPhoto(world, params, uploads) {
    const file = findPhoto(world, params, uploads);
    if (isFailure(file)) return file;
    const caption = readCaption(world, params);
    if (isFailure(caption)) return caption;
    return send(world, params, 'can_send_photos', {
      photo: [photoSize(file)],
      ...(caption.text === '' ? {} : { caption: caption.text }),
      ...(caption.entities.length > 0 ? { caption_entities: [...caption.entities] } : {}),
    });
  },

  sendDocument(world, params, uploads) {
    const file = findDocument(world, params, uploads);
    if (isFailure(file)) return file;
    const caption = readCaption(world, params);
    if (isFailure(caption)) return caption;
    return send(world, params, 'can_send_documents', {
      document: documentOf(file),
      ...(caption.text === '' ? {} : { caption: caption.text }),
      ...(caption.entities.length > 0 ? { caption_entities: [...caption.entities] } : {}),
    });
  },

  sendChatAction(world, params) {
    const action = readString(params, 'action');
    if (action === undefined || !ACTIONS.has(action)) return badRequest('wrong parameter action in request');
    const state = writableChat(world, params, 'can_send_messages');
    if (isFailure(state)) return state;
    const threadId = readInteger(params, 'message_thread_id') || undefined;
    // Unlike a message, "typing" may name General by its number.
    const named = threadId === GENERAL_TOPIC ? undefined : threadId;
    const refused = checkTopic(world, state, named);
    if (refused) return refused;
    world.events.emit({
      kind: 'action',
      chatId: state.chat.id,
      threadId: named,
      action,
      until: world.now() + ACTION_MS,
    });
    return succeed(true);
  },
};

/** Clients show "typing" for five seconds or less. */
const ACTION_MS = 5_000;

const ACTIONS: ReadonlySet<string> = new Set([
  'typing',
  'upload_photo',
  'record_video',
  'upload_video',
  'record_voice',
  'upload_voice',
  'upload_document',
  'choose_sticker',
  'find_location',
  'record_video_note',
  'upload_video_note',
  'cancel',
]);

function send(world: World, params: Params, right: SendRight, content: MessageContent): Reply {
  const markup = readMarkup(params);
  if (isFailure(markup)) return markup;
  const state = writableChat(world, params, right);
  if (isFailure(state)) return state;
  const threadId = readInteger(params, 'message_thread_id') || undefined;
  const replied = findReplied(params, state, threadId);
  if (isFailure(replied)) return replied;
  // An answer goes where the question stands, also when the call names no topic.
  const topic = threadId ?? (replied?.is_topic_message ? replied.message_thread_id : undefined);
  const refused = checkTopic(world, state, topic) ?? checkSlowMode(world, state);
  if (refused) return refused;
  const wait = world.pace.admit(state.chat.id, isGroup(state.chat));
  if (wait !== undefined) return tooManyRequests(wait);
  const keyboard = inlineKeyboard(markup);
  const message = post(world, state, {
    ...(state.chat.type === 'channel' ? { sender_chat: state.chat } : { from: botUser(world) }),
    ...inTopic(state, topic),
    ...threadOf(state, replied),
    ...(replied ? { reply_to_message: asReplied(replied) } : {}),
    ...content,
    ...(keyboard ? { reply_markup: keyboard } : {}),
    ...(readFlag(params, 'protect_content') ? { has_protected_content: true } : {}),
  });
  if (state.chat.type === 'channel') forwardToDiscussion(world, state, message);
  return succeed(message);
}

/** The message replied to; undefined when there is none, or when it is gone and that is allowed. */
function findReplied(params: Params, state: ChatState, threadId: number | undefined): Message | Failure | undefined {
  const reply = readObject(params, 'reply_parameters');
  const id = reply ? readInteger(reply, 'message_id') : readInteger(params, 'reply_to_message_id');
  if (id === undefined || id === 0) return undefined;
  const stored = state.history.get(id)?.message;
  const elsewhere = stored && threadId !== undefined && state.chat.is_forum && stored.message_thread_id !== threadId;
  if (!stored || elsewhere) {
    return readFlag(reply ?? params, 'allow_sending_without_reply')
      ? undefined
      : badRequest('message to be replied not found');
  }
  const quote = reply ? readString(reply, 'quote') : undefined;
  if (quote && !(stored.text ?? stored.caption ?? '').includes(quote)) return badRequest('QUOTE_TEXT_INVALID');
  return stored;
}

function findDocument(world: World, params: Params, uploads: ReadonlyMap<string, Upload>): StoredFile | Failure {
  const given = readString(params, 'document');
  const part = given?.startsWith('attach://') ? given.slice('attach://'.length) : 'document';
  const upload = uploads.get(part);
  if (upload) return storeUploadedDocument(world, upload);
  if (given === undefined || given === '') return badRequest('there is no document in the request');
  const known = world.files.get(given);
  if (known) return known;
  if (/^https?:/i.test(given)) return badRequest('failed to get HTTP URL content');
  return badRequest('wrong file identifier/HTTP URL specified');
}

function findPhoto(world: World, params: Params, uploads: ReadonlyMap<string, Upload>): StoredFile | Failure {
  const given = readString(params, 'photo');
  const part = given?.startsWith('attach://') ? given.slice('attach://'.length) : 'photo';
  const upload = uploads.get(part);
  if (upload) return storeUpload(world, upload);
  if (given === undefined || given === '') return badRequest('there is no photo in the request');
  const known = world.files.get(given);
  if (known) return known;
  if (/^https?:/i.test(given)) return badRequest('failed to get HTTP URL content');
  return badRequest('wrong file identifier/HTTP URL specified');
}
