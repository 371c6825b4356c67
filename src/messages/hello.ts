import type { Examples } from '../answering/examples.ts';
import { exampleFor } from './examples.ts';
import type { Locale } from './locale.ts';
import { type Message, messageOf } from './message.ts';

/** Said once on joining a group: how to ask, and what the bot can't see there, with the fix. */
export function helloMessage(
  {
    seesAll,
    username,
    examples,
  }: { readonly seesAll: boolean; readonly username: string; readonly examples: Examples },
  locale: Locale,
): Message {
  return messageOf(locale.words.hello(username, seesAll, exampleFor(examples, locale)));
}
