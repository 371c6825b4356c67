/**
 * What a question expects to read, and how a sentence looks that offers it. `asks` is tested on the folded question,
 * `offers` on the folded sentence in which what the question has, too, is blotted out.
 */
export interface Expectation {
  readonly name: string;
  readonly asks: RegExp;
  readonly offers: RegExp;
}

const NUMERAL = '[0-9一二三四五六七八九十百千万亿两半数]';

export const EXPECTATIONS: readonly Expectation[] = [
  {
    name: 'duration',
    asks: /多久|多长时间|几年时间|多少年|多少天/,
    offers: new RegExp(`${NUMERAL}+多?个?(?:年|月|天|日|小时|分钟|周|星期|载|世纪)`),
  },
  {
    name: 'time',
    asks: /何时|什么时候|哪年|哪一年|哪天|哪一天|何年|几年|几月|什么时间|时间|日期|年份|时期|世纪|朝代|年代|时代|什么时/,
    offers: new RegExp(`${NUMERAL}+(?:年|月|日|世纪|时)|[朝代末初]|时期|时代|年间`),
  },
  {
    name: 'count',
    asks: /多少|几|多大|多高|多长|多远|多宽|多重|比例|比率/,
    offers: new RegExp(`${NUMERAL}+(?:[^年月日世]|$)|%|[0-9]{2}`),
  },
  {
    name: 'person',
    asks: /谁|何人|哪位|哪一位|什么人|哪个人|哪一个人|哪一人|人物|哪名/,
    offers: /·|[子王帝皇公侯后氏]|先生|教授|将军|总统|[父母兄弟姐妹妻夫儿女]|人|家/,
  },
  {
    name: 'place',
    asks: /哪里|哪儿|何处|在哪|何地|于哪|国家|城市|地区|地方|省份|地点|哪一国|哪国|哪一个国|哪个国/,
    offers: /[省市县区州国镇乡村岛山河江海湖路街城港洲湾东西南北]/,
  },
  {
    name: 'reason',
    asks: /为什么|为何|原因|因何|缘故|何故|理由|为了什么/,
    offers: /因|由于|为了|所以|以致|导致|故|使得|令|结果|避免|为/,
  },
  {
    name: 'name',
    asks: /叫什么|名称|称为|别名|又名|称作|叫做|称之|名字|简称|全名|原名|本名|称呼/,
    offers: /称|名|叫|号|谓|作|「|“|《/,
  },
  {
    name: 'list',
    asks: /哪些|哪几|有哪|包括|包含|什么特点|特征|特色/,
    offers: /、.*、|包括|有|及|分为|含|；|;|和/,
  },
  {
    name: 'manner',
    asks: /怎么|怎样|如何|方式|方法|怎麽|样的/,
    offers: /通过|经由|以|用|采|借|靠|透过|利用|方式|方法/,
  },
  { name: 'whether', asks: /吗|是否|是不是|有没有/, offers: /是|不|没|无|有/ },
];

/** For a question that expects nothing of the above. */
const ANYTHING: Expectation = { name: 'thing', asks: /^/, offers: /《|「|“|是|为/ };

export const ALL_EXPECTATIONS: readonly Expectation[] = [...EXPECTATIONS, ANYTHING];

/** By place in ALL_EXPECTATIONS, whether the question has it. */
export function expectationsOf(folded: string): readonly boolean[] {
  const found = EXPECTATIONS.map(({ asks }) => asks.test(folded));
  return [...found, !found.includes(true)];
}

const ASKED_NOUN = /(?:多少|几|哪一|哪个|哪|什么|何)(?:个|种|位|名|项)?([^\d，,。？?的是|]{1,4})/;
/** What follows the question word: 公里 in 「多少公里」, 国家 in 「哪个国家」. */
export function askedNoun(folded: string): string {
  return ASKED_NOUN.exec(folded)?.[1] ?? '';
}

/** A number followed by the noun, or by the first character of it: 「4公里」. */
export function countedAs(noun: string): RegExp | undefined {
  const first = noun.match(/^\p{L}/u)?.[0];
  return first === undefined ? undefined : new RegExp(`${NUMERAL}\\s?${first}`, 'u');
}
