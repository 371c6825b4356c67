import { FormattedString } from '@grammyjs/parse-mode';
import type { InlineQueryResultArticle } from '@grammyjs/types';
import type { Related } from '../answering/answer.ts';
import type { Document, Library } from '../knowledge/document.ts';
import { encodePayload } from './callback.ts';
import { localeOf } from './locale.ts';
import { blocks, sourceText } from './source-line.ts';
import { standingNotice } from './standing.ts';
import { CHINESE } from './wording.ts';

/** Quotes to insert into any chat. All of it is as published: everybody gets the same, whatever script they read. */
export function inlineResults(
  found: readonly Related[],
  library: Library,
  username: string,
  today?: string,
): readonly InlineQueryResultArticle[] {
  return found.map(({ key, title, section, quotes: [quote] }) => {
    const { document } = quote;
    const text = FormattedString.join(
      [
        FormattedString.bold(title),
        ...notices(document, library, today),
        FormattedString.blockquote(blocks(document, [quote]).join('\n')),
        sourceText(document, { section, quotes: [quote] }, CHINESE),
      ],
      '\n',
    );
    return {
      type: 'article',
      id: key,
      title,
      description: quote.text,
      input_message_content: {
        message_text: text.text,
        entities: text.entities,
        link_preview_options: { is_disabled: true },
      },
      // In a chat where we may not be: the quote opens in private, with its paragraph and its neighbours.
      reply_markup: { inline_keyboard: [[{ text: CHINESE.buttons.original, url: deepLink(username, key) }]] },
    };
  });
}

function notices(document: Document, library: Library, today: string | undefined): readonly FormattedString[] {
  const notice = standingNotice(document, library, {
    ...localeOf('zh-hans'),
    ...(today === undefined ? {} : { today }),
  });
  return notice ? [notice] : [];
}

function deepLink(username: string, key: string): string {
  return `https://t.me/${username}?start=${encodePayload(key)}`;
}
