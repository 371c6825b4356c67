import type { BotCommand } from '@grammyjs/types';
import type { InlineResult } from '../protocol.ts';
import type { Actions } from './actions.ts';
import { createOptionList, type Option, type OptionList } from './option-list.ts';
import { avatar, nameOf } from './people.ts';
import type { Scene, Store } from './store.ts';
import { commandsFor, insertMention, type Trigger, triggerAt } from './suggestions.ts';
import { WORDING } from './wording.ts';

export interface Completion {
  readonly list: OptionList;
  /** Looks at what stands in the input line now. */
  look(): void;
}

export interface InputLine {
  text(): string;
  caret(): number;
  put(text: string, caret?: number): void;
  submit(): void;
  readonly element: HTMLElement;
}

/** Milliseconds of silence before an inline query goes out. */
const INLINE_PAUSE_MS = 300;

/** Offers commands, names, and the bot's inline results for what is being typed. */
export function createCompletion(store: Store, actions: Actions, input: InputLine): Completion {
  const list = createOptionList(input.element);
  let menu: { readonly key: string; readonly commands: Promise<readonly BotCommand[] | undefined> } | undefined;
  let pause: ReturnType<typeof setTimeout> | undefined;
  let looks = 0;

  function menuOf({ world, person, conversation }: Scene): Promise<readonly BotCommand[] | undefined> {
    const key = `${person.key}/${conversation.room.id}/${world.menus}`;
    if (menu?.key !== key) {
      const commands = actions.ask<'menu'>({ type: 'menu', person: person.key, chat: conversation.room.id });
      menu = { key, commands };
    }
    return menu.commands;
  }

  async function showCommands(scene: Scene, prefix: string, look: number): Promise<void> {
    const commands = commandsFor(prefix, (await menuOf(scene)) ?? []);
    if (look !== looks) return;
    const options = commands.map(
      ({ command, description }): Option => ({
        id: command,
        title: `/${command}`,
        note: description,
        choose: () => {
          input.put(`/${command}`);
          input.submit();
        },
        insert: () => input.put(`/${command} `),
      }),
    );
    if (options.length === 0) list.hide();
    else list.show(WORDING.commands, options, WORDING.commandHint, true);
  }

  function showMentions({ world, conversation }: Scene, trigger: Extract<Trigger, { kind: 'mention' }>): void {
    const { room } = conversation;
    const present = world.people.filter(({ key }) => room.owner === undefined && room.people[key] !== 'absent');
    const names = [world.bot, ...present.map(({ user }) => user)];
    const options = names.flatMap((user): Option[] => {
      const { username } = user;
      if (username === undefined) return [];
      const fits = username.toLowerCase().startsWith(trigger.prefix) || nameOf(user).startsWith(trigger.prefix);
      if (!fits || username.toLowerCase() === trigger.prefix) return [];
      const choose = () => {
        const { text, caret } = insertMention(input.text(), trigger, username);
        input.put(text, caret);
      };
      const picture = avatar(user.id, nameOf(user), user.id === world.bot.id ? 'small bot' : 'small');
      return [{ id: username, title: nameOf(user), note: `@${username}`, picture, choose }];
    });
    if (options.length === 0) list.hide();
    else list.show(WORDING.mentions, options, '', true);
  }

  async function showInline({ person, conversation }: Scene, query: string, look: number): Promise<void> {
    const chat = conversation.room.id;
    const answer = await actions.ask<'inline'>({ type: 'inline', person: person.key, chat, query });
    if (look !== looks) return;
    if (!answer?.answered) return list.hide();
    const options = answer.results.map((result) => inlineOption(result, chat));
    // Nothing is marked: Enter sends the words as they are, as a question to the bot.
    list.show(WORDING.inlineResults, options, options.length > 0 ? WORDING.inlineHint : WORDING.inlineNone, false);

    function inlineOption({ id, title, description }: InlineResult, place: number): Option {
      const choose = () => {
        input.put('');
        const topic = conversation.topic;
        void actions.do({ type: 'choose', person: person.key, chat: place, result: id, topic });
      };
      return { id, title, note: description, choose };
    }
  }

  return {
    list,
    look() {
      const look = ++looks;
      clearTimeout(pause);
      const scene = store.scene();
      const { bot } = scene?.world ?? {};
      const trigger = scene && triggerAt(input.text(), input.caret(), bot?.inline ? bot.username : undefined);
      if (!scene || !trigger || scene.ui.editing) return list.hide();
      if (trigger.kind === 'command') void showCommands(scene, trigger.prefix, look);
      else if (trigger.kind === 'mention') showMentions(scene, trigger);
      else {
        if (!list.isOpen()) list.hide();
        pause = setTimeout(() => void showInline(scene, trigger.query, look), INLINE_PAUSE_MS);
      }
    },
  };
}
