import type { Concept, Member } from './concept.ts';

/** What people ask in so many forms that no list of words holds them, and the words by which texts say it. */
interface Form {
  /** Tested on the folded question. */
  readonly asks: RegExp;
  readonly says: readonly Member[];
}

const WHEN = '(?:[哪那]一?[天年日]|[几哪]月|几[时号]|(?:什么|啥|咩)(?:时候|日子|日期|年份|时间)|何时|哪个月)';
const HOLDS = '(?:算数|作数|管用|管事|生效|[施实]行|实施|执行|上路|落地|起算|算起|用起|起用|使的?$|开始|起)';

const FORMS: readonly Form[] = [
  // 「管老兵这部法哪天起算数」
  {
    asks: new RegExp(`(?:[从自由打到]|是)?${WHEN}{1,3}[^，。？?!！]{0,5}${HOLDS}`, 'g'),
    says: [...saidBy(1, '施行', '起施行', '生效'), ...saidBy(0.6, '实施', '执行')],
  },
  // 「几天之内给准信」: the single words of it say other things as well.
  {
    asks: /(?:几|多少)个?(?:工作日|天|日|小时|月)(?:[之以]?内)?|多(?:久|长时间)(?:[之以]内)?|最晚(?:什么时候|哪天|几号)?|最迟/g,
    says: saidBy(0.5, '日内', '工作日', '之日起', '期限', '年内', '个月', '小时'),
  },
  // 「会怎么收拾」
  {
    asks: /罚[款钱金]?(?:多少|几多|几|好多|不罚)?钱?|会怎么?(?:样|处理|收拾|罚)|收拾|后果/g,
    says: saidBy(0.5, '罚款', '责令', '处罚', '没收'),
  },
];

/** In the order of the forms; `folded` is a folded question. */
export function conceptsOfForms(folded: string): readonly Concept[] {
  return FORMS.flatMap(({ asks, says }) =>
    Array.from(
      folded.matchAll(asks),
      ({ index, 0: { length } }): Concept => ({
        start: index,
        end: index + length,
        members: says,
      }),
    ),
  );
}

function saidBy(weight: number, ...words: readonly string[]): readonly Member[] {
  return words.map((word) => ({ word, weight }));
}
