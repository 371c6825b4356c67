/**
 * What a button asks for. Button data holds 64 bytes, so it carries keys and numbers, never text; the leading number is
 * the version of this form, since buttons of an older version stay in chats for ever.
 */
export type Callback =
  | { readonly kind: 'ask'; readonly key: string }
  | { readonly kind: 'back'; readonly key: string }
  | { readonly kind: 'original'; readonly key: string; readonly paragraph: number }
  | { readonly kind: 'topic'; readonly key: string }
  /** A section, or an entry of the outline of a document without sections. */
  | { readonly kind: 'section'; readonly key: string }
  | { readonly kind: 'vote'; readonly key: string; readonly vote: 'up' | 'down' }
  | { readonly kind: 'setting'; readonly change: SettingChange; readonly document?: string }
  /** What an owner does with a draft, or with a document by its key. */
  | { readonly kind: 'draft'; readonly key: string; readonly act: DraftAct }
  | { readonly kind: 'shelf'; readonly key: string; readonly act: ShelfAct }
  | { readonly kind: 'successor'; readonly key: string; readonly by: string }
  /** What an owner says of a question that was asked in vain: which clause answers it, though labelled questions suffer. */
  | { readonly kind: 'teach'; readonly key: string; readonly target: string; readonly force: boolean }
  | { readonly kind: 'gap'; readonly key: string; readonly act: GapAct }
  /** Whether a phrasing that was drafted for a document is taken, both by their keys. */
  | { readonly kind: 'suggestion'; readonly key: string; readonly draft: string; readonly take: boolean };

/** What only owners do, in private. */
export type KeeperCallback = Extract<Callback, { kind: (typeof KEEPER_KINDS)[number] }>;
const KEEPER_KINDS = ['draft', 'shelf', 'successor', 'teach', 'gap', 'suggestion'] as const;

export function isKeepers(callback: Callback): callback is KeeperCallback {
  return KEEPER_KINDS.some((kind) => kind === callback.kind);
}

export const GAP_ACTS = ['miss', 'drop'] as const;
export type GapAct = (typeof GAP_ACTS)[number];

export const DRAFT_ACTS = ['enable', 'try', 'untry', 'title', 'drop', 'force'] as const;
export type DraftAct = (typeof DRAFT_ACTS)[number];
export const SHELF_ACTS = [
  'list',
  'card',
  'enable',
  'disable',
  'ask',
  'withdraw',
  'successors',
  'holds',
  'download',
  'suggest',
] as const;
export type ShelfAct = (typeof SHELF_ACTS)[number];

export const SETTING_CHANGES = [
  'ambient',
  'quiet',
  'model',
  'modelless',
  'text',
  'poster',
  'unsubscribe',
  'short',
  'full',
  'silentday',
  'silent',
  'speak',
  'documents',
  'toggle',
  'back',
] as const;
export type SettingChange = (typeof SETTING_CHANGES)[number];

const VERSION = '1';
const KEY = /^[0-9a-z]{1,11}$/;

export function encodeCallback(callback: Callback): string {
  switch (callback.kind) {
    case 'ask':
      return `${VERSION}a:${callback.key}`;
    case 'back':
      return `${VERSION}b:${callback.key}`;
    case 'original':
      return `${VERSION}o:${callback.key}:${callback.paragraph}`;
    case 'topic':
      return `${VERSION}t:${callback.key}`;
    case 'section':
      return `${VERSION}s:${callback.key}`;
    case 'vote':
      return `${VERSION}${callback.vote === 'up' ? 'u' : 'd'}:${callback.key}`;
    case 'setting':
      return `${VERSION}c:${callback.change}${callback.document === undefined ? '' : `:${callback.document}`}`;
    case 'draft':
      return `${VERSION}n:${callback.key}:${callback.act}`;
    case 'shelf':
      return `${VERSION}k:${callback.key}:${callback.act}`;
    case 'successor':
      return `${VERSION}x:${callback.key}:${callback.by}`;
    case 'teach':
      return `${VERSION}${callback.force ? 'f' : 'g'}:${callback.key}:${callback.target}`;
    case 'gap':
      return `${VERSION}m:${callback.key}:${callback.act}`;
    case 'suggestion':
      return `${VERSION}${callback.take ? 'p' : 'r'}:${callback.key}:${callback.draft}`;
  }
}

/** Undefined for data that this version did not issue. */
export function parseCallback(data: string): Callback | undefined {
  const [head, key = '', extra, ...more] = data.split(':');
  if (head?.length !== 2 || head[0] !== VERSION || more.length > 0) return undefined;
  if (!KEY.test(key)) return undefined;
  if (head[1] === 'o') {
    return extra !== undefined && /^\d{1,6}$/.test(extra)
      ? { kind: 'original', key, paragraph: Number(extra) }
      : undefined;
  }
  if (extra !== undefined) return keeperOf(head[1] ?? '', key, extra);
  switch (head[1]) {
    case 'a':
      return { kind: 'ask', key };
    case 'b':
      return { kind: 'back', key };
    case 's':
      return { kind: 'section', key };
    case 'c':
      return settingOf(key);
    case 't':
      return { kind: 'topic', key };
    case 'u':
      return { kind: 'vote', key, vote: 'up' };
    case 'd':
      return { kind: 'vote', key, vote: 'down' };
    default:
      return undefined;
  }
}

function keeperOf(letter: string, key: string, extra: string): Callback | undefined {
  const draftAct = DRAFT_ACTS.find((name) => name === extra);
  if (letter === 'n') return draftAct && { kind: 'draft', key, act: draftAct };
  const shelfAct = SHELF_ACTS.find((name) => name === extra);
  if (letter === 'k') return shelfAct && { kind: 'shelf', key, act: shelfAct };
  if (letter === 'c')
    return key === 'toggle' && KEY.test(extra) ? { kind: 'setting', change: key, document: extra } : undefined;
  const gapAct = GAP_ACTS.find((name) => name === extra);
  if (letter === 'm') return gapAct && { kind: 'gap', key, act: gapAct };
  if ((letter === 'g' || letter === 'f') && KEY.test(extra))
    return { kind: 'teach', key, target: extra, force: letter === 'f' };
  if ((letter === 'p' || letter === 'r') && KEY.test(extra))
    return { kind: 'suggestion', key, draft: extra, take: letter === 'p' };
  return letter === 'x' && KEY.test(extra) ? { kind: 'successor', key, by: extra } : undefined;
}

function settingOf(text: string): Callback | undefined {
  const change = SETTING_CHANGES.find((name) => name === text);
  return change && change !== 'toggle' ? { kind: 'setting', change } : undefined;
}

const PAYLOAD = /^q-([0-9a-z]{1,11})$/;

/** The payload of a deep link that opens a quote: `https://t.me/<bot>?start=<payload>`. */
export function encodePayload(key: string): string {
  return `q-${key}`;
}

export function parsePayload(payload: string): string | undefined {
  return PAYLOAD.exec(payload)?.[1];
}
