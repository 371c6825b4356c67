import { FormattedString } from '@grammyjs/parse-mode';
import type { InlineKeyboardButton } from '@grammyjs/types';
import { documentKey } from '../answering/key.ts';
import type { Doubt } from '../importing/doubt.ts';
import type { Imported } from '../importing/imported.ts';
import type { Refusal } from '../importing/refusal.ts';
import { sourceFile } from '../importing/source-file.ts';
import { describeDoubt, describeRefusal } from './importing.ts';
import { button, fitting, inRows, shortened } from './keyboard.ts';
import { type Buttons, type Message, messageOf } from './message.ts';

/** What an owner is shown who keeps documents from a chat. Keepers read Chinese, as the documents are. */

/** A draft as its card needs it. */
export interface CardedDraft {
  readonly key: string;
  readonly fileName: string;
  readonly document: Imported;
  /** The titles of its outline. */
  readonly outline: readonly string[];
  /** The title of the document that it would replace. */
  readonly replaces: string | undefined;
}

/** More than these are counted, not shown: a card fits on a phone. */
const SHOWN_ENTRIES = 8;
const SHOWN_DOUBTS = 6;

/** What a draft is, what was unsure, and what to do with it. */
export function draftCard(draft: CardedDraft): Message {
  return messageOf(draftText(draft), draftButtons(draft.key));
}

function draftText({ fileName, document, outline, replaces }: CardedDraft): FormattedString {
  const { title, subtitle, paragraphs, doubts } = document;
  const lines: (FormattedString | string)[] = [
    `收到 ${fileName}`,
    FormattedString.bold(title),
    ...(subtitle === undefined ? [] : [subtitle]),
    ...particulars(document),
    `共 ${paragraphs.length} 段${outline.length > 1 ? `，目录 ${outline.length} 项：` : ''}`,
    ...(outline.length > 1 ? some(outline, SHOWN_ENTRIES, '项') : []),
  ];
  if (doubts.length > 0) {
    const { lineOf } = sourceFile(document);
    const described = doubts.map((doubt) => `${placeOf(doubt, lineOf(doubt))}${describeDoubt(doubt)}`);
    lines.push('', '请看一眼：', ...some(described, SHOWN_DOUBTS, '处'));
  }
  if (replaces !== undefined) lines.push('', `已经有《${replaces}》，启用后由这一份替换它。`);
  return FormattedString.join(lines, '\n');
}

function placeOf({ paragraph }: Doubt, line: number): string {
  return paragraph === undefined ? '' : `第${line}行 `;
}

function particulars(document: Imported): readonly string[] {
  const { publisher, number, published, effective, expires, url } = document;
  return [
    ...(publisher === undefined ? [] : [`发布：${publisher}`]),
    ...(number === undefined ? [] : [`文号：${number}`]),
    ...(published === undefined ? [] : [`日期：${published}`]),
    ...(effective === undefined ? [] : [`施行：${effective} 起`]),
    ...(expires === undefined ? [] : [`有效期至：${expires}`]),
    ...(url === undefined ? [] : [`网址：${url}`]),
  ];
}

function some(entries: readonly string[], most: number, unit: string): readonly string[] {
  const rest = entries.length - most;
  return [...entries.slice(0, most).map((entry) => `· ${entry}`), ...(rest > 0 ? [`· …… 还有 ${rest} ${unit}`] : [])];
}

function draftButtons(key: string): Buttons {
  return [
    [button('启用', { kind: 'draft', key, act: 'enable' }), button('先试问', { kind: 'draft', key, act: 'try' })],
    [button('改标题…', { kind: 'draft', key, act: 'title' }), button('丢弃', { kind: 'draft', key, act: 'drop' })],
  ];
}

/** Below an answer from a draft. */
export function trialButtons(key: string): Buttons {
  return [
    [button('启用', { kind: 'draft', key, act: 'enable' }), button('结束试问', { kind: 'draft', key, act: 'untry' })],
  ];
}

export function refusedMessage(fileName: string, refusal: Refusal): Message {
  return messageOf(`没有收 ${fileName}：${describeRefusal(refusal)}`);
}

/** A document on the shelf. */
export interface ShelvedDocument {
  readonly name: string;
  readonly title: string;
  readonly label: string;
  readonly enabled: boolean;
  readonly about: readonly string[];
  readonly successor: string | undefined;
}

/** Said of a document that answers from now on. */
export function enabledMessage(folder: string, title: string, replaced: boolean): Message {
  return messageOf(KEEPER.enabled(title, replaced), [[shelfAct(folder, 'suggest', '建议问法')]]);
}

/** All documents, each with a button that opens it. */
export function shelfMessage(documents: readonly ShelvedDocument[]): Message {
  if (documents.length === 0) return messageOf(KEEPER.empty);
  const off = documents.filter(({ enabled }) => !enabled).length;
  const head = `共 ${documents.length} 份${off > 0 ? `，停用 ${off} 份` : ''}。点开可以停用、撤下、下载：`;
  const all = documents.map(({ name, label, enabled }) =>
    button(shortened(`${enabled ? '' : '⏸ '}${label}`), { kind: 'shelf', key: documentKey(name), act: 'card' }),
  );
  const shown = fitting(all);
  const cut = shown.length < all.length ? `\n这里是前 ${shown.length} 份，其余请在电脑上管理。` : '';
  return messageOf(`${head}${cut}`, inRows(shown));
}

export function shelfCard(document: ShelvedDocument): Message {
  const { name, title, enabled, about, successor } = document;
  const act = (text: string, what: Parameters<typeof shelfAct>[1]) => shelfAct(name, what, text);
  const text = FormattedString.join(
    [
      FormattedString.bold(title),
      ...about,
      enabled ? '正在使用' : '已停用：不用它回答',
      ...(successor === undefined ? [] : [`已被取代：${successor}`]),
    ],
    '\n',
  );
  return messageOf(text, [
    [enabled ? act('停用', 'disable') : act('启用', 'enable'), act('下载', 'download')],
    [successor === undefined ? act('标为已被取代…', 'successors') : act('没有被取代', 'holds'), act('撤下…', 'ask')],
    [...(enabled ? [act('建议问法', 'suggest')] : []), act('返回', 'list')],
  ]);
}

/** Asks again before a document goes for good. */
export function withdrawCard({ name, title }: ShelvedDocument): Message {
  const text = FormattedString.join(['撤下后不再用它回答，名单里也没有它：', FormattedString.bold(title)], '\n');
  return messageOf(text, [[shelfAct(name, 'withdraw', '确定撤下'), shelfAct(name, 'card', '返回')]]);
}

/** Which document took its place. */
export function successorsCard({ name, title }: ShelvedDocument, others: readonly ShelvedDocument[]): Message {
  const key = documentKey(name);
  const all = others.map((other) =>
    button(shortened(other.label), { kind: 'successor', key, by: documentKey(other.name) }),
  );
  const text = FormattedString.join(
    [FormattedString.bold(title), others.length > 0 ? '被哪一份取代了？' : '还没有别的文件。请先发来取代它的那一份。'],
    '\n',
  );
  return messageOf(text, [...inRows(fitting(all, 1)), [shelfAct(name, 'card', '返回')]]);
}

function shelfAct(
  name: string,
  act: 'list' | 'card' | 'enable' | 'disable' | 'ask' | 'withdraw' | 'successors' | 'holds' | 'download' | 'suggest',
  text: string,
): InlineKeyboardButton {
  return button(text, { kind: 'shelf', key: documentKey(name), act });
}

/** What the owner replies to in order to change a draft's title: it carries the draft's key. */
export function titlePrompt(key: string): Message {
  return messageOf(`${KEEPER.newTitle}（${key}）`);
}

/** The draft that a prompt is about; undefined for any other text. */
export function promptedKey(text: string): string | undefined {
  return text.startsWith(KEEPER.newTitle) ? /（([0-9a-z]{1,11})）$/.exec(text)?.[1] : undefined;
}

export const KEEPER = {
  draftGone: '这份文件不在了：已经处理过，或者放了一个月没有启用。要用就再发一次。',
  whoami: (id: number, isOwner: boolean) =>
    isOwner
      ? `你的 Telegram 用户号是 ${id}，你是这个机器人的管理员：把文件发给我，就能添加资料；发 /documents 管理资料，发 /gaps 看没答上的问题，发 /stats 看统计。`
      : `你的 Telegram 用户号是 ${id}。要管理这个机器人的资料，请把它写进设置里的 OWNER_IDS，再重新启动。`,
  ownersOnly: '只有管理员能添加资料。发 /whoami 看你的用户号。',
  reading: '收到，正在读……',
  tooLarge: '文件太大，最大 20 MB。',
  notAFile: '请发文件（docx、pdf、html、md、txt），或把文字直接粘贴过来。图片和语音读不了。',
  lost: '没能从 Telegram 取到这份文件，请再发一次。',
  newTitle: '请回复这条消息，写上新标题',
  titleTooLong: '标题太长，请不要超过 120 字。',
  retitled: '标题改好了：',
  enabled: (title: string, replaced: boolean) =>
    `已启用《${title}》，${replaced ? '换下了原来的一份，' : ''}现在就用它回答。发 /documents 可以停用。`,
  dropped: (title: string) => `已丢弃《${title}》。`,
  trying: (title: string) =>
    `开始试问《${title}》：接下来你在这里问的，只用它回答，别人看不到。问完请点「启用」或「结束试问」。`,
  triedFrom: (title: string) => `试问《${title}》`,
  tried: '试问结束，照旧用启用的资料回答。',
  withheld: (title: string, questions: readonly string[]) =>
    `《${title}》先没有启用：有 ${questions.length} 个原来答得对的问题会答错。\n${questions
      .slice(0, SHOWN_DOUBTS)
      .map((question) => `· ${question}`)
      .join('\n')}`,
  anyway: '照样启用',
  empty: '还没有资料。把文件（docx、pdf、html、md、txt）发给我，或把文字粘贴过来。',
  sent: '文件已发在下面。',
  last: '这是唯一在用的资料。请先启用别的，再停用它。',
  commands: { documents: '管理资料', whoami: '看我的用户号' },
} as const;
