import { phrasingKey } from '../knowledge/check.ts';
import { foldText } from '../text/fold.ts';

/** Questions that ask the same in nearly the same words, the one that was asked most first. */
export interface Cluster<T> {
  readonly members: readonly [T, ...T[]];
}

/** Sørensen–Dice coefficient of the character bigrams of two questions, from 0 to 1: from here on they ask the same. */
const ALIKE = 0.7;

/** Each joins the first cluster whose first question is like it: so what was asked most should come first. */
export function clustersOf<T extends { readonly question: string }>(questions: readonly T[]): readonly Cluster<T>[] {
  const clusters: { readonly form: Form; readonly members: [T, ...T[]] }[] = [];
  // By the numbers in it and each of its bigrams: the clusters whose first question has them.
  const withBigram = new Map<string, number[]>();
  for (const one of questions) {
    const form = formOf(one.question);
    const common = new Map<number, number>();
    for (const bigram of form.bigrams)
      for (const at of withBigram.get(`${form.numbers}\n${bigram}`) ?? []) common.set(at, (common.get(at) ?? 0) + 1);
    const found = [...common].find(([at, shared]) => {
      const other = clusters[at]?.form as Form;
      return (2 * shared) / (other.bigrams.size + form.bigrams.size) >= ALIKE;
    });
    if (found) {
      clusters[found[0]]?.members.push(one);
      continue;
    }
    for (const bigram of form.bigrams) {
      const key = `${form.numbers}\n${bigram}`;
      const known = withBigram.get(key);
      if (known) known.push(clusters.length);
      else withBigram.set(key, [clusters.length]);
    }
    clusters.push({ form, members: [one] });
  }
  return clusters.map(({ members }) => ({ members }));
}

interface Form {
  readonly bigrams: ReadonlySet<string>;
  /** 「第三条」 and 「第四条」 are two questions. */
  readonly numbers: string;
}

/** Words that ask and please, which one question has and its like has not. */
const FILLING = /请问|想问|问一下|一下|请教|你好|您好|老师|大家|现在|到底|究竟|[的了呢吗嘛么啊呀吧哈哦]/g;

function formOf(question: string): Form {
  const folded = foldText(question);
  const plain = phrasingKey(folded.replace(FILLING, '')) || phrasingKey(folded);
  const characters = Array.from(plain);
  const bigrams = characters.slice(1).map((character, at) => `${characters[at]}${character}`);
  return {
    bigrams: new Set(bigrams.length > 0 ? bigrams : characters),
    numbers: (folded.match(/[\d〇零一二两三四五六七八九十百千万]+(?=[条章节款项号年月日岁元个天])|\d+/g) ?? []).join(
      ' ',
    ),
  };
}
