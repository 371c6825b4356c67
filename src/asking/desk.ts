import { createHash } from 'node:crypto';
import type { Answer } from '../answering/answer.ts';
import type { Answerer } from '../answering/answerer.ts';
import type { Asked } from '../answering/asked.ts';
import { type Offer, sentencesOf } from '../answering/offer.ts';
import type { Config } from '../config.ts';
import { DAY } from '../durations.ts';
import type { Breaker } from '../model/breaker.ts';
import { doubtful } from '../pointing/doubtful.ts';
import { readRemembered } from '../pointing/memory.ts';
import { type Prompt, promptOf } from '../pointing/prompt.ts';
import type { Store } from '../storage/store.ts';
import { foldQuestion } from '../text/fold.ts';

/** Decides whether a model is asked about a question. */
export interface Desk {
  /** What it is called, and where it is: for whoever wants to know. */
  readonly model: string;
  readonly host: string;
  /**
   * `at-once`: this answer goes out, which is the one without a model unless the same was asked before. `ask`: the model is
   * asked first, and one of the day's calls is spent.
   */
  consider(
    question: Considering,
  ): Promise<{ readonly kind: 'at-once'; readonly answer: Answer } | { readonly kind: 'ask' }>;
}

export interface Considering {
  readonly answerer: Pick<Answerer, 'pointing'>;
  readonly question: string;
  readonly asked: Asked;
  readonly without: Answer;
  readonly chatId: number;
}

export interface DeskDeps {
  readonly model: NonNullable<Config['model']>;
  readonly breaker: Breaker;
  readonly store: Pick<Store, 'pointings' | 'allowances' | 'chats'>;
  readonly now: () => number;
}

/** Of a day's calls, so much may be spent for one chat. */
const SHARE = 0.1;

export function createDesk({ model, breaker, store, now }: DeskDeps): Desk {
  /** A call that all could spend is not spent for a chat that has had its share. */
  function spend(chatId: number): boolean {
    const own = Math.ceil(model.dailyCalls * SHARE);
    return (
      store.allowances.take(`model:${chatId}`, own, DAY).allowed &&
      store.allowances.take('model', model.dailyCalls, DAY).allowed
    );
  }

  return {
    model: model.model,
    host: new URL(model.url).host,
    async consider({ answerer, question, asked, without, chatId }) {
      const atOnce = { kind: 'at-once', answer: without } as const;
      if (!doubtful(question, asked, without)) return atOnce;
      const chat = await store.chats.get(chatId);
      if (chat?.settings.model === false) return atOnce;
      const offer = answerer.pointing.offer(question, asked, without);
      if (offer.passages.length === 0) return atOnce;
      const kept = await store.pointings.recall(memoryKey(model.model, offer, promptOf(offer)));
      const known = kept === undefined ? undefined : readRemembered(kept);
      if (known) {
        // What was found by vectors then is found by the memory of it now.
        const again = answerer.pointing.offer(question, asked, without, known.near);
        const pointed = known.pointedIn(again);
        if (pointed) return { kind: 'at-once', answer: answerer.pointing.answer(again, pointed, without) };
      }
      return breaker.wouldAdmit(now()) && spend(chatId) ? { kind: 'ask' } : atOnce;
    },
  };
}

/**
 * What a reply is remembered by: the question folded, so that 「？」 and 「?」 are one; the one before; the rules; the model; and every
 * sentence that was offered with its place, so that nothing is remembered of a text that has changed since.
 */
export function memoryKey(model: string, offer: Offer, { system }: Prompt): string {
  const { question, before, passages } = offer;
  const places = passages.flatMap(({ document, parts }) => parts.map(({ path }) => [document.title, ...path]));
  const sentences = sentencesOf(offer).map(({ text }) => text);
  const all = [
    model,
    system,
    foldQuestion(question),
    before === undefined ? '' : foldQuestion(before),
    places,
    sentences,
  ];
  return createHash('sha256').update(JSON.stringify(all)).digest('base64url');
}
