import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fold, foldQuestion, foldText } from '../../src/text/fold.ts';

describe('折叠后相同', () => {
  it.each([
    ['full width is half width', 'ＩＤＣ５０％（试点）', 'idc50%(试点)'],
    ['capitals are small', 'WTO、CEPA', 'wto、cepa'],
    ['traditional is simplified', '社區工作者的勞動合同', '社区工作者的劳动合同'],
    ['Hong Kong characters', '邊個簽勞動合約', '边个签劳动合约'],
    ['compatibility ideographs are the usual ones', '\uF9B4\u2F00', '领一'],
    ['composed and decomposed letters', 'caf\u00e9 cafe\u0301', 'cafe cafe'],
    ['pinyin without its tones', 'shèqū gōngzuòzhě', 'shequ gongzuozhe'],
    ['ligatures and circled numbers', 'ﬁrst ① ㎡', 'first 1 m2'],
    ['any white space is one space each', '社区\u3000工作者\u00a0\t\n', '社区 工作者   '],
    ['zero width characters are gone', '社\u200b区\u200d工\ufeff作\u2060者', '社区工作者'],
    ['bidi controls are gone', '\u202e社区\u202c\u2066工作\u2069', '社区工作'],
    ['control characters are gone', 'a\u0000\u0007\u001bb', 'ab'],
    ['lone surrogates are gone', '社\ud800区\udc00', '社区'],
    ['variation selectors are gone', '葛\ufe00葛\u{e0100}', '葛葛'],
    ['characters beyond the basic plane stay', '𠮷野', '𠮷野'],
    ['emoji stay', '你好👍', '你好👍'],
    ['nothing stays nothing', '', ''],
  ])('%s', (_, original, folded) => {
    expect(foldText(original)).toBe(folded);
  });
});

describe('fold keeps a map back to the original', () => {
  it('what is found in the folded text is cut out of the original', () => {
    const original = '\u202eＡ社\u200b區 ㎡𠮷e\u0301';
    const { text, starts, ends } = fold(original);
    expect(text).toBe('a社区 m2𠮷e');
    const cut = (part: string) => {
      const at = text.indexOf(part);
      return original.slice(starts[at], ends[at + part.length - 1]);
    };
    expect(cut('a')).toBe('Ａ');
    expect(cut('社区')).toBe('社\u200b區');
    expect(cut('2')).toBe('㎡');
    expect(cut('m2')).toBe('㎡');
    expect(cut('𠮷')).toBe('𠮷');
  });

  it('maps every unit to a range in the original, in order, splitting no character', () => {
    fc.assert(
      fc.property(anyText, (original) => {
        const { text, starts, ends } = fold(original);
        expect(text).toBe(foldText(original));
        expect([starts.length, ends.length]).toEqual([text.length, text.length]);
        for (let i = 0; i < text.length; i++) {
          const [start, end] = [starts[i] as number, ends[i] as number];
          if (!(start >= 0 && start < end && end <= original.length)) throw new Error(`range ${start}–${end}`);
          const [before, until] = i === 0 ? [0, 0] : [starts[i - 1] as number, ends[i - 1] as number];
          // Units of one character share its range; otherwise the next begins where the last ended, or later.
          if (!(start === before && end === until) && start < until) throw new Error(`order at ${i}`);
          if (splitsPair(original, start) || splitsPair(original, end)) throw new Error(`split at ${i}`);
        }
      }),
      { numRuns: 1000 },
    );
  });

  it('folds what is folded to itself', () => {
    fc.assert(
      fc.property(anyText, (original) => {
        const once = foldText(original);
        expect(foldText(once)).toBe(once);
      }),
      { numRuns: 1000 },
    );
  });

  it('folds each character of the Basic Multilingual Plane, folded, to itself', () => {
    const unstable: string[] = [];
    for (let point = 0; point < 0x10000; point++) {
      const once = foldText(String.fromCodePoint(point));
      if (foldText(once) !== once) unstable.push(point.toString(16));
    }
    expect(unstable).toEqual([]);
  });

  it('folds canonically equivalent text alike', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('é', 'ü', 'ǚ', 'ñ', 'Å', '社', 'が', 'a') }), (text) => {
        expect(foldText(text.normalize('NFD'))).toBe(foldText(text.normalize('NFC')));
      }),
    );
  });
});

describe('foldQuestion', () => {
  it.each([
    ['Taiwan’s words become the mainland’s', '資料中心可以獨資嗎', '数据中心可以独资吗'],
    ['軟體 is 软件', '軟體和網路設備', '软件和网络设备'],
    ['資訊 is 信息', '資訊服務', '信息服务'],
    ['Hong Kong’s traditional is simplified', '社區工作者有冇體檢', '社区工作者有冇体检'],
    ['a simplified question keeps its words', '资料中心和软体', '资料中心和软体'],
    ['full width alone does not make it Taiwanese', '资料ＩＤＣ', '资料idc'],
    ['English', 'Foreign Ownership', 'foreign ownership'],
  ])('%s', (_, original, folded) => {
    expect(foldQuestion(original)).toBe(folded);
  });

  it('never throws, and gives text that folding leaves alone', () => {
    fc.assert(
      fc.property(anyText, (original) => {
        const folded = foldQuestion(original);
        expect(foldText(folded)).toBe(folded);
      }),
      { numRuns: 500 },
    );
  });
});

/** Any units at all: lone surrogates, controls, bidi, marks, astral and Han characters. */
const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.string({ unit: 'grapheme', maxLength: 40 }),
  fc.array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 60 }).map((units) => String.fromCharCode(...units)),
  fc.string({
    unit: fc.constantFrom(
      ...['社', '區', '軟', '體', '𠮷', '👍', 'Ａ', 'é', '㎡', '①', '薴', 'İ', '´'],
      ...['\u0301', '\u200b', '\u202e', '\ufeff', '\ud800', '\udc00', '\u0000', '\n', ' ', '\u3000', '\ufe0f'],
    ),
    maxLength: 40,
  }),
);

function splitsPair(text: string, at: number): boolean {
  return /[\ud800-\udbff]/.test(text.charAt(at - 1)) && /[\udc00-\udfff]/.test(text.charAt(at));
}
