import { FormattedString } from '@grammyjs/parse-mode';
import type { InlineKeyboardButton } from '@grammyjs/types';
import { zoneLabel } from '../text/time-zones.ts';
import { encodeCallback, type SettingChange } from './callback.ts';
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
export function settingsCard({ isPrivate, ambient, isDeaf, model, slogan }: SettingsView, { words }: Locale): Message {
  const { settings } = words;
  const time = slogan?.time ?? null;
  const lines = [
    FormattedString.bold(settings.title),
    ...(isPrivate ? [] : [settings.ambient(ambient)]),
    ...(ambient && isDeaf ? [settings.deaf] : []),
    ...(model === undefined ? [] : [settings.model(model)]),
    ...(slogan ? sloganLines(slogan, words) : []),
  ];
  const button = (text: string, change: SettingChange): InlineKeyboardButton[] => [
    { text, callback_data: encodeCallback({ kind: 'setting', change }) },
  ];
  const { buttons } = settings;
  return messageOf(FormattedString.join(lines, '\n'), [
    ...(isPrivate ? [] : [ambient ? button(buttons.quiet, 'quiet') : button(buttons.ambient, 'ambient')]),
    ...(model === undefined ? [] : [model ? button(buttons.modelless, 'modelless') : button(buttons.model, 'model')]),
    ...(time === null
      ? []
      : [
          slogan?.form === 'text' ? button(buttons.poster, 'poster') : button(buttons.text, 'text'),
          button(buttons.unsubscribe, 'unsubscribe'),
        ]),
  ]);
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
