import type { UserFromGetMe } from '@grammyjs/types';
import fc from 'fast-check';

type Json = Record<string, unknown>;
type Arbitrary = fc.Arbitrary<unknown>;

const date = fc.integer({ min: 0, max: 2_000_000_000 });
const id = fc.integer({ min: 1, max: 2 ** 52 });
const messageId = fc.integer({ min: 1, max: 1_000 });
const file = { file_id: 'AgACAg', file_unique_id: 'AQAD', file_size: 10 };
const size = { width: 1, height: 1 };

const words = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.constantFrom(
      '社区工作者有体检吗',
      '外资可以独资做物联网平台吗',
      '哪几个地区先试点',
      '社区工作者一个月工资多少',
      '谢谢',
      '你好',
      '',
      '@wence_bot',
      '@wence_bot 社区工作者有体检吗',
      '/ask 社区工作者有体检吗',
      '/ask@wence_bot',
      '/pilot 海南',
      '/measures',
      '/settings',
      '/settings Asia/Tokyo',
      '/subscribe 7:30',
      '/unsubscribe',
      '/slogan',
      '/start q-17tau528or1',
      '/help@other_bot',
      '健全职业体系这一段的要点全部列出来',
    ),
  },
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.string({ unit: 'grapheme', maxLength: 60 }),
  fc.array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 20 }).map((units) => String.fromCharCode(...units)),
);

/** A record in which each of the optional fields may be missing. */
function record(required: Record<string, Arbitrary>, optional: Record<string, Arbitrary> = {}): fc.Arbitrary<Json> {
  return fc.record({ ...required, ...optional }, { requiredKeys: Object.keys(required) }) as fc.Arbitrary<Json>;
}

function kinds(me: UserFromGetMe) {
  const { id: ourId, is_bot, first_name, username } = me;
  const us = fc.constant({ id: ourId, is_bot, first_name, username });
  const user = fc.oneof(
    {
      weight: 8,
      arbitrary: record(
        { id, is_bot: fc.constant(false), first_name: words },
        { language_code: language, username: words },
      ),
    },
    { weight: 1, arbitrary: us },
    fc.constant({ id: 1_087_968_824, is_bot: true, first_name: 'Group', username: 'GroupAnonymousBot' }),
    fc.constant({ id: 777_000, is_bot: false, first_name: 'Telegram' }),
    record({ id, is_bot: fc.constant(true), first_name: words }),
  );
  const privateChat = record({ id, type: fc.constant('private'), first_name: words });
  const group = record({ id: id.map((n) => -n), type: fc.constant('group'), title: words });
  const supergroup = record(
    { id: fc.constantFrom(-1_001, -1_002, -1_003), type: fc.constant('supergroup'), title: words },
    { is_forum: fc.constant(true), username: words, is_direct_messages: fc.constant(true) },
  );
  const channel = record({ id: fc.constantFrom(-1_009), type: fc.constant('channel'), title: words });
  const chat = fc.oneof(privateChat, group, { weight: 3, arbitrary: supergroup }, channel);

  const entity = fc.oneof(
    record({ type: fc.constantFrom(...ENTITIES), offset: offsets, length: offsets }),
    record({ type: fc.constant('mention'), offset: fc.constant(0), length: fc.constant(10) }),
    record({ type: fc.constant('bot_command'), offset: fc.constant(0), length: fc.constantFrom(4, 5, 6, 9, 14) }),
    record({ type: fc.constant('text_mention'), offset: offsets, length: offsets, user: fc.oneof(user, us) }),
    record({ type: fc.constant('text_link'), offset: offsets, length: offsets, url: fc.webUrl() }),
    record({ type: fc.constant('custom_emoji'), offset: offsets, length: offsets, custom_emoji_id: fc.constant('5') }),
    record({ type: fc.constant('pre'), offset: offsets, length: offsets, language: words }),
  );
  const entities = fc.array(entity, { maxLength: 4 });
  /** A text with the entities that Telegram finds in it, as most messages are. */
  const spoken = words.map((text): Json => {
    const [command = ''] = /^\/\w+(@\w+)?/.exec(text) ?? [];
    const [mention = ''] = /^@\w+/.exec(text) ?? [];
    const type = command ? 'bot_command' : 'mention';
    const length = command.length + mention.length;
    return length > 0 ? { text, entities: [{ type, offset: 0, length }] } : { text };
  });
  const photo = fc.constant([{ ...file, ...size }]);
  const captioned = { caption: words, caption_entities: entities, show_caption_above_media: fc.constant(true) };
  const content = fc.oneof(
    { weight: 30, arbitrary: spoken },
    {
      weight: 12,
      arbitrary: record({ text: words }, { entities, link_preview_options: fc.constant({ is_disabled: true }) }),
    },
    record({ photo }, { ...captioned, media_group_id: fc.constant('1'), has_media_spoiler: fc.constant(true) }),
    record({ animation: fc.constant({ ...file, ...size, duration: 1 }), document: fc.constant(file) }, captioned),
    record({ audio: fc.constant({ ...file, duration: 1 }) }, captioned),
    record({ document: fc.constant(file) }, captioned),
    record({ video: fc.constant({ ...file, ...size, duration: 1 }) }, captioned),
    record({ voice: fc.constant({ ...file, duration: 1 }) }, captioned),
    record({ paid_media: fc.constant({ star_count: 1, paid_media: [{ type: 'preview' }] }) }, captioned),
    ...PLAIN_CONTENT.map((fields) => fc.constant(fields)),
    record({ new_chat_members: fc.array(fc.oneof(user, us), { maxLength: 2 }) }),
    record({ left_chat_member: fc.oneof(user, us) }),
    record({ new_chat_title: words }),
    record({ new_chat_photo: photo }),
    record({ migrate_to_chat_id: fc.constantFrom(-1_001, -1_002) }),
    record({ migrate_from_chat_id: id.map((n) => -n) }),
    record({ forum_topic_created: record({ name: words, icon_color: fc.constant(1) }) }),
    record({ users_shared: record({ request_id: id, users: fc.array(record({ user_id: id })) }) }),
    record({ web_app_data: record({ data: words, button_text: words }) }),
    record({ text: words, hologram: fc.object() }),
  );
  const bare = fc
    .tuple(
      record({ message_id: messageId, date, chat }, { from: fc.oneof(user, us), message_thread_id: messageId }),
      content,
    )
    .map(([head, rest]) => ({ ...head, ...rest }));
  const inaccessible = record({ message_id: messageId, date: fc.constant(0), chat });
  const origin = fc.oneof(
    record({ type: fc.constant('user'), date, sender_user: user }),
    record({ type: fc.constant('hidden_user'), date, sender_user_name: words }),
    record({ type: fc.constant('chat'), date, sender_chat: supergroup }),
    record({ type: fc.constant('channel'), date, chat: channel, message_id: messageId }),
  );
  const reference = record(
    {},
    {
      reply_to_message: fc.oneof(bare, inaccessible),
      external_reply: record({ origin }, { chat, message_id: messageId, photo }),
      quote: record({ text: words, position: offsets }, { entities }),
      reply_to_story: fc.constant({ chat: { id: 1, type: 'private', first_name: '' }, id: 1 }),
    },
  );
  const source = record(
    {},
    {
      sender_chat: fc.oneof(supergroup, channel),
      forward_origin: origin,
      is_automatic_forward: fc.constant(true),
      via_bot: fc.oneof(user, us),
      is_topic_message: fc.constant(true),
      message_thread_id: messageId,
      author_signature: words,
      sender_boost_count: id,
      sender_business_bot: user,
      business_connection_id: words,
      is_from_offline: fc.constant(true),
      has_protected_content: fc.constant(true),
      effect_id: words,
      reply_markup: fc.constant({ inline_keyboard: [[{ text: 'x', callback_data: 'x' }]] }),
      unheard_of: fc.jsonValue({ maxDepth: 1 }),
    },
  );
  const message = fc.tuple(bare, fc.option(reference), fc.option(source)).map(([a, b, c]) => ({ ...a, ...b, ...c }));
  const edited = message.map((fields) => ({ ...fields, edit_date: 2 }));
  /** What most messages are: somebody says something in a group or in private. */
  const plain = fc
    .tuple(record({ message_id: messageId, date, chat: fc.oneof(privateChat, group, supergroup), from: user }), spoken)
    .map(([head, rest]) => ({ ...head, ...rest }));
  return { plain, us, user, chat, supergroup, group, privateChat, channel, message, edited, inaccessible, bare };
}

const language = fc.constantFrom('zh-hans', 'zh-hant', 'zh-hk', 'en', 'ja', '', 'x'.repeat(20));
const offsets = fc.integer({ min: 0, max: 70 });
const ENTITIES = [
  'mention',
  'hashtag',
  'cashtag',
  'bot_command',
  'url',
  'email',
  'phone_number',
  'bold',
  'italic',
  'underline',
  'strikethrough',
  'spoiler',
  'blockquote',
  'expandable_blockquote',
  'code',
] as const;

const PLAIN_CONTENT: readonly Json[] = [
  {},
  { sticker: { ...file, ...size, type: 'regular', is_animated: false, is_video: false } },
  { story: { chat: { id: 1, type: 'private', first_name: '' }, id: 1 } },
  { video_note: { ...file, length: 1, duration: 1 } },
  { contact: { phone_number: '1', first_name: '张' } },
  { dice: { emoji: '🎲', value: 3 } },
  { game: { title: '', description: '', photo: [] } },
  {
    poll: {
      id: '1',
      question: '社区工作者有体检吗',
      options: [],
      total_voter_count: 0,
      is_closed: false,
      is_anonymous: true,
      type: 'regular',
      allows_multiple_answers: false,
    },
  },
  { location: { latitude: 1, longitude: 1 } },
  { venue: { location: { latitude: 1, longitude: 1 }, title: '', address: '' } },
  { checklist: { title: '', tasks: [] } },
  { delete_chat_photo: true },
  { group_chat_created: true },
  { supergroup_chat_created: true },
  { channel_chat_created: true },
  { message_auto_delete_timer_changed: { message_auto_delete_time: 1 } },
  { pinned_message: { message_id: 1, date: 0, chat: { id: 1, type: 'private', first_name: '' } } },
  { invoice: { title: '', description: '', start_parameter: '', currency: 'XTR', total_amount: 1 } },
  {
    successful_payment: {
      currency: 'XTR',
      total_amount: 1,
      invoice_payload: '',
      telegram_payment_charge_id: '',
      provider_payment_charge_id: '',
    },
  },
  { connected_website: 'example.com' },
  { write_access_allowed: {} },
  {
    proximity_alert_triggered: {
      traveler: { id: 1, is_bot: false, first_name: '' },
      watcher: { id: 2, is_bot: false, first_name: '' },
      distance: 1,
    },
  },
  { boost_added: { boost_count: 1 } },
  { chat_background_set: { type: { type: 'fill' } } },
  { forum_topic_edited: {} },
  { forum_topic_closed: {} },
  { forum_topic_reopened: {} },
  { general_forum_topic_hidden: {} },
  { general_forum_topic_unhidden: {} },
  { giveaway_created: {} },
  { video_chat_scheduled: { start_date: 1 } },
  { video_chat_started: {} },
  { video_chat_ended: { duration: 1 } },
  { video_chat_participants_invited: { users: [] } },
  { gift: { gift: {} } },
];

/** Button data: ours, of other versions, and none at all. */
function anyData(keys: readonly string[]): fc.Arbitrary<string> {
  const key = fc.constantFrom(...keys, ...SETTINGS, 'zzz', '');
  const letter = fc.constantFrom('a', 'b', 'o', 's', 't', 'u', 'd', 'c', 'z');
  const extra = fc.constantFrom('', '', ':0', ':7', ':999999', ':x');
  return fc.oneof(
    { weight: 3, arbitrary: fc.tuple(letter, key, extra).map(([kind, of, page]) => `1${kind}:${of}${page}`) },
    fc.tuple(fc.constantFrom(...keys), fc.nat(40)).map(([of, page]) => `1o:${of}:${page}`),
    fc.tuple(fc.constantFrom('0', '2', ''), letter, key).map(([version, kind, of]) => `${version}${kind}:${of}`),
    words,
  );
}

const SETTINGS = ['ambient', 'quiet', 'text', 'poster', 'unsubscribe'];

/** Updates without their ids, of every kind there is and of one there is not. */
export function anyUpdate(me: UserFromGetMe, keys: readonly string[]): fc.Arbitrary<Json> {
  const data = anyData(keys);
  const { plain, us, user, chat, supergroup, group, privateChat, channel, message, edited, inaccessible } = kinds(me);
  const member = fc.oneof(
    ...['creator', 'administrator', 'member', 'left', 'kicked', 'somebody new'].map((status) =>
      record({ status: fc.constant(status), user: us }, { is_anonymous: fc.boolean(), until_date: date }),
    ),
    record({ status: fc.constant('restricted'), user: us, can_send_messages: fc.boolean(), is_member: fc.boolean() }),
  );
  const memberUpdate = record(
    {
      chat: fc.oneof(privateChat, group, supergroup, channel),
      from: user,
      date,
      old_chat_member: member,
      new_chat_member: member,
    },
    { invite_link: fc.object(), via_join_request: fc.boolean() },
  );
  const pressed = fc.oneof(
    record({ message: fc.oneof({ weight: 4, arbitrary: message }, inaccessible), data }),
    record({ inline_message_id: words, data }),
    record({ message, game_short_name: words }),
    record({}),
  );
  const callback = fc
    .tuple(record({ id: fc.constant('4000'), from: user, chat_instance: fc.constant('1') }), pressed)
    .map(([head, rest]) => ({ ...head, ...rest }));
  const inline = record(
    { id: fc.constant('4000'), from: user, query: words, offset: words },
    {
      chat_type: fc.constantFrom('sender', 'private', 'group', 'supergroup', 'channel'),
      location: fc.constant({ latitude: 0, longitude: 0 }),
    },
  );
  const reaction = record(
    {
      chat,
      message_id: messageId,
      date,
      old_reaction: fc.constant([]),
      new_reaction: fc.constant([{ type: 'emoji', emoji: '👍' }]),
    },
    { user, actor_chat: chat },
  );
  const of = (kind: string, content: Arbitrary) => content.map((value): Json => ({ [kind]: value }));
  const rare = [
    of('channel_post', message),
    of('edited_channel_post', edited),
    of('business_connection', record({ id: words, user, user_chat_id: id, date, is_enabled: fc.boolean() })),
    of('business_message', message),
    of('edited_business_message', edited),
    of('deleted_business_messages', record({ business_connection_id: words, chat, message_ids: fc.constant([1]) })),
    of('guest_message', message),
    of('message_reaction', reaction),
    of('message_reaction_count', record({ chat, message_id: messageId, date, reactions: fc.constant([]) })),
    of('chosen_inline_result', record({ result_id: words, from: user, query: words }, { inline_message_id: words })),
    of('shipping_query', record({ id: words, from: user, invoice_payload: words, shipping_address: fc.object() })),
    of(
      'pre_checkout_query',
      record({ id: words, from: user, currency: words, total_amount: id, invoice_payload: words }),
    ),
    of('purchased_paid_media', record({ from: user, paid_media_payload: words })),
    of('poll', record({ id: words, question: words, options: fc.constant([]), is_closed: fc.boolean() })),
    of('poll_answer', record({ poll_id: words, option_ids: fc.constant([0]) }, { user, voter_chat: chat })),
    of('chat_member', memberUpdate),
    of('chat_join_request', record({ chat, from: user, user_chat_id: id, date }, { bio: words })),
    of('chat_boost', record({ chat, boost: fc.object() })),
    of('removed_chat_boost', record({ chat, boost_id: words, remove_date: date, source: fc.object() })),
    of('telepathy', fc.object()),
    fc.constant({}),
  ];
  return fc.oneof(
    { weight: 30, arbitrary: of('message', plain) },
    { weight: 40, arbitrary: of('message', message) },
    { weight: 10, arbitrary: of('edited_message', edited) },
    { weight: 15, arbitrary: of('callback_query', callback) },
    { weight: 8, arbitrary: of('inline_query', inline) },
    { weight: 6, arbitrary: of('my_chat_member', memberUpdate) },
    ...rare.map((arbitrary) => ({ weight: 1, arbitrary })),
  );
}
