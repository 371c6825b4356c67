import type { User } from '@grammyjs/types';

/** Who is on show, and in which words: the playground shows any bot among the people that it is handed. */
export interface Scenario {
  readonly bot: { readonly first_name: string; readonly username: string };
  /** In the order in which they are listed; the first speaks at the beginning. Each has a private chat with the bot. */
  readonly people: readonly [CastMember, ...CastMember[]];
  /** Everybody is in each. The first is open at the beginning. */
  readonly groups: readonly CastGroup[];
  /** A local time of day, "08:29", to which a button moves the bot's clock; without it there is no such button. */
  readonly morning?: string;
  readonly words: ScenarioWords;
}

export interface CastMember {
  /** Names them in what the page and the server say to each other. */
  readonly key: string;
  readonly user: Partial<User> & { readonly first_name: string };
  /** In every group; an ordinary member when left out. */
  readonly rank?: 'creator' | 'administrator';
  /** Speaks in groups as the group itself, as Telegram lets a creator or an administrator. */
  readonly anonymous?: boolean;
  /** Who that is, in a list and where there is little room. */
  readonly role: string;
  readonly shortRole: string;
}

export interface CastGroup {
  readonly title: string;
  /** With topics it is a forum. */
  readonly topics?: readonly string[];
}

/** What the page says of this bot; what it says of Telegram is its own. */
export interface ScenarioWords {
  readonly brand: string;
  readonly brandNote: string;
  /** Under an empty chat: how to speak to the bot in a group, and in private. */
  readonly emptyGroup: string;
  readonly emptyPrivate: string;
  /** Questions to begin with, by language code; who has another is offered the first. */
  readonly examples: Readonly<Record<string, readonly string[]>>;
}
