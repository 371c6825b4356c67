import type { ShownSlogan } from './slogan.ts';
import { BROADCAST } from './wording.ts';

/** A call to Telegram without its chat. */
export interface SloganCall {
  readonly method: 'sendMessage' | 'sendPhoto';
  readonly payload: Readonly<Record<string, unknown>>;
}

/** Stands in a payload for the poster of a day, until the moment of sending: see posters.ts. */
export interface PosterReference {
  readonly poster: string;
}

/** The call that shows a slogan; as a poster, the words stand below it as well, for reading aloud and searching. */
export function sloganCall({ words, maker }: ShownSlogan, form: 'text' | 'poster', localDate: string): SloganCall {
  const text = maker === undefined ? words : `${words}\n${BROADCAST.maker(maker)}`;
  const entities = [{ type: 'bold', offset: 0, length: words.length }];
  if (form === 'poster') {
    const photo: PosterReference = { poster: localDate };
    return { method: 'sendPhoto', payload: { photo, caption: text, caption_entities: entities } };
  }
  return { method: 'sendMessage', payload: { text, entities, link_preview_options: { is_disabled: true } } };
}

/** The same words without the poster. */
export function withoutPoster(payload: Readonly<Record<string, unknown>>): SloganCall {
  const { photo: _, caption, caption_entities, ...others } = payload;
  return {
    method: 'sendMessage',
    payload: { ...others, text: caption, entities: caption_entities, link_preview_options: { is_disabled: true } },
  };
}
