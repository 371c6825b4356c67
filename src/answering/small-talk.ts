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

/** Who is spoken to, and what is said of them: talk about the bot, whatever else is in it. */
const BOT = '(?:你|您|妳|机器人|机械人|问策|bot|小助手|robot)';
const ABOUT_BOT = [
  /^(?:help|menu|帮助|帮忙|菜单|功能|使用说明|怎么用|怎么使用|说明书|人工|转人工|客服|人工客服)[啊呀吗么呢]?$/,
  /^(?:谁|有谁|有没有人|有人|哪位|边个)[^,，。]{0,6}(?:回|答|回答|解答|理|出来|知道|帮)[^,，。]{0,4}(?:一下|下|个|我|吗|么|呀|啊|呢)*[?？]*$/,
  /^(?:怎么|如何|点样|怎样|咋)?(?:订阅|退订|取消订阅|屏蔽|拉黑|关掉|打开|设置|添加|拉进群|踢)(?:你|机器人|标语|推送|消息|通知)?[吗么呢啊]?[?？]*$/,
  /^(?:说人话|听不懂|看不懂|答非所问|回答得不对|答错了|不对|错了|再答一次|重新回答|不知道就说不知道|换个说法|没答到点子上|胡说|瞎说|乱答)[了啊吧呀]*[!！。]*$/,
  new RegExp(
    `${BOT}[^,，。?？]{0,8}(?:是谁|叫什么|叫啥|几岁|多大|感情|在吗|还在|活着|死机|坏了|睡|累|辛苦|厉害|聪明|笨|傻|蠢|算力|听得懂|看得懂|听懂|看懂|会回答|能回答|会不会答|能不能答|回答(?:一下|问题|这个|不了|得)|会什么|会啥|能干|能做|是真人|真人|是人|是ai|是不是ai|收费|免费|要钱|靠谱|准不准|准吗|谁做|谁开发|谁写|谁造|哪家公司|哪个公司|哪里人|上班|吃饭|吃了|下班|休息|工资|主人|版本|更新|升级|联网|记得|认识|喜欢|爱|结婚|男|女|笑话|唱歌|天气|背景和意义|介绍)`,
  ),
];
/** Of a longer message the rest is about something else. */
const LONGEST_ABOUT_BOT = 24;

function isAboutBot(folded: string): boolean {
  const plain = folded.trim();
  return plain.length <= LONGEST_ABOUT_BOT && ABOUT_BOT.some((pattern) => pattern.test(plain));
}

/** What kind of small talk a message is; undefined when anything in it may be a question to the texts. */
export function smallTalk(message: string): SmallTalk | undefined {
  // 妳 is another way to write 你, not its traditional form.
  const folded = foldText(message).replaceAll('妳', '你');
  if (isAboutBot(folded)) return 'identity';
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
