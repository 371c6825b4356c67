import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { foldText } from '../../src/text/fold.ts';
import { withoutQuestionWords } from '../../src/text/question-words.ts';

const kept = (text: string) => withoutQuestionWords(text).split('|').filter(Boolean);

describe('withoutQuestionWords', () => {
  it.each([
    ['请问社区工作者怎么签劳动合同呢', ['社区工作者', '签劳动合同']],
    ['体检有没有', ['体检']],
    ['什么是岗位等级序列', ['岗位等级序列']],
    ['边个签合同', ['签合同']],
    ['what is the foreign share', [' ', ' ', ' foreign share']],
    ['thesis', ['thesis']],
    ['idc', ['idc']],
  ])('%s', (question, rest) => {
    expect(kept(question)).toEqual(rest);
  });

  it.each(['谁', '是什么', '怎么办呢', 'what is it', '', '？？'])(
    'a question of nothing else stays as it came: %s',
    (question) => {
      expect(withoutQuestionWords(question)).toBe(question);
    },
  );

  it('of any folded text, only takes out and puts a gap there', () => {
    const unit = fc.oneof(fc.string({ unit: 'grapheme', maxLength: 5 }), fc.constantFrom('请问', '什么', '的', 'what'));
    fc.assert(
      fc.property(
        fc.array(unit, { maxLength: 20 }).map((parts) => foldText(parts.join(' ')).replaceAll('|', '')),
        (folded) => {
          let at = 0;
          for (const part of withoutQuestionWords(folded).split('|')) {
            const found = folded.indexOf(part, at);
            expect(found).toBeGreaterThanOrEqual(at);
            at = found + part.length;
          }
        },
      ),
    );
  });
});
