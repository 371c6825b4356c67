// The forms of a question that turn on small words. All take folded text.

/** A not A, a 没 that only asks, and words in which 不, 没 or 别 denies nothing. */
const NO_DENIAL =
  /(\p{Script=Han})[不没](?:\1|有\1)|有没有?|没[有得]?(?=[啊呀哈呢嘛]?(?:[，,。；;？?!！\s]|$))|而不是[^，,。；;？?]*|不是(?=[也都说要有])|没(?:啥|什么|多少|几个)|不怎么|不断|不仅|不少|不同|不久|不过|不错|不平凡|不好意思|不知道?|不懂|不明白|不清楚|不晓得|不了解|不太|了不起|差不多|要不|不如|看不到|没听(?:懂|过)|没看(?:懂|见|到)|没找到|没搞懂|没人知道|怎么没|为什么没?不?|为啥没?不?|凭(?:什么|啥)不|不就是|不都|无论|无障碍|无偿|无线|未来|未成年|非常|非法|非遗|免费|没收|分别|别的|别人|特别|级别|区别|个别|性别|类别|别墅|识别/gu;
const ASKS = '哪|什么|甚么|啥|谁|多少|几|边[啲个度]|乜|咩';
const DENIES = "不|没|未|无|冇|唔|别|例外|not |no longer|without|n't ";
const DENIED = new RegExp(
  [
    `(?:${ASKS}|which|what|who)[^，,。；;？?]{0,14}(?:${DENIES})`,
    `(?:${DENIES})[^，,。；;？?]{1,16}的[^，,。；;？?]{0,6}(?:${ASKS})`,
    `(?:${DENIES})[^，,。；;？?]{0,3}(?:哪|什么|甚么|啥|which|what)`,
  ].join('|'),
  'u',
);

/** Whether a question asks for what is *not* so: 「哪些地区没有开展试点」, but not 「有没有…」. */
export function asksDenied(folded: string): boolean {
  return DENIED.test(folded.replace(NO_DENIAL, '　'));
}

const TEXT_DENIES = /不|未|无|非|除|没|免|禁|取消|突破|停止|限制/u;
const TEXT_NO_DENIAL = /不断|不仅|不少|不同|不平凡|非常|未来|无论|不久/gu;

/** Whether a clause states something negative. */
export function denies(folded: string): boolean {
  return TEXT_DENIES.test(folded.replace(TEXT_NO_DENIAL, ''));
}

const WHETHER =
  /[吗嘛么咩](?:[?？!！~。\s]|$)|吧(?:[?？!！~。\s]|$)|是不是|对不对|对吧|是吧|真的假的|真的么|是真|真假|有没有|能不能|可不可以|要不要|会不会|算不算|是否|系咪|係咪|呗|咯|啦[?？]|了没|没有?(?:[?？]|$)|[?？]\s*$|^(?:is|are|do|does|can|must|will)\b/u;

/** Whether a question wants a yes or a no. */
export function asksWhether(folded: string): boolean {
  return WHETHER.test(folded) && !new RegExp(`^[^，,。]*(?:${ASKS})`, 'u').test(folded);
}

const RUMOUR =
  /听(?:说|讲|闻|人说)|据说|传(?:闻|言|的|说)|谣|网上(?:说|传|都)|群里(?:说|传|有人)|有人(?:说|讲|跟我)|(?:别人|人家|邻居|朋友|同事|楼上|他们|大家)(?:都)?(?:说|讲)|真的(?:假的|吗|么)|是真(?:的|是)?|真假|属实|辟谣|(?:对|是|没错|可以|不会)吧(?:[?？!！~。\s]|$)|吧[?？!！~。]*$|对不对|对吗|这回事|rumou?r|is it true|heard/u;

/** Whether a question passes on what somebody said or supposes, to have it confirmed: 「听说…是真的吗」「…，对吧」. */
export function isRumour(folded: string): boolean {
  return RUMOUR.test(folded);
}

const WHICH = new RegExp(`${ASKS}|怎|咋|如何|which|what|who|how|when|where`, 'u');

/** Whether a question asks for something by a word of its own, and not for a yes or a no. */
export function asksWhich(folded: string): boolean {
  return WHICH.test(folded);
}

const MANY = /哪些|哪几|哪两|边[啲几]|(?:which|what) (?:\w+ )?\w+s\b/u;

/** Whether a question asks for several things of a kind. */
export function asksMany(folded: string): boolean {
  return MANY.test(folded);
}

/** Words that say more than a clause without them does. */
const QUALIFIERS =
  /全部|一律|统统|通通|所有|人人|个个|样样|每个人|一概|免费|不花钱|不要钱|强制|硬性|终身|永久|永远|马上|立刻|立即|当天|全包|全额|翻倍|翻一倍|双倍|加倍|每年|每月|每季度?|每周|每天|逐年|明年|去年|年底前?|月底前?|离职后|期满|满\p{Script=Han}{1,2}年/gu;

/** Of a question that wants a yes or a no: in others 全部 asks for a list, and 每年 is part of what is asked. */
export function qualifiersIn(folded: string): readonly string[] {
  return asksWhether(folded) ? [...new Set(folded.match(QUALIFIERS) ?? [])] : [];
}

const FIGURE =
  /(\d+(?:\.\d+)?)(%|个百分点|年|月|日|号|岁|周岁|万|亿|元|块|家|项|条|个|天|周|小时|届|次|名|人|倍|级|类|部分|方面|公里|平方米?)/gu;

export interface Figure {
  readonly number: string;
  readonly unit: string;
}

/** What people say for the unit of a text. */
const UNITS: Readonly<Record<string, string>> = { 块: '元', 号: '日', 周岁: '岁' };

/** Numbers with what they count; of numbers in plain form, see numerals.ts. */
export function figuresIn(plain: string): readonly Figure[] {
  return Array.from(plain.matchAll(FIGURE), ([, number = '', unit = '']) => ({ number, unit: UNITS[unit] ?? unit }));
}
