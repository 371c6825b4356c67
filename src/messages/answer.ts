import { FormattedString } from '@grammyjs/parse-mode';
import type { Answer, Answered, OnlyRelated, Quote, Related } from '../answering/answer.ts';
import type { Document, Library } from '../knowledge/document.ts';
import { button, inRows, shortened } from './keyboard.ts';
import type { Locale } from './locale.ts';
import { type Buttons, type Message, messageOf, messagesOf } from './message.ts';
import { blocks, placeOf, sourceText, topicsOf } from './source-line.ts';
import { standingNotice } from './standing.ts';
import type { Wording } from './wording.ts';

/** An answer as the messages of a chat; `example` is shown to whoever asked nothing. */
export function answerMessages(answer: Answer, library: Library, locale: Locale, example?: string): readonly Message[] {
  const { words, label } = locale;
  if (answer.outcome === 'answered') return answeredMessages(answer, library, locale);
  if (answer.outcome === 'related') return clausesMessages(leadOf(answer, words), answer.related, library, locale);
  if (answer.reason === 'uncovered' || answer.reason === 'unsure')
    return messagesOf(words[answer.reason](topicsOf(library).map(label)));
  if (answer.reason === 'empty') return [messageOf(words.empty(example))];
  return [messageOf(words.smallTalk[answer.reason])];
}

/** What stands above quotes that may answer, or come near. */
export function leadOf({ degree, unqualified }: OnlyRelated, words: Wording): string {
  if (degree === 'perhaps') return words.perhaps;
  return unqualified ? words.unqualified : words.relatedInstead;
}

/** In UTF-16 units: a longer quote is folded to three lines until it is opened. Of three quotes each has less room. */
const ANSWER_OPEN = 240;
const SHOWN_OPEN = 120;

function quoted(document: Document, quotes: readonly Quote[], open: number): FormattedString {
  const text = blocks(document, quotes).join('\n');
  return text.length > open ? FormattedString.expandableBlockquote(text) : FormattedString.blockquote(text);
}

function answeredMessages(answer: Answered, library: Library, locale: Locale): readonly Message[] {
  const { words } = locale;
  const all = [answer, ...(answer.also ?? [])].map((one) => answeredText(one, library, locale));
  const text = FormattedString.join([...all, ...(answer.partly ? [words.partly] : [])], '\n\n');
  return messagesOf(text, answerButtons(answer, locale));
}

function answeredText(answer: Answered, library: Library, locale: Locale): FormattedString {
  const { document } = answer.quotes[0];
  const { words, label } = locale;
  const notice = standingNotice(document, library, locale);
  return FormattedString.join([
    ...(notice ? [notice, '\n'] : []),
    headline(answer, locale),
    '\n',
    quoted(document, answer.quotes, locale.short ? 0 : ANSWER_OPEN),
    '\n',
    sourceText({ ...document, label: label(document.label) }, answer, words),
  ]);
}

/**
 * Up to three clauses, their words shown, each with its place and a button that opens it. A document is named once above
 * those that follow one another in it.
 */
function clausesMessages(
  lead: string,
  related: readonly Related[],
  library: Library,
  locale: Locale,
): readonly Message[] {
  const { words, label } = locale;
  const shown = related.map(({ section, quotes }, at) => {
    const { document } = quotes[0];
    const isNamed = related[at - 1]?.quotes[0].document === document;
    const place = placeOf({ section, quotes }, words);
    return FormattedString.join(
      [
        ...(isNamed ? [] : nameAndStanding(document, library, locale)),
        `${at + 1} · ${label(place)}`,
        quoted(document, quotes, SHOWN_OPEN),
      ],
      '\n',
    );
  });
  const buttons = related.map(({ key, name, section }, at) =>
    button(shortened(`${at + 1} · ${label(articleIn(section) ?? name)}`), { kind: 'ask', key }),
  );
  return messagesOf(FormattedString.join([lead, ...shown], '\n\n'), inRows(buttons));
}

function nameAndStanding(document: Document, library: Library, locale: Locale): readonly FormattedString[] {
  const name = FormattedString.bold(locale.label(document.label));
  const notice = standingNotice(document, library, locale);
  return notice ? [name, notice] : [name];
}

/** 「第四条（三）」: where the words stand above, the number of an article says enough. */
function articleIn(section: string): string | undefined {
  return /第[^·]{1,12}[条條].*$/.exec(section)?.[0].replaceAll(' · ', '');
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
      button(buttons.original, { kind: 'original', key, paragraph }),
      button(buttons.helpful, { kind: 'vote', key, vote: 'up' }),
      button(buttons.unhelpful, { kind: 'vote', key, vote: 'down' }),
    ],
    ...(locale.short ? [] : relatedButtons(answer.related, locale)),
  ];
}

function relatedButtons(related: readonly Related[], { label }: Locale): Buttons {
  return related.map(({ key, name }) => [button(shortened(label(name)), { kind: 'ask', key })]);
}
