import { z } from 'zod';
import type { Endpoint } from '../config.ts';
import { type Called, type CallOptions, post } from './endpoint.ts';

/** What is said to a model. */
export interface Messages {
  readonly system: string;
  readonly user: string;
}

export interface ChatModel {
  /** The text of the reply, whatever that is: whoever asked decides what to believe of it. Never rejects. */
  ask(messages: Messages, options: CallOptions): Promise<Called<string>>;
}

const PATH = '/chat/completions';
/** In tokens: numbers take a dozen; a model that thinks aloud needs more. */
const LONGEST_REPLY = 1_024;

const replySchema = z.object({
  choices: z.array(z.object({ message: z.object({ content: z.string() }) })).min(1),
});

/**
 * A model behind an endpoint. It is asked for JSON, at no temperature and in one piece; a service that does not know how
 * (400, 422) is asked plainly, from then on.
 */
export function createChatModel(endpoint: Endpoint): ChatModel {
  let isPlain = false;

  async function call({ system, user }: Messages, plain: boolean, options: CallOptions): Promise<Called<string>> {
    const messages = [
      { role: 'system', content: system },
      { role: 'user', content: user },
    ];
    const wishes = { temperature: 0, max_tokens: LONGEST_REPLY, response_format: { type: 'json_object' } };
    const body = { model: endpoint.model, messages, stream: false, ...(plain ? {} : wishes) };
    const called = await post(endpoint, PATH, body, options);
    if (!called.ok) return called;
    const reply = replySchema.safeParse(called.value);
    if (!reply.success) return { ok: false, fault: 'malformed' };
    return { ok: true, value: reply.data.choices[0]?.message.content ?? '' };
  }

  return {
    async ask(messages, options) {
      const began = performance.now();
      const called = await call(messages, isPlain, options);
      if (called.ok || isPlain || (called.status !== 400 && called.status !== 422)) return called;
      const left = options.timeoutMs - (performance.now() - began);
      if (left <= 0) return called;
      const again = await call(messages, true, { ...options, timeoutMs: Math.ceil(left) });
      isPlain = again.ok;
      return again;
    },
  };
}
