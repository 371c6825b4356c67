import { FormattedString } from '@grammyjs/parse-mode';
import { documentKey } from '../answering/key.ts';
import type { Outlines } from '../answering/outlines.ts';
import type { Document, Library } from '../knowledge/document.ts';
import { button, fitting, inRows, shortened } from './keyboard.ts';
import type { Locale } from './locale.ts';
import { type Message, messagesOf } from './message.ts';

/** The commands with what they do, the documents' own among them, in the order in which they are listed to people. */
export function commandList(
  library: Library,
  { language, words, label }: Locale,
): readonly (readonly [string, string])[] {
  const topics = library.documents.flatMap(({ command }): (readonly [string, string])[] =>
    command ? [[command.name, language === 'en' ? command.description.en : label(command.description.zh)]] : [],
  );
  const { ask, sources, settings, help } = words.commands;
  return [
    ['ask', ask],
    ...topics,
    ...(hasSlogans(library) ? SLOGAN_COMMANDS.map((name): [string, string] => [name, words.commands[name]]) : []),
    ['sources', sources],
    ['settings', settings],
    ['help', help],
  ];
}

const SLOGAN_COMMANDS = ['slogan', 'subscribe', 'unsubscribe'] as const;

/** Whether there is anything to subscribe to. */
export function hasSlogans({ documents }: Library): boolean {
  return documents.some(({ slogans }) => slogans.length > 0);
}

/** A model that helps to find, and the service that runs it. */
export interface Helper {
  readonly model: string;
  readonly host: string;
}

/**
 * Every document with who published it, under which number and when; those that can be browsed have a button, too. Who helps to
 * find is no secret.
 */
export function sourcesMessages(
  { documents }: Library,
  outlines: Outlines,
  locale: Locale,
  helper?: Helper,
): readonly Message[] {
  const { words, label } = locale;
  const entries = documents.map((document) => sourceEntry(document, locale));
  const all = documents
    .filter((document) => document.sections.some(({ ofClauses }) => !ofClauses) || outlines.of(document).length > 0)
    .map((document) => button(shortened(label(document.label)), { kind: 'topic', key: documentKey(document.id) }));
  const buttons = fitting(all);
  const cut = buttons.length < all.length ? [words.sourcesCut(buttons.length)] : [];
  const helped = helper ? [words.sourcesHelper(helper.model, helper.host)] : [];
  return messagesOf(FormattedString.join([words.sources, ...entries, ...cut, ...helped], '\n\n'), inRows(buttons));
}

function sourceEntry(document: Document, { words }: Locale): FormattedString {
  const { title, subtitle, publisher, reporters, number, published, effective, expires, url, dates, command } =
    document;
  const lines = [
    url === undefined ? FormattedString.bold(title) : FormattedString.bold(FormattedString.link(title, url)),
    ...(subtitle ? [subtitle] : []),
    ...(publisher ? [words.sourceBy(publisher, reporters)] : []),
    ...(number ? [words.sourceNumber(number)] : []),
    ...(published ? [words.sourcePublished(published)] : []),
    ...(effective ? [words.sourceEffective(effective)] : []),
    ...(expires ? [words.sourceExpires(expires)] : []),
    ...dates.map(({ event, date }) => words.sourceDate(event, date)),
    ...(command ? [words.sourceCommand(command.name)] : []),
  ];
  return FormattedString.join(lines, '\n');
}
