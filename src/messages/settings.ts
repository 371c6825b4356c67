import { FormattedString } from '@grammyjs/parse-mode';
import type { InlineKeyboardButton } from '@grammyjs/types';
import { encodeCallback, type SettingChange } from './callback.ts';
import type { Locale } from './locale.ts';
import { type Message, messageOf } from './message.ts';

/** What can be set for a chat, as it stands. */
export interface SettingsView {
  /** A private chat has no ambient answers to speak of. */
  readonly isPrivate: boolean;
  readonly ambient: boolean;
  /** HH:MM; null: not subscribed. */
  readonly sloganTime: string | null;
  readonly timeZone: string;
  readonly sloganForm: 'text' | 'poster';
}

/** The settings of a chat, with a button for each change that makes sense. */
export function settingsCard(view: SettingsView, { words }: Locale): Message {
  const { settings } = words;
  const { isPrivate, ambient, sloganTime, timeZone, sloganForm } = view;
  const lines = [
    FormattedString.bold(settings.title),
    ...(isPrivate ? [] : [settings.ambient(ambient)]),
    settings.slogan(sloganTime, timeZone),
    ...(sloganTime === null ? [settings.notSubscribed] : [settings.form(sloganForm)]),
    settings.zoneHint,
  ];
  const button = (text: string, change: SettingChange): InlineKeyboardButton[] => [
    { text, callback_data: encodeCallback({ kind: 'setting', change }) },
  ];
  const { buttons } = settings;
  return messageOf(FormattedString.join(lines, '\n'), [
    ...(isPrivate ? [] : [ambient ? button(buttons.quiet, 'quiet') : button(buttons.ambient, 'ambient')]),
    ...(sloganTime === null
      ? []
      : [
          sloganForm === 'text' ? button(buttons.poster, 'poster') : button(buttons.text, 'text'),
          button(buttons.unsubscribe, 'unsubscribe'),
        ]),
  ]);
}
