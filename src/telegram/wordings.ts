import { foldText } from '../text/fold.ts';

/** In UTF-16 units: what is longer says something of its own. */
const LONGEST = 24;

/** Folded. What people write where others give a command. */
const COMMAND_WORDS: Readonly<Record<string, readonly string[]>> = {
  help: [
    'help',
    'menu',
    '帮助',
    '使用说明',
    '使用帮助',
    '说明书',
    '怎么用',
    '怎么使用',
    '如何使用',
    '用法',
    '菜单',
    '功能',
    '命令',
  ],
  start: ['start', '开始', '开始使用'],
  stop: ['stop', '停止', '停', '别发了', '不要再发了', '闭嘴'],
  settings: ['settings', '设置'],
  sources: ['sources', '引用来源', '原文列表', '有哪些原文', '文件列表'],
  slogan: ['slogan', '标语', '今日标语', '今天的标语', '每日标语'],
  subscribe: ['subscribe', '订阅', '订阅标语', '订阅每日标语'],
  unsubscribe: ['unsubscribe', '退订', '取消订阅', '退订标语', '退订每日标语'],
};
const COMMAND_OF: ReadonlyMap<string, string> = new Map(
  Object.entries(COMMAND_WORDS).flatMap(([name, words]) => words.map((word) => [word, name] as const)),
);

/** The command that is meant by a word or two said to us alone: help, 帮助, 退订. */
export function commandWord(text: string): string | undefined {
  return text.length > LONGEST ? undefined : COMMAND_OF.get(bare(text));
}

const THIS =
  '(?:这|那|上面|楼上|以上|前面)(?:个|条|句|段|位|种|样|件事|事|话|问题|消息|说法|情况|说的|里)*(?:的|说的|问的|问题|消息)*';
const PERSON = '(?:他|她|人家|这位|楼上)(?:说的?|问的?|的问题)?';
const PLEASE =
  '(?:请|麻烦|劳烦|求|帮|帮忙|帮我|帮他|帮她|给|替|谁|谁来|谁能|有谁|有人|有没有人|哪位|大家|你|您|能|能不能|可以|可不可以|来|老师|机器人|问策|大神|请问|想问|问|同|一下)*';
const ANSWER =
  '(?:怎么?(?:说|看|回|回答|答|讲|解释|理解|规定|处理|办|弄|回事)|如何(?:说|看|回答|理解|规定|处理)|(?:有)?(?:什么|啥|哪些)(?:说法|规定|政策|意思)|(?:是)?(?:真的|真|对的|对不对|对|属实|准确|事实|谣言)|解答|回答|回|答|解释|解读|看看?|查查?|回复|说明|说说|讲讲|求解|求证|核实|辟谣|知道|清楚|懂)';
const TAIL =
  '(?:一下|一下子|一哈|下|个|他|她|我|我们|大家|吧|吗|么|嘛|呢|啊|呀|哈|不|没|没有|呗|谢谢|谢了|多谢|的|了|是|是不是|假的|还是假的)*';
const POINTING = new RegExp(
  `^(?:${PLEASE}(?:${THIS}|${PERSON})?${PLEASE}(?:是不是|有没有)?${ANSWER}${TAIL}|${PLEASE}(?:${THIS}|${PERSON})${PLEASE}(?:呢|啊|吗|么)?|(?:求解|求助|同问|同求|蹲|蹲一个|请教|问这个|就这个|答一个|来一个|\\+1)${TAIL})$`,
);
const POINTING_ENGLISH =
  /^(?:(?:can|could|will|would) (?:you|someone|anyone|anybody) )?(?:please |pls )?(?:(?:answer|explain|check|read|see|help(?: with)?)(?: this| that| it| him| her| them)?(?: one| question| message)?|(?:what|how) about (?:this|that|it)(?: one)?|(?:is )?(?:this|that|it) (?:true|right|correct|real)|(?:and )?(?:this|that)(?: one)?|what does (?:this|that|it) mean|any(?:one|body)(?: know(?:s)?)?|thoughts)(?: please| pls| thanks)?$/;

/** Whether a message asks nothing of its own, but for an answer to another that it replies to: 「这个怎么说」, 求解答, 帮忙看下. */
export function pointsAtAnother(text: string): boolean {
  if (text.length > LONGEST) return false;
  const words = bare(text);
  return words === '' ? /[?？]/.test(text) : POINTING.test(words.replaceAll(' ', '')) || POINTING_ENGLISH.test(words);
}

/** Folded, without punctuation around it or between its words. */
function bare(text: string): string {
  return foldText(text)
    .replace(/[^\p{L}\p{N}+]+/gu, ' ')
    .trim();
}
