import type { Locale } from './locale.ts';
import { type Message, messageOf } from './message.ts';

/** Said once on joining a group: how to ask, and what the bot can't see there, with the fix. */
export function helloMessage(
  { seesAll, username }: { readonly seesAll: boolean; readonly username: string },
  { words }: Locale,
): Message {
  return messageOf(words.hello(username, seesAll));
}
