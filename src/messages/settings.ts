import { FormattedString } from '@grammyjs/parse-mode';
import type { InlineKeyboardButton } from '@grammyjs/types';
import { documentKey } from '../answering/key.ts';
import type { Library } from '../knowledge/document.ts';
import { zoneLabel } from '../text/time-zones.ts';
import { encodeCallback, type SettingChange } from './callback.ts';
import { fitting, inRows, button as keyboardButton, shortened } from './keyboard.ts';
import type { Locale } from './locale.ts';
import { type Message, messageOf } from './message.ts';
import { nameText } from './names.ts';
import type { Wording } from './wording.ts';

/** What can be set for a chat, as it stands. */
export interface SettingsView {
  /** A private chat has no ambient answers to speak of. */
  readonly isPrivate: boolean;
  readonly ambient: boolean;
  /** Whether only what is addressed to us can be seen: then ambient answers have no effect. */
  readonly isDeaf: boolean;
  /** Whether a model may be asked for this chat; undefined: none is configured. */
  readonly model: boolean | undefined;
  readonly short: boolean;
  /** How many documents there are, and answer here; undefined where there is nothing to choose. */
  readonly documents: { readonly all: number; readonly answering: number } | undefined;
  /** Until when nobody is answered, or `for-good`; undefined where everybody is. */
  readonly silent: string | undefined;
  /** Undefined where there are no slogans and none is subscribed. */
  readonly slogan: SloganView | undefined;
}

/** The daily slogan of a chat. */
export interface SloganView {
  /** HH:MM; null: not subscribed. */
  readonly time: string | null;
  readonly timeZone: string;
  readonly form: 'text' | 'poster';
  readonly place: SloganPlace;
  /** Whether none goes out, since its topic has refused it for days. */
  readonly isOff?: boolean;
  /** YYYY-MM-DD HH:MM in the zone; undefined when none will come. */
  readonly next: string | undefined;
}

export type SloganPlace =
  | { readonly kind: 'chat' | 'group' | 'general' }
  /** The topic where this is said. */
  | { readonly kind: 'here'; readonly name: string | undefined }
  | { readonly kind: 'elsewhere'; readonly url: string };

/** The settings of a chat, with a button for each change that makes sense. */
export function settingsCard(view: SettingsView, { words }: Locale): Message {
  const { isPrivate, ambient, isDeaf, model, short, documents, silent, slogan } = view;
  const { settings } = words;
  const time = slogan?.time ?? null;
  const lines = [
    FormattedString.bold(settings.title),
    ...(isPrivate || silent === undefined ? [] : [settings.silent(silent === 'for-good' ? undefined : silent)]),
    ...(isPrivate ? [] : [settings.ambient(ambient)]),
    ...(ambient && isDeaf ? [settings.deaf] : []),
    ...(model === undefined ? [] : [settings.model(model)]),
    ...(isPrivate ? [] : [settings.short(short)]),
    ...(isPrivate || !documents ? [] : [settings.documents(documents.answering, documents.all)]),
    ...(slogan ? sloganLines(slogan, words) : []),
  ];
  const button = (text: string, change: SettingChange): InlineKeyboardButton[] => [
    { text, callback_data: encodeCallback({ kind: 'setting', change }) },
  ];
  const { buttons } = settings;
  return messageOf(FormattedString.join(lines, '\n'), [
    ...(isPrivate ? [] : [ambient ? button(buttons.quiet, 'quiet') : button(buttons.ambient, 'ambient')]),
    ...(model === undefined ? [] : [model ? button(buttons.modelless, 'modelless') : button(buttons.model, 'model')]),
    ...(isPrivate ? [] : [short ? button(buttons.full, 'full') : button(buttons.short, 'short')]),
    ...(isPrivate || !documents ? [] : [button(buttons.documents, 'documents')]),
    ...(isPrivate
      ? []
      : silent === undefined
        ? [[...button(buttons.silentday, 'silentday'), ...button(buttons.silent, 'silent')]]
        : [button(buttons.speak, 'speak')]),
    ...(time === null
      ? []
      : [
          slogan?.form === 'text' ? button(buttons.poster, 'poster') : button(buttons.text, 'text'),
          button(buttons.unsubscribe, 'unsubscribe'),
        ]),
  ]);
}

/** Which documents answer in a chat: a press switches one. */
export function documentsCard(library: Library, off: readonly string[], { words, label }: Locale): Message {
  const { settings, buttons } = words;
  const all = library.documents.map((document) => {
    const mark = off.includes(document.id) ? '▫️' : '✅';
    const data = { kind: 'setting', change: 'toggle', document: documentKey(document.id) } as const;
    return keyboardButton(shortened(`${mark} ${label(document.label)}`), data);
  });
  return messageOf(settings.whichDocuments, [
    ...inRows(fitting(all, 1)),
    [keyboardButton(buttons.back, { kind: 'setting', change: 'back' })],
  ]);
}

/** Below what is said of /stop in a group: how long nobody at all is to be answered. */
export function stoppedMessage(text: string, isPrivate: boolean, { words }: Locale): Message {
  const { silentday, silent } = words.settings.buttons;
  const buttons = [
    keyboardButton(silentday, { kind: 'setting', change: 'silentday' }),
    keyboardButton(silent, { kind: 'setting', change: 'silent' }),
  ];
  return messageOf(text, isPrivate ? [] : [buttons]);
}

function sloganLines(slogan: SloganView, words: Wording): readonly string[] {
  const { settings } = words;
  const { time, timeZone, form } = slogan;
  const subscribed = time === null ? [settings.notSubscribed] : [settings.form(form), ...whereAndWhen(slogan, words)];
  return [settings.slogan(time), ...subscribed, settings.zone(zoneLabel(timeZone))];
}

/** Said on subscribing: the hour, where it is meant and where the slogan goes, and when the next one comes. */
export function subscribedMessage(time: string, slogan: SloganView, { words }: Locale): Message {
  const { settings } = words;
  const lines = [
    settings.subscribed(time),
    ...whereAndWhen(slogan, words),
    settings.zone(zoneLabel(slogan.timeZone)),
    settings.unsubscribe,
  ];
  return messageOf(lines.join('\n'));
}

function whereAndWhen({ place, next, isOff }: SloganView, { settings }: Wording): readonly string[] {
  const when = isOff ? [settings.sloganOff] : next === undefined ? [] : [settings.next(next)];
  return [settings.place(placeName(place, settings.places)), ...when];
}

function placeName(place: SloganPlace, places: Wording['settings']['places']): string {
  switch (place.kind) {
    case 'here':
      return place.name === undefined ? places.topic : places.named(nameText(place.name));
    case 'elsewhere':
      return places.other(place.url);
    default:
      return places[place.kind];
  }
}
