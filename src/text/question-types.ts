import type { LexiconGroup } from './lexicon.ts';

/** The name of the kind of question that wants a whole answer. */
export const WHOLE = '?whole';

/** 三方面, 三点, 哪三个: who knows how many there are wants them all. Numbers up to ten are Chinese here, see numerals.ts. */
const COUNTED = Array.from('二三四五六七八九十', (n) => `${n}方面|${n}个方面|哪${n}|${n}点|${n}条|${n}项`).join('|');

/**
 * What a question asks for, as far as its words tell. The question words themselves are no help in finding a passage,
 * but they tell 「劳动合同跟谁签」 from 「劳动合同签几年」. Expressions are folded and parted by bars.
 */
const TYPES: Readonly<Record<string, string>> = {
  '?amount':
    '多少钱|几多钱|几钱|几百|几千|几万|多少元|多少块|几块|金额|数额|到手|多少万|多少亿|几个亿|how much|how many yuan|amount',
  '?share':
    '百分之几|百分之多少|几%|比例|占比|占多少|几成|百分比|多少比例|份额|percentage|percent|what share|proportion',
  '?count':
    '多少|几个|几项|几条|几种|几家|几人|几名|几多|几类|几级|几步|几部分|几次|几所|几位|几批|几轮|几档|几间|几户|数量|人数|总数|家数|how many|number of',
  '?duration':
    '多久|多长时间|多长|几年|几个月|几耐|几天|几个工作日|多少天|多少年|期限|试用期|时长|课时|学时|有效期|how long|duration',
  '?age': '几岁|多大|年龄|岁数|周岁|多少岁|年纪|age limit|how old|age',
  '?time':
    '几月几号|几月几日|几号|几时|什么时候|啥时候|咩时候|何时|哪天|哪年|哪一年|几月|哪月|哪一天|哪一日|日期|时间表|多会儿|啥时|年份|时间点|截止|when|what date|what year|which year|deadline|timetable',
  '?place': '在哪里|在哪|哪里|哪儿|边度|地址|地点|哪个城市|哪座城市|哪条街|where|address',
  '?who': '谁|哪位|边个|什么人|哪个部门|哪个单位|哪个机构|哪个局|叫什么名字|姓名|名字|名单|who|whom|which department',
  '?contact': '电话|联系方式|热线|邮箱|网址|链接|公众号|官网|号码|微信|咨询处|phone|hotline|website|email|contact|link',
  '?how':
    '怎么办理|怎么申请|怎么报名|怎么办手续|流程|手续|材料|表格|步骤|程序|申请表|哪里报名|怎么报|procedure|how to apply|apply|documents|steps|form',
  '?why': '为什么|为啥|为何|点解|原因|干嘛|理由|凭什么|凭啥|why|reason',
  '?education': '学历|本科|大专|专科|高中|文凭|学位|专业限制|degree|diploma',
  '?penalty': '处罚|罚款|罚多少|判刑|判几年|坐牢|处分|追责|开除|赔偿|penalty|fine|fined|punish|punishment',
  '?example':
    '哪家|哪些公司|哪些企业|哪个公司|哪个企业|举例|例子|比如|名单|案例|which company|which companies|examples|list of',
  [WHOLE]: [
    '整段|全文|全部|完整|整个|一条条|一条一条|逐条|逐项|逐一|分别|都有哪些|有哪些|哪些方面|哪几个方面|几个方面|哪几方面|几方面|哪几条|哪几项|哪几点|几点',
    '都说了|都讲了|都写了|都提了|都要|都列|都说|都给|都发|都贴|全给|全发|全贴|全列|全说|全要|列出来|列一下|列个|列全|列齐|列清楚|说全|讲全|发全|贴全|贴出来|贴一下',
    '每一条|每一项|每一点|每条|每项|每点|各条|各项|各点|一个不落|一条不落|一条别漏|别漏|不漏|不要漏|一字不落|从头到尾|原文|一二三|整理|汇总|归纳|总结|概括|详细|所有|全套|打包|依次|清单|梳理',
    COUNTED,
    '边几个|边几方面|边几样|有边啲|哪些|全数|整份|成份|成段|in full|full text|all the|all of|list|whole|complete|everything|overview|summary|summarize|each|every|one by one|in detail',
  ].join('|'),
};

export const QUESTION_TYPES: readonly LexiconGroup[] = Object.entries(TYPES).map(([name, expressions]) => ({
  name,
  expressions: expressions.split('|'),
}));
