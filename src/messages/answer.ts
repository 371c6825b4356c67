import { FormattedString } from '@grammyjs/parse-mode';
import type { InlineKeyboardButton } from '@grammyjs/types';
import type { Answer, Answered, Related } from '../answering/answer.ts';
import type { Document, Library } from '../knowledge/document.ts';
import { encodeCallback } from './callback.ts';
import type { Locale } from './locale.ts';
import { type Buttons, type Message, messageOf, messagesOf } from './message.ts';
import { blocks, placeOf, sourceLine, topicsOf } from './source-line.ts';

/** An answer as the messages of a chat. */
export function answerMessages(answer: Answer, library: Library, locale: Locale): readonly Message[] {
  const { words, label } = locale;
  if (answer.outcome === 'answered') return answeredMessages(answer, library, locale);
  if (answer.outcome === 'related') {
    if (answer.degree === 'perhaps') return perhapsMessages(answer.related, library, locale);
    return [messageOf(words.relatedInstead, relatedButtons(answer.related, locale))];
  }
  if (answer.reason === 'uncovered' || answer.reason === 'unsure')
    return messagesOf(words[answer.reason](topicsOf(library).map(label)));
  return [messageOf(answer.reason === 'empty' ? words.empty : words.smallTalk[answer.reason])];
}

/** A quote that fills more lines of a phone than this many units is folded until it is opened. */
const FOLDED_FROM = 240;

function answeredMessages(answer: Answered, library: Library, locale: Locale): readonly Message[] {
  const document = library.documents.find(({ id }) => id === answer.quotes[0].document) as Document;
  const { words, label } = locale;
  const quoted = blocks(document, answer.quotes).join('\n');
  const quote =
    quoted.length > FOLDED_FROM ? FormattedString.expandableBlockquote(quoted) : FormattedString.blockquote(quoted);
  const text = FormattedString.join([
    headline(answer, locale),
    '\n',
    quote,
    '\n',
    sourceLine({ ...document, label: label(document.label) }, answer, words),
  ]);
  return messagesOf(text, answerButtons(answer, locale));
}

/** Up to three clauses, their words shown, each with its place and a button that opens it. */
function perhapsMessages(related: readonly Related[], library: Library, locale: Locale): readonly Message[] {
  const { words, label } = locale;
  const shown = related.map(({ section, quote }, at) => {
    const document = library.documents.find(({ id }) => id === quote.document) as Document;
    const place = placeOf({ section, quotes: [quote] }, words);
    return FormattedString.join(
      [
        FormattedString.bold(`${at + 1} · ${label(document.label)}`),
        FormattedString.blockquote(blocks(document, [quote]).join('\n')),
        place,
      ],
      '\n',
    );
  });
  const buttons = related.map(
    ({ key, title }, at): InlineKeyboardButton => ({
      text: `${at + 1} · ${label(title)}`,
      callback_data: encodeCallback({ kind: 'ask', key }),
    }),
  );
  return messagesOf(
    FormattedString.join([words.perhaps, ...shown], '\n\n'),
    buttons.map((button) => [button]),
  );
}

function headline({ title, answer, quotes, whole }: Answered, { words, label }: Locale): FormattedString {
  if (whole || answer === quotes[0].text) return FormattedString.bold(label(title));
  return FormattedString.join([words.answerFor(label(title)), FormattedString.bold(answer)]);
}

function answerButtons(answer: Answered, locale: Locale): Buttons {
  const { buttons } = locale.words;
  const { key } = answer;
  const paragraph = answer.quotes[0].paragraph;
  return [
    [
      { text: buttons.original, callback_data: encodeCallback({ kind: 'original', key, paragraph }) },
      { text: buttons.helpful, callback_data: encodeCallback({ kind: 'vote', key, vote: 'up' }) },
      { text: buttons.unhelpful, callback_data: encodeCallback({ kind: 'vote', key, vote: 'down' }) },
    ],
    ...relatedButtons(answer.related, locale),
  ];
}

export function relatedButtons(related: readonly Related[], { label }: Locale): Buttons {
  return related.map(({ key, title }): InlineKeyboardButton[] => [
    { text: label(title), callback_data: encodeCallback({ kind: 'ask', key }) },
  ]);
}
