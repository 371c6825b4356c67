import { FormattedString } from '@grammyjs/parse-mode';
import type { InlineKeyboardButton } from '@grammyjs/types';
import { documentKey, keyOf } from '../answering/key.ts';
import type { Entry } from '../answering/outlines.ts';
import type { Document, Section } from '../knowledge/document.ts';
import { button, fitting, inRows, shortened } from './keyboard.ts';
import type { Locale } from './locale.ts';
import { type Message, messageOf } from './message.ts';

/** What stands below the buttons of a card at most: the ways on. */
const WAYS = 2;

/** The overview of a document: what it is about, and its sections as buttons; without sections its own outline. */
export function topicCard(document: Document, outline: readonly Entry[], locale: Locale): Message {
  const { words, label } = locale;
  const { about, command } = document;
  const sections = document.sections.filter(({ ofClauses }) => !ofClauses);
  const points = sections.flatMap((section) => section.points).length;
  const buttons = fitting(
    sections.length > 0
      ? sections.map((section) => sectionButton(document, section, locale))
      : outline.map((entry) => entryButton(entry, locale)),
    WAYS,
  );
  const lines = [
    FormattedString.bold(label(document.label)),
    ...about.map((each) => words.sourceAbout([each])),
    ...(sections.length > 0 ? [words.topic(sections.length, points)] : []),
    ...(outline.length > 0 ? [words.outline(outline.length, buttons.length)] : []),
    ...(command ? [words.topicHint(command.name)] : []),
  ];
  return messageOf(FormattedString.join(lines, '\n'), inRows(buttons));
}

/** A section's points as buttons. */
export function sectionCard(document: Document, section: Section, { words, label }: Locale): Message {
  const key = keyOf({ kind: 'section', document, section });
  const text = FormattedString.join([FormattedString.bold(label(section.title)), words.sectionHint], '\n');
  const points = section.points.map((point) =>
    button(label(point.title), { kind: 'ask', key: keyOf({ kind: 'point', document, section, point }) }),
  );
  return messageOf(text, [
    ...inRows(fitting(points, WAYS)),
    [
      button(words.buttons.whole, { kind: 'ask', key }),
      button(words.buttons.sections, { kind: 'topic', key: documentKey(document.id) }),
    ],
  ]);
}

/** What stands below an entry of a document's outline, as buttons. */
export function entryCard(document: Document, entry: Entry, locale: Locale): Message {
  const { words, label } = locale;
  const buttons = entry.parts.map(({ key, title }) => button(shortened(label(title)), { kind: 'ask', key }));
  const parts = fitting(buttons, WAYS);
  const lines = [FormattedString.bold(label(titleOf(entry, locale))), words.outline(entry.parts.length, parts.length)];
  const back = button(words.buttons.outline, { kind: 'topic', key: documentKey(document.id) });
  return messageOf(FormattedString.join(lines, '\n'), [...inRows(parts), [back]]);
}

function sectionButton(document: Document, section: Section, { label }: Locale): InlineKeyboardButton {
  const key = keyOf({ kind: 'section', document, section });
  return button(label(section.title), { kind: 'section', key });
}

/** What has but one part is opened at once. */
function entryButton(entry: Entry, locale: Locale): InlineKeyboardButton {
  const [part, ...others] = entry.parts;
  const title = shortened(locale.label(titleOf(entry, locale)));
  return button(title, others.length > 0 ? { kind: 'section', key: entry.key } : { kind: 'ask', key: part.key });
}

function titleOf({ title }: Entry, { words }: Locale): string {
  return title === '' ? words.opening : title;
}
