import type { Message, MessageEntity, User, UserFromGetMe } from '@grammyjs/types';
import { describe, expect, it } from 'vitest';
import { type Addressed, addressed } from '../../src/telegram/addressing.ts';
import { emulateTelegram } from '../emulated.ts';

const me: UserFromGetMe = emulateTelegram().bot();
const user: User = { id: 5, is_bot: false, first_name: '小王' };
const group = { id: -1_001, type: 'supergroup', title: '居民群' } as const;
const priv = { id: 5, type: 'private', first_name: '小王' } as const;
const channel = { id: -1_002, type: 'channel', title: '街道频道' } as const;
const placeholder: User = { id: 1_087_968_824, is_bot: true, first_name: 'Group', username: 'GroupAnonymousBot' };

const ASK = '社区工作者有体检吗';

function message(fields: Partial<Message>): Message {
  return { message_id: 7, date: 1_767_225_600, chat: group, from: user, ...fields } as Message;
}

function at(text: string, part: string, type: 'mention' | 'bot_command' | 'text_mention', who?: User): MessageEntity {
  const place = { offset: text.indexOf(part), length: part.length };
  return (who ? { type, user: who, ...place } : { type, ...place }) as MessageEntity;
}

function said(text: string, ...parts: readonly (readonly [string, 'mention' | 'bot_command'])[]): Partial<Message> {
  return { text, entities: parts.map(([part, type]) => at(text, part, type)) };
}

const question = (text: string): Addressed => ({ kind: 'question', text });
const quoted = (text: string): Addressed => ({ kind: 'question', text, quoted: true });
const ambient = (text: string): Addressed => ({ kind: 'ambient', text });
const command = (name: string, text = ''): Addressed => ({ kind: 'command', name, text });
const byUs = (fields: Partial<Message> = {}) => message({ from: me, text: '答', ...fields });
const replyTo = (replied: Message) => ({ reply_to_message: replied }) as Partial<Message>;

const quote = (text: string) => ({ quote: { text, position: 0, is_manual: true } }) as Partial<Message>;
const poll = (text: string) => ({ poll: { id: '1', question: text, options: [] } }) as unknown as Partial<Message>;
const external = (fields: Partial<Message>) =>
  ({
    external_reply: { origin: { type: 'hidden_user', date: 1, sender_user_name: '某人' }, ...fields },
  }) as Partial<Message>;

describe('who is spoken to', () => {
  it.each<[string, Partial<Message>, Addressed | undefined]>([
    ['any text in private is a question', { chat: priv, text: ASK }, question(ASK)],
    ['a caption in private is one too', { chat: priv, caption: ASK }, question(ASK)],
    ['what a group says among itself is ambient', { text: ASK }, ambient(ASK)],
    ['a command is ours', said('/ask 体检', ['/ask', 'bot_command']), command('ask', '体检')],
    ['a command with our name', said('/ask@wence_bot 体检', ['/ask@wence_bot', 'bot_command']), command('ask', '体检')],
    ['our name in capitals', said('/ask@WENCE_BOT', ['/ask@WENCE_BOT', 'bot_command']), command('ask')],
    ['a command in capitals', said('/Measures', ['/Measures', 'bot_command']), command('measures')],
    ['a command for another bot', said('/ask@other_bot 体检', ['/ask@other_bot', 'bot_command']), undefined],
    [
      'a command not at the start is no command',
      said('发 /ask 试试', ['/ask', 'bot_command']),
      ambient('发 /ask 试试'),
    ],
    ['a slash without an entity is no command', { text: '/ask外资' }, ambient('/ask外资')],
    ['a mention', said(`@wence_bot ${ASK}`, ['@wence_bot', 'mention']), question(ASK)],
    ['a mention at the end', said(`${ASK} @wence_bot`, ['@wence_bot', 'mention']), question(ASK)],
    ['a mention in other letters', said(`@Wence_Bot ${ASK}`, ['@Wence_Bot', 'mention']), question(ASK)],
    ['a mention of somebody else', said(`@wence_botany ${ASK}`, ['@wence_botany', 'mention']), undefined],
    [
      'a mention of us and of somebody else',
      said(`@wence_bot @laowang ${ASK}`, ['@wence_bot', 'mention'], ['@laowang', 'mention']),
      question(ASK),
    ],
    ['our name without an entity', { text: `请问@wence_bot${ASK}` }, ambient(`请问@wence_bot${ASK}`)],
    [
      'a mention in a caption',
      { caption: `@wence_bot ${ASK}`, caption_entities: [at('@wence_bot', '@wence_bot', 'mention')] },
      question(ASK),
    ],
    [
      'a text mention of us',
      { text: `问策 ${ASK}`, entities: [at('问策', '问策', 'text_mention', me)] },
      question(ASK),
    ],
    [
      'a text mention of somebody else',
      { text: `小王 ${ASK}`, entities: [at('小王', '小王', 'text_mention', user)] },
      undefined,
    ],
    ['a reply to us', { text: ASK, ...replyTo(byUs()) }, question(ASK)],
    ['a reply to somebody else', { text: ASK, ...replyTo(message({ text: '在吗' })) }, ambient(ASK)],
    [
      'a reply to the service message that opened a topic',
      { text: ASK, ...replyTo(byUs({ forum_topic_created: { name: '政策', icon_color: 0x6fb9f0 } })) },
      ambient(ASK),
    ],
    [
      'nothing but a mention points to the message replied to',
      { ...said('@wence_bot', ['@wence_bot', 'mention']), ...replyTo(message({ text: ASK })) },
      quoted(ASK),
    ],
    ['nothing but a mention', said('@wence_bot', ['@wence_bot', 'mention']), question('')],
    [
      'a forward in private has no words of its sender',
      { chat: priv, text: ASK, forward_origin: { type: 'hidden_user', date: 1, sender_user_name: '某人' } },
      { kind: 'wordless', what: 'forward' },
    ],
    [
      'a forward in a group',
      { text: ASK, forward_origin: { type: 'hidden_user', date: 1, sender_user_name: '某人' } },
      undefined,
    ],
    ['our name with Chinese directly behind it', { text: '@wence_bot试点' }, question('试点')],
    ['in other letters', { text: '@Wence_Bot试点有哪些地区' }, question('试点有哪些地区')],
    ['a longer name with Chinese behind it', { text: '@wence_bot2试点' }, ambient('@wence_bot2试点')],
    ['a command with Chinese directly behind it, for us', { text: '/ask@wence_bot试点' }, command('ask', '试点')],
    ['for another bot', { text: '/ask@other_bot试点' }, ambient('/ask@other_bot试点')],
    ['in private, too', { chat: priv, text: '/ask外资' }, command('ask', '外资')],
    [
      'a command behind our name',
      said('@wence_bot /help', ['@wence_bot', 'mention'], ['/help', 'bot_command']),
      command('help'),
    ],
    [
      'our name behind a command',
      said('/pilot 海南 @wence_bot', ['/pilot', 'bot_command'], ['@wence_bot', 'mention']),
      command('pilot', '海南'),
    ],
    ['a word for a command', said('@wence_bot 帮助', ['@wence_bot', 'mention']), command('help')],
    ['a word for a command in private', { chat: priv, text: 'Help!' }, command('help')],
    ['such a word said to nobody', { text: 'help' }, ambient('help')],
    ['such a word in a question', { chat: priv, text: '怎么订阅每日标语呢' }, question('怎么订阅每日标语呢')],
    [
      'a part of a message that is quoted',
      {
        ...said('@wence_bot', ['@wence_bot', 'mention']),
        ...replyTo(message({ text: `听说${ASK}？` })),
        ...quote(ASK),
      },
      quoted(ASK),
    ],
    [
      'a caption that is replied to',
      { ...said('@wence_bot', ['@wence_bot', 'mention']), ...replyTo(message({ photo: [], caption: ASK })) },
      quoted(ASK),
    ],
    [
      'a poll that is replied to',
      { ...said('@wence_bot', ['@wence_bot', 'mention']), ...replyTo(message(poll(ASK))) },
      quoted(ASK),
    ],
    [
      'a poll in another chat',
      { ...said('@wence_bot', ['@wence_bot', 'mention']), ...external(poll(ASK)) },
      quoted(ASK),
    ],
    [
      'a quote out of another chat',
      { ...said('/ask', ['/ask', 'bot_command']), ...external({}), ...quote(ASK) },
      { kind: 'command', name: 'ask', text: ASK, quoted: true },
    ],
    [
      'words of its own win over what is replied to',
      { ...said('@wence_bot 试点有哪些地区', ['@wence_bot', 'mention']), ...replyTo(message({ text: ASK })) },
      question('试点有哪些地区'),
    ],
    ['a poll in private', { chat: priv, ...poll(ASK) }, question(ASK)],
    ['a voice message in private', { chat: priv, voice: {} as never }, { kind: 'wordless', what: 'media' }],
    ['a service message in private', { chat: priv, pinned_message: {} as never }, undefined],
    [
      'an automatic forward of the linked channel',
      { text: ASK, is_automatic_forward: true, sender_chat: channel },
      undefined,
    ],
    [
      'a message by way of a bot',
      { chat: priv, text: ASK, via_bot: { id: 9, is_bot: true, first_name: 'gif' } },
      undefined,
    ],
    ['a post in a channel', { chat: channel, ...said(`@wence_bot ${ASK}`, ['@wence_bot', 'mention']) }, undefined],
    [
      'another bot',
      { ...said(`@wence_bot ${ASK}`, ['@wence_bot', 'mention']), from: { id: 9, is_bot: true, first_name: '管家' } },
      undefined,
    ],
    [
      'an anonymous admin',
      { ...said(`@wence_bot ${ASK}`, ['@wence_bot', 'mention']), from: placeholder, sender_chat: group },
      question(ASK),
    ],
    [
      'a channel speaking in the group',
      { ...said(`@wence_bot ${ASK}`, ['@wence_bot', 'mention']), from: placeholder, sender_chat: channel },
      undefined,
    ],
    ['a photo without words', { photo: [] }, undefined],
    ['a service message', { new_chat_title: '新名字' }, undefined],
  ])('%s', (_, fields, expected) => {
    expect(addressed(message(fields), me)).toEqual(expected);
  });

  it('finds its mention among others, whatever the order of the entities', () => {
    const text = '🎉 @laowang @wence_bot 社工证怎么考';
    const entities = [at(text, '@wence_bot', 'mention'), at(text, '@laowang', 'mention')];
    expect(addressed(message({ text, entities }), me)).toEqual(question('🎉     社工证怎么考'));
  });

  it('takes entities that point outside the text for what they are', () => {
    const entities: MessageEntity[] = [
      { type: 'mention', offset: 90, length: 10 },
      { type: 'bot_command', offset: 0, length: 400 },
    ];
    expect(addressed(message({ text: '/', entities }), me)).toEqual(command(''));
  });
});
