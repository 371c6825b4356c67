import { foldText } from '../text/fold.ts';

const CONNECTS =
  /(?:[，,、。；;\s]*)(?:还有(?:就是|一个|个事|件事)?|顺便(?:问(?:个别的|一下|下|句)?)?|另外(?:再?问(?:一下|下)?)?|再(?:请)?问(?:一下|下)?|以及想?问?|然后(?:想)?问?|also|and also|by the way)[，,：:\s]*/iu;
/** Where a part ends: at its stop, at a space between words, before the number of the next: 「1.… 2.…」. */
const ENDS =
  /(?<=[？?！!。；;\n])|(?=(?<![\d.])[1-9][.、．)）](?!\d))|(?<=[^a-zA-Z0-9\s])[\s\u3000]+(?=[^a-zA-Z0-9\s])/u;
const INTERROGATIVE =
  /[？?]|[吗嘛]|哪|什么|甚么|啥|谁|多少|几[个家年月号天次点条项种]|怎|咋|如何|为何|边[啲个度]|乜|点样|咩|有没有|有冇|能不能|可不可以|要不要|会不会|是不是|算不算|是否|([\p{Script=Han}])不\1|what|which|who|when|where|how|why/iu;
const ASKS =
  /[？?]|[吗呢么嘛]|哪|什么|甚么|啥|谁|多少|几|怎|咋|如何|为何|边[啲个度]|乜|点样|咩|有没有|有冇|能不能|可不可以|要不要|会不会|是不是|算不算|是否|[\p{Script=Han}]不\p{Script=Han}|没有?$|行不|不$|what|which|who|when|where|how|why|\b(?:is|are|do|does|can)\b/iu;
/** A part of fewer characters asks nothing by itself. */
const LEAST = 4;
const MOST = 3;

/** What of a message asks something of its own: by its punctuation, its spaces, 「还有」「顺便问」; the whole where that is one. */
export function partsOf(message: string): readonly string[] {
  const parts = message
    .split(CONNECTS)
    .flatMap((part) => part.split(ENDS))
    .map((part) => part.trim())
    .filter((part) => lengthOf(part) > 0);
  const asking = parts.flatMap(byCommas).filter((part) => asksOfItsOwn(foldText(part)));
  return asking.length > 1 && asking.length <= MOST ? asking : [message];
}

const WORD_OF_ITS_OWN = new RegExp(INTERROGATIVE.source.replace('|([\\p{Script=Han}])不\\1', ''), 'iu');

/** A part whose clauses each ask something is as many parts. */
function byCommas(part: string): readonly string[] {
  const clauses = part.split(/[，,、]/u);
  const each =
    clauses.length > 1 && clauses.every((clause) => lengthOf(clause) > LEAST && WORD_OF_ITS_OWN.test(foldText(clause)));
  return each ? clauses : [part];
}

/** 「几点都说一下」「有提到吗」 only ask for more of what the other part asks. */
const MORE =
  /(?:说|讲|列|写|给|发|贴|提|介绍|展开)(?:一下|下|说|讲|全|齐|出来|到|到过|给我|清楚)?[吗嘛么啊呀]?[。！？!?]*$/u;

function asksOfItsOwn(folded: string): boolean {
  return (
    lengthOf(folded) >= LEAST && INTERROGATIVE.test(folded) && !(MORE.test(folded) && lengthOf(folded) <= SHORT_MORE)
  );
}

const SHORT_MORE = 10;

/** The pieces of a message between its commas and stops, for when the whole is a story around a question. */
export function piecesOf(message: string): readonly string[] {
  return message
    .split(/[，,。；;！!？?：:…～~\n]+|(?<=[^a-zA-Z0-9\s])[\s\u3000]+(?=[^a-zA-Z0-9\s])/u)
    .map((piece) => piece.trim())
    .filter((piece) => lengthOf(piece) > LEAST);
}

/** The sentences of a message, each with its end. */
export function sentencesOf(message: string): readonly string[] {
  return message
    .split(/(?<=[。；;！!？?…\n])/u)
    .map((sentence) => sentence.trim())
    .filter((sentence) => lengthOf(sentence) > LEAST);
}

function lengthOf(text: string): number {
  return text.replace(/[^\p{L}\p{N}]/gu, '').length;
}

/** 「A和B有什么规定」: the same asked of both. */
const BOTH =
  /^(?<head>.*?)(?<first>[\p{Script=Han}a-z0-9“”「」（）()/]{2,16})(?:以及|[和与跟及、])(?<second>[\p{Script=Han}a-z0-9“”「」（）()/]{2,16}?)(?<rest>(?:分别|各自?|都)?(?:有(?:什么|啥|哪些)|是(?:什么|啥|怎)|怎么|咋|如何|(?<=各)(?:什么|啥)).*)$/iu;

export function bothOf(message: string): readonly string[] {
  const { head = '', first, second, rest = '' } = BOTH.exec(message)?.groups ?? {};
  if (first === undefined || second === undefined) return [message];
  const asked = rest.replace(/^(?:分别|各|都)/, '');
  return [`${head}${first}${asked}`, `${head}${second}${asked}`];
}

/** Words at the head of a message that lean on the one before. */
const AFTER = /^(?:那么?|还有|所以|然后|可是|但是?|同埋|咁)[，,\s]*/u;
const ENDS_LEANING = /[呢哩嘞咧捏][？?]?$/u;
/** A tag that asks nothing of its own, at the end of a message. */
const TAG = /[呢哩嘞咧捏呀啊]?[？?]?$/u;
const SHORT = 8;

function untagged(message: string): string {
  return foldText(message).trim().replace(TAG, '');
}

/** Whether a message leans on the one before: it is short, or begins with 那 or ends with 呢. */
export function leansOn(message: string): boolean {
  const folded = foldText(message).trim();
  return AFTER.test(folded) || ENDS_LEANING.test(folded) || lengthOf(folded) <= SHORT;
}

const BARE =
  /^(?:那么?|这)?(?:是|在)?(?:谁|哪[个里儿年天]?|什么时候|啥时候|什么|啥|几|多少?|怎么|咋|为什么|为啥|边个|乜)\p{Script=Han}?[的了嘅]?$/u;

/** 「谁发的」「几号」: whether a message is a question word and hardly more, so that it cannot say what it is about. */
export function isBare(message: string): boolean {
  return BARE.test(untagged(message));
}

/** The message before with what this one asks of it. */
export function completed(before: string, message: string): string {
  const rest = message.replace(AFTER, '').replace(/[呢哩嘞咧捏呀啊][？?]?$/u, '');
  return `${before.replace(/[？?。！!]+\s*$/u, '')} ${rest}`;
}

/** Whether anything in a message makes it a question. */
export function asksSomething(message: string): boolean {
  return ASKS.test(foldText(message));
}

const ORDINAL =
  /第([一二三四五六七八九十]|\d{1,2})(?:大)?(?:条|点|项|个|方面|大点|部分|是|原则|举措|步)?|([一二三四五六七八九十])是(?:什么|啥|怎|讲|指)/u;
const HAN_NUMBERS = '一二三四五六七八九十';

/** 「第二条」「第3点」「三是啥」: which of a list is asked for, 1 for the first. */
export function ordinalIn(message: string): number | undefined {
  const found = ORDINAL.exec(foldText(message));
  const said = found?.[1] ?? found?.[2];
  if (said === undefined) return undefined;
  const number = HAN_NUMBERS.indexOf(said) + 1 || Number(said);
  return number >= 1 && number <= HAN_NUMBERS.length ? number : undefined;
}

const NEXT =
  /^(?:那么?)?再?(?:下|后|接下来)面?[一那]?(?:条|点|项|个|方面|部分)(?:原则|要求|措施|举措|内容)?(?:是(?:什么|啥))?$/u;

/** 「下一条呢」: whether what follows in a list is asked for. */
export function asksForNext(message: string): boolean {
  return NEXT.test(untagged(message));
}

const ASPECT = /^(?:那么?)?在?(\p{Script=Han}{2,4}?)(?:上|方面|这块|那块|这方面)(?:怎么样|怎样|有什么|有啥)?$/u;

/** 「生活上呢」「制度方面」: which side of what was spoken of is asked for. */
export function aspectIn(message: string): string | undefined {
  return ASPECT.exec(untagged(message))?.[1];
}

/** In UTF-16 units: how far into a clause the side that it speaks of stands. */
const ASPECT_WITHIN = 16;

/** Whether a clause begins with a side of things: 「二是在生活上」「在培训制度上」. */
export function speaksOf(aspect: string, clause: string): boolean {
  const head = clause.slice(0, ASPECT_WITHIN);
  return head.includes(`${aspect}上`) || head.includes(`${aspect}方面`);
}

/** Which of a list a clause is, by its own count: 3 for 「三是…」. */
export function ordinalOf(clause: string): number | undefined {
  const at = clause.charAt(1) === '是' ? HAN_NUMBERS.indexOf(clause.charAt(0)) : -1;
  return at < 0 ? undefined : at + 1;
}

/** How the texts begin the nth of what they list: 「二是」. */
export function ordinalMark(number: number): string {
  return `${HAN_NUMBERS.charAt(number - 1)}是`;
}
