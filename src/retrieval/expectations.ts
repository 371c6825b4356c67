/**
 * What a question expects to read, and how a clause looks that offers it. `asks` is tested on the folded question,
 * `offers` on the folded clause in which what the question has, too, is blotted out.
 */
export interface Expectation {
  readonly name: string;
  readonly asks: RegExp;
  readonly offers: RegExp;
}

const NUMERAL = '[0-9一二三四五六七八九十百千万亿两半数.,]';

export const EXPECTATIONS: readonly Expectation[] = [
  {
    name: 'duration',
    asks: /多久|多长|几年|几个月|几天|几日|几小时|几个小时|多少(?:天|年|日|小时|个月|个工作日)|几个工作日|期限|时限|有效期|时效|周期|几耐|how long/,
    offers: new RegExp(`${NUMERAL}+多?个?(?:工作|自然)?(?:年|月|天|日|小时|分钟|周|星期|学年|学期)|长期|永久|终身`),
  },
  {
    name: 'time',
    asks: /何时|什么时候|啥时候?|几时|哪年|哪一年|哪天|哪一天|何年|几月|几号|几点|什么时间|时间|日期|年份|时期|年代|截止|到期|哪个月|乜嘢时候|when|date/,
    offers: new RegExp(`${NUMERAL}+(?:年|月|日|世纪|时|:)|[朝代末初]|时期|时代|年间|之日|期间|届满`),
  },
  {
    name: 'money',
    asks: /多少钱|几多钱|几钱|几块|几元|几百|几千|几万|多少元|多少块|金额|标准|费用|收费|\p{L}费(?:\s|$)|租金|押金|限额|补贴|补助|罚款|罚多少|价格|工资|花费|要钱|掏钱|免费|额度|how much|fee|cost/u,
    offers: new RegExp(`${NUMERAL}+余?(?:多|余)?[万亿千百]?(?:元|块|人民币|美元|港元|欧元)|免费|减免|免收|不收`),
  },
  {
    name: 'share',
    asks: /几个点|百分之|比例|比率|几成|占多少|多少比例|几折|税率|利率|费率|几倍|percent|rate/,
    offers: new RegExp(`%|百分之|${NUMERAL}+(?:倍|成|折|‰)|分之`),
  },
  {
    name: 'count',
    asks: /多少|几[个家人名项条种类次户层所位批档级间张份辆台只件]|多大|多高|多远|多宽|多重|几米|几公里|人数|how many/,
    offers: new RegExp(`${NUMERAL}+(?:[^年月日世]|$)|%|[0-9]{2}`),
  },
  { name: 'age', asks: /几岁|多大|年龄|岁数|多少岁|年纪|周岁|老人|小孩|age|old/, offers: /岁|年龄/ },
  {
    name: 'phone',
    asks: /电话|热线|号码|打哪|打给|联系|phone|hotline|contact/,
    offers: /[0-9]{7,}|[0-9]{3,4}-[0-9]{6,}|(?:^|[^0-9])1[0-9]{2,4}(?:[^0-9年]|$)/,
  },
  {
    name: 'site',
    asks: /网址|网站|官网|公众号|小程序|app|链接|下载|网上|线上|website|online/,
    offers: /http|www|[.](?:cn|com)|网址|网站|官网|公众号|小程序|app|平台|网上|线上|在线/,
  },
  {
    name: 'who',
    asks: /谁|何人|哪位|哪一位|什么人|哪个人|哪个部门|什么部门|啥部门|哪个单位|哪个机构|归哪|归谁|找哪|部门|边个|who|which/,
    offers: /部门|机关|机构|政府|委员会|局|厅|单位|法院|公安|院|人民|组织|企业|公司|先生|教授|主任|部长|人|家/,
  },
  {
    name: 'place',
    asks: /哪里|哪儿|何处|在哪|何地|去哪|哪办|国家|城市|地区|地方|省份|地点|地址|窗口|边度|where/,
    offers: /[省市县区州国镇乡村岛山河江海湖路街城港]|窗口|平台|网站|大厅|中心|小程序|app|所在地/,
  },
  {
    name: 'address',
    asks: /地址|地点|在哪|去哪|哪里办|哪办|窗口|位置|address|where/,
    offers: /[0-9]+号|[路街道巷][0-9一二三四五六七八九十]|[层楼室]|窗口|大厅|服务中心|所在地|住所地/,
  },
  {
    name: 'hours',
    asks: /几点|上班|营业|开放时间|办公时间|对外办公|星期几|周末|午休|opening|hours/,
    offers: /[0-9]{1,2}[:时点]|星期|周[一二三四五六日末]|上午|下午|工作日/,
  },
  {
    name: 'frequency',
    asks: /多久一次|几次|多少次|频率|频次|一年几|每年几|每月几|how often/,
    offers: new RegExp(`每${NUMERAL}*个?(?:年|半年|季|月|周|日|天)|${NUMERAL}+次|定期|逐[年月次]`),
  },
  {
    name: 'steps',
    asks: /流程|步骤|程序|操作|手续|具体怎么|怎么申请|怎么办理|怎么弄|哪几步|steps|procedure/,
    offers: /首先|然后|第[一二三四]步|步骤|流程|登录|点击|扫码|填写|填报|提交|提出申请|向.{2,24}申请/,
  },
  {
    name: 'reason',
    asks: /为什么|为啥|为何|原因|因何|缘故|理由|凭什么|凭啥|点解|目的|干嘛|why|purpose/,
    offers: /因|由于|为了|所以|以致|导致|使得|结果|避免|为|目的/,
  },
  {
    name: 'definition',
    asks: /是什么|是啥|什么是|啥是|什么叫|啥叫|意思|指什么|指的|定义|算不算|算什么|怎么算|what is|mean|define/,
    offers: /是指|所称|系指|指的是|包括|视为|认定为|是一种|即/,
  },
  {
    name: 'name',
    asks: /叫什么|名称|称为|别名|又名|称作|叫做|名字|简称|全名|称呼|文号/,
    offers: /称|名|叫|号|「|“|《/,
  },
  {
    name: 'list',
    asks: /哪些|哪几|有哪|包括|包含|都有|分别|几种|几类|几项|几条|边啲|what are|list/,
    offers: /、.*、|包括|以及|分为|；.*；|下列|以下|如下/,
  },
  {
    name: 'penalty',
    asks: /罚|后果|处理|犯法|违法|会怎样|会怎么样|会咋|责任|追究|坐牢|处分|咋办|被抓|penalty|fine|punish/,
    offers: /处[0-9一二三四五六七八九十]|罚款|责令|吊销|没收|拘留|追究|处分|警告|赔偿|罚锾|处罚|撤销/,
  },
  {
    name: 'condition',
    asks: /条件|资格|要求|哪些人|什么样的人|谁能|谁可以|符合|门槛|够不够|qualif|eligib|require/,
    offers: /符合|条件|具备|具有|下列|以下|满|户籍|以上|未/,
  },
  {
    name: 'document',
    asks: /材料|证件|带什么|带啥|要带|准备什么|准备啥|手续|资料|表格|证明|document|paper/,
    offers: /证|证明|材料|复印件|表|书|原件|户口/,
  },
  {
    name: 'manner',
    asks: /怎么|怎样|如何|咋|方式|方法|流程|步骤|点样|how/,
    offers: /通过|经由|以|用|采|借|凭|向|申请|提交|登录|方式|方法|办理/,
  },
  {
    name: 'permission',
    asks: /能不能|可不可以|可以|能[^够]?.{0,12}吗|允许|行不行|行吗|准不准|得不得|必须|一定要|非要|要不要|用不用|强制|can |may |must|allowed/,
    offers: /可以|不得|禁止|应当|有权|允许|不能|必须|不准|无需|不再|不予|自愿|得|应/,
  },
  { name: 'whether', asks: /吗|是否|是不是|有没有|会不会|算不算|真的|么$/, offers: /是|不|没|无|有|应|得|可/ },
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
