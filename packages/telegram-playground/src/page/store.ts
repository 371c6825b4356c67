import type { Message } from '@grammyjs/types';
import type { Person, PersonKey, ServerEvent } from '../protocol.ts';
import { type Conversation, conversationsOf } from './conversation.ts';
import { personOf } from './people.ts';
import { applyEvent, type World } from './world.ts';

/** What the visitor has open. */
export interface Ui {
  readonly person: PersonKey;
  readonly conversation: string;
  /** On a phone one of the two shows. */
  readonly screen: 'list' | 'chat';
  readonly panel: boolean;
  readonly online: boolean;
  readonly replyTo: Message | undefined;
  readonly editing: Message | undefined;
}

/** Everything that the views need once the first snapshot has come. */
export interface Scene {
  readonly world: World;
  readonly ui: Ui;
  readonly person: Person;
  readonly conversations: readonly Conversation[];
  readonly conversation: Conversation;
}

export interface Store {
  /** Undefined before the first snapshot. */
  scene(): Scene | undefined;
  /** The page's own time, in milliseconds. */
  now(): number;
  change(ui: Partial<Ui>): void;
  receive(event: ServerEvent): void;
  /** Runs after changes, several at once. */
  subscribe(listener: () => void): void;
}

export function createStore(first: Ui, now: () => number): Store {
  let world: World | undefined;
  let ui = first;
  let scene: Scene | undefined;
  let told = true;
  const listeners: (() => void)[] = [];

  function tell(): void {
    scene = world && compose(world, ui);
    if (!told) return;
    told = false;
    queueMicrotask(() => {
      told = true;
      for (const listener of listeners) listener();
    });
  }

  return {
    scene: () => scene,
    now,
    change(changes) {
      const moved = changes.conversation !== undefined && changes.conversation !== ui.conversation;
      const swapped = changes.person !== undefined && changes.person !== ui.person;
      // What is being answered or edited stays behind with the chat and the person.
      ui = { ...ui, ...(moved || swapped ? { replyTo: undefined, editing: undefined } : {}), ...changes };
      tell();
    },
    receive(event) {
      if (event.kind === 'snapshot') ui = { ...ui, replyTo: undefined, editing: undefined };
      world = applyEvent(world, event, now());
      tell();
    },
    subscribe: (listener) => listeners.push(listener),
  };
}

function compose(world: World, ui: Ui): Scene | undefined {
  const person = personOf(world, ui.person);
  const conversations = conversationsOf(world, person.key);
  const conversation = conversations.find(({ key }) => key === ui.conversation) ?? conversations[0];
  return conversation && { world, ui, person, conversations, conversation };
}
