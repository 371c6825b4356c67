import { foldText } from '../text/fold.ts';
import type { SmallTalk } from './answer.ts';

// Folded. What is said to a bot rather than asked of the texts.
const EXPRESSIONS: Readonly<Record<SmallTalk, readonly string[]>> = {
  thanks: [
    ...[
      '谢谢',
      '谢了',
      '谢啦',
      '多谢',
      '感谢',
      '唔该',
      '辛苦了',
      '辛苦',
      '辛苦啦',
      '真好用',
      '好用',
      '好棒',
      '厉害',
      '牛',
      '太赞了',
      '赞',
      '不错',
    ],
    ...['帮大忙了', '谢', 'thanks', 'thank you', 'thank u', 'thx', 'great', 'nice', 'good bot', 'awesome'],
  ],
  identity: [
    ...[
      '你是谁',
      '你叫什么名字',
      '你叫什么',
      '你叫啥',
      '你是机器人吗',
      '你是机器人',
      '你是真人吗',
      '你是人吗',
      '你是ai吗',
      '谁做的你',
      '谁开发的你',
    ],
    ...[
      '你是谁做的',
      '谁写的你',
      '谁造的你',
      '你几岁',
      '你会什么',
      '你能做什么',
      '你能干什么',
      '你能干嘛',
      '你会干啥',
      '你会啥',
      '怎么用你',
      '你系边个',
    ],
    ...[
      '介绍一下你自己',
      '自我介绍',
      'who are you',
      'what are you',
      'what can you do',
      'who made you',
      'are you a bot',
      'your name',
    ],
  ],
  greeting: [
    ...[
      '你好',
      '您好',
      '大家好',
      '嗨',
      '哈喽',
      '哈啰',
      '在吗',
      '在不在',
      '早上好',
      '早安',
      '早',
      '中午好',
      '下午好',
      '晚上好',
      '晚安',
      '午安',
      '新年好',
    ],
    ...['hello', 'hi', 'hey', 'good morning', 'good evening', 'good night', 'morning'],
  ],
  acknowledgement: [
    ...[
      '收到',
      '好的',
      '好滴',
      '好嘞',
      '知道了',
      '明白了',
      '明白',
      '了解',
      '嗯嗯',
      '嗯',
      '哦哦',
      '哦',
      '行',
      '可以',
      '对',
      '是的',
      '没事',
      '哈哈',
      '呵呵',
      '嘻嘻',
      '加一',
      '顶',
    ],
    ...[
      '同意',
      '支持',
      '再见',
      '拜拜',
      '测试',
      '路过',
      '1',
      '666',
      'ok',
      'okay',
      'yes',
      'no',
      'bye',
      'lol',
      'test',
      'got it',
    ],
  ],
};

const FILLERS = [
  '机器人',
  '机械人',
  '小助手',
  '你',
  '您',
  '大家',
  '各位',
  '真的',
  '真',
  '太',
  '很',
  '好',
  '呀',
  '啊',
  '啦',
  '哈',
  '了',
  '吧',
  '呢',
  '哦',
  '的',
  '么',
  '吗',
  '诶',
  'bot',
  'so',
  'much',
  'very',
  '是',
];

// Identity first: 「你好，你是谁」 asks something.
const ORDER: readonly SmallTalk[] = ['identity', 'thanks', 'greeting', 'acknowledgement'];

const expressions = (kinds: readonly SmallTalk[]) => kinds.flatMap((kind) => EXPRESSIONS[kind]);
const ANY = pattern([...expressions(ORDER), ...FILLERS]);
const EACH = ORDER.map((kind) => [kind, pattern(expressions([kind]))] as const);

/** What kind of small talk a message is; undefined when anything in it may be a question to the texts. */
export function smallTalk(message: string): SmallTalk | undefined {
  // 妳 is another way to write 你, not its traditional form.
  const folded = foldText(message).replaceAll('妳', '你');
  if (folded.length > LONGEST || /[\p{L}\p{N}]/u.test(folded.replace(ANY, ''))) return undefined;
  return EACH.find(([, expression]) => folded.search(expression) >= 0)?.[0];
}

const LONGEST = 40;

function pattern(words: readonly string[]): RegExp {
  const longestFirst = words.toSorted((a, b) => b.length - a.length);
  const latin = longestFirst.filter((word) => /^[a-z0-9]/.test(word));
  const han = longestFirst.filter((word) => !latin.includes(word));
  return new RegExp(`${han.join('|')}|(?<![a-z0-9])(?:${latin.join('|')})(?![a-z0-9])`, 'g');
}
