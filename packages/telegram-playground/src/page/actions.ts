import type { Message } from '@grammyjs/types';
import type { Act, ActReply, ActResults, PersonKey } from '../protocol.ts';
import { safeLink, startPayload } from './links.ts';
import type { Notices } from './notices.ts';
import type { Store } from './store.ts';
import { WORDING } from './wording.ts';

/** What a visitor can do. A refusal shows as a toast; what could not be done resolves with undefined or false. */
export interface Actions {
  say(text: string, replyTo?: Message): Promise<boolean>;
  /** Sends a file into the chat that is open. */
  send(file: File): Promise<boolean>;
  edit(message: Message, text: string): Promise<boolean>;
  press(message: Message, row: number, column: number): Promise<void>;
  /** Opens a link: the bot's own start links here, everything else in a new window. */
  open(url: string): void;
  copy(text: string): void;
  tell(text: string): void;
  do(act: Act): Promise<boolean>;
  ask<Type extends keyof ActResults>(act: Extract<Act, { type: Type }>): Promise<ActResults[Type] | undefined>;
}

export function createActions(store: Store, notices: Notices): Actions {
  async function send(act: Act): Promise<ActReply> {
    try {
      const body = JSON.stringify(act);
      const response = await fetch('/act', { method: 'POST', headers: { 'content-type': 'application/json' }, body });
      return (await response.json()) as ActReply;
    } catch (error) {
      return { ok: false, code: 'offline', message: String(error) };
    }
  }

  async function upload(file: File, address: URLSearchParams): Promise<ActReply> {
    try {
      const headers = { 'content-type': 'application/octet-stream' };
      const response = await fetch(`/file?${address}`, { method: 'POST', headers, body: await file.arrayBuffer() });
      return (await response.json()) as ActReply;
    } catch (error) {
      return { ok: false, code: 'offline', message: String(error) };
    }
  }

  async function attempt(act: Act): Promise<{ readonly result: unknown } | undefined> {
    return settled(await send(act));
  }

  function settled(reply: ActReply): { readonly result: unknown } | undefined {
    if (reply.ok) return reply;
    notices.toast(WORDING.refusals[reply.code] ?? WORDING.failed);
    return undefined;
  }

  function here(): { readonly person: PersonKey; readonly chat: number } | undefined {
    const scene = store.scene();
    return scene && { person: scene.person.key, chat: scene.conversation.room.id };
  }

  const actions: Actions = {
    async say(text, replyTo) {
      const scene = store.scene();
      if (!scene) return false;
      const { person, conversation } = scene;
      const reply = replyTo?.message_id;
      const place = { person: person.key, chat: conversation.room.id, topic: conversation.topic };
      return (await attempt({ type: 'say', ...place, text, replyTo: reply })) !== undefined;
    },
    async send(file) {
      const scene = store.scene();
      if (!scene) return false;
      const { person, conversation } = scene;
      const address = new URLSearchParams({ person: person.key, chat: String(conversation.room.id), name: file.name });
      if (conversation.topic !== undefined) address.set('topic', String(conversation.topic));
      return settled(await upload(file, address)) !== undefined;
    },
    async edit(message, text) {
      const place = here();
      if (!place) return false;
      return (await attempt({ type: 'edit', ...place, message: message.message_id, text })) !== undefined;
    },
    async press(message, row, column) {
      const place = here();
      if (!place) return;
      const answer = await actions.ask<'press'>({ type: 'press', ...place, message: message.message_id, row, column });
      if (!answer) return;
      if (!answer.answered) notices.toast(WORDING.noAnswer);
      else if (answer.text && answer.alert) notices.alert(answer.text);
      else if (answer.text) notices.toast(answer.text);
      if (answer.url) actions.open(answer.url);
    },
    open(url) {
      const scene = store.scene();
      if (!scene) return;
      const start = startPayload(url, scene.world.bot.username);
      if (start !== undefined) {
        store.change({ conversation: 'private', screen: 'chat' });
        void attempt({ type: 'start', person: scene.person.key, ...(start === '' ? {} : { payload: start }) });
      } else if (safeLink(url)) {
        window.open(url, '_blank', 'noopener,noreferrer');
      }
    },
    copy(text) {
      navigator.clipboard.writeText(text).then(
        () => notices.toast(WORDING.copied),
        () => notices.toast(WORDING.failed),
      );
    },
    tell: notices.toast,
    async do(act) {
      return (await attempt(act)) !== undefined;
    },
    async ask<Type extends keyof ActResults>(act: Extract<Act, { type: Type }>) {
      return (await attempt(act))?.result as ActResults[Type] | undefined;
    },
  };
  return actions;
}
