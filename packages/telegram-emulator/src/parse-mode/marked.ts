import type { MessageEntity, User } from '@grammyjs/types';
import { badRequest, type Failure } from '../reply.ts';

/** A text whose markup was read into entities; not yet as Telegram stores it. */
export interface MarkedText {
  readonly text: string;
  readonly entities: readonly MessageEntity[];
}

/** Someone whom the bot may mention by their id. */
export type UserOf = (id: number) => User | undefined;

/** Reads a text's markup; `userOf` finds whom a tg://user?id= link mentions. */
export type ParseMode = (source: string, userOf: UserOf) => MarkedText | Failure;

/** The Bot API names the place by its byte in UTF-8. `at` counts UTF-16 units. */
export function unparsable(problem: string, source: string, at: number): Failure {
  return badRequest(`can't parse entities: ${problem} at byte offset ${Buffer.byteLength(source.slice(0, at))}`);
}

/** What a link makes of a stretch: a mention, a link, or nothing where the address is none. */
export function linked(
  address: string,
  { offset, length }: Pick<MessageEntity, 'offset' | 'length'>,
  userOf: UserOf,
): MessageEntity | undefined {
  const id = /^tg:\/\/user\?id=(\d+)$/i.exec(address)?.[1];
  if (id !== undefined) {
    const user = userOf(Number(id));
    return user && { type: 'text_mention', offset, length, user };
  }
  const url = checkedUrl(address);
  return url === undefined ? undefined : { type: 'text_link', offset, length, url };
}

/** Undefined for what is no custom emoji's address. */
export function emojiIdOf(address: string): string | undefined {
  return /^tg:\/\/emoji\?(?:.*&)?id=(\d+)/i.exec(address)?.[1];
}

/** As TDLib's get_checked_link: http where no scheme is given, and a path. */
function checkedUrl(address: string): string | undefined {
  const trimmed = address.trim();
  const absolute = /^[a-z][a-z0-9+.-]*:\/\//i.test(trimmed) ? trimmed : `http://${trimmed}`;
  if (!/^(?:https?|tg|ton):/i.test(absolute) || !URL.canParse(absolute)) return undefined;
  if (!/^https?:/i.test(absolute)) return absolute;
  if (!new URL(absolute).hostname.includes('.')) return undefined;
  return /^https?:\/\/[^/?#]+$/i.test(absolute) ? `${absolute}/` : absolute;
}
