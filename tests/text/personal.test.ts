import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { maskPersonal } from '../../src/text/personal.ts';

const MASKED: readonly (readonly [string, string])[] = [
  ['我电话13800138000，怎么报名', '我电话***，怎么报名'],
  ['打 138 0013 8000 找我', '打 *** 找我'],
  ['打138-0013-8000', '打***'],
  ['打１３８００１３８０００', '打***'],
  ['一三八零零一三八零零零是我电话', '***是我电话'],
  ['幺三八零零幺三八零零零', '***'],
  ['打+86 138 0013 8000', '打***'],
  ['打(+86)13800138000', '打(+86)***'],
  ['出生20010307', '出生***'],
  ['座机020-81234567', '座机***'],
  ['座机81234567转3', '座机***转3'],
  ['香港 +852 6123 4567', '香港 ***'],
  ['身份证44010619900307123X能办吗', '身份证***能办吗'],
  ['身份证 440106 19900307 1234 能办吗', '身份证 *** 能办吗'],
  ['老身份证440106900307123', '老身份证***'],
  ['香港身份证A123456(7)', '香港身份证***'],
  ['台胞证 A123456789', '台胞证 ***'],
  ['护照E12345678过期了', '护照***过期了'],
  ['护照 EA1234567', '护照 ***'],
  ['通行证C12345678', '通行证***'],
  ['卡号6222 0212 3456 7890 123没到账', '卡号***没到账'],
  ['卡号6222021234567890123', '卡号***'],
  ['发到 zhang.san+a@example.com.cn 吧', '发到 *** 吧'],
  ['邮箱zhangsan＠qq．com', '***'],
  ['zhangsan (at) qq.com', '***'],
  ['找@zhang_san_88', '找***'],
  ['见 https://t.me/joinchat/AAAAx', '见 ***'],
  ['粤A12345违停', '***违停'],
  ['粤A·12345违停', '***违停'],
  ['粤a d12345违停', '***违停'],
  ['粤AD12345', '***'],
  ['粤B·F1234学', '***'],
  ['粤Z1234港', '***'],
  ['我13800138000，她13900139000', '我***，她***'],
];

const KEPT: readonly string[] = [
  '社区工作者每月补贴2000元吗',
  '2024年5月1日起施行吗',
  '2024-05-01之后呢',
  '穗府办规〔2024〕13号',
  '打12345能问吗',
  '拨110还是119',
  '第三十二条第（四）项',
  '一百二十三万四千五百六十七元',
  '注册资本1000万元',
  '服务满5年、年龄45岁以下',
  '外资占比50%可以吗',
  '增值电信B21和B24类',
  '粤港澳大湾区',
  '京津冀能办吗',
  '8:30-17:30上班吗',
  '2024-05-01 2025-04-30有效吗',
  '注册资本10000000元够吗',
];

describe('what is of a person', () => {
  it.each(MASKED)('%s', (text, expected) => {
    expect(maskPersonal(text)).toBe(expected);
  });

  it.each(KEPT)('stays: %s', (text) => {
    expect(maskPersonal(text)).toBe(text);
  });

  it('no run of eleven digits is left, whatever stands around it, and masking again changes nothing', () => {
    const digit = fc.constantFrom(...'0123456789０１２３四五六');
    const gap = fc.constantFrom('', '', ' ', '-', '\u200b', '·');
    const number = fc.array(fc.tuple(digit, gap), { minLength: 11, maxLength: 24 }).map((all) => all.flat().join(''));
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), number, fc.string({ unit: 'grapheme' }), (before, one, after) => {
        const masked = maskPersonal(before + one + after);
        expect(masked.replace(/[ \-\u200b·]/g, '')).not.toMatch(/[\d０-９四五六]{11}/);
        expect(maskPersonal(masked)).toBe(masked);
      }),
      { numRuns: 500 },
    );
  });

  it('takes no longer than the text is long', () => {
    for (const text of ['9', '9 ', '粤A', 'a@', 'a.', '@', '一', 'E1', '- ', '+'].map((one) => one.repeat(8_000))) {
      const began = performance.now();
      maskPersonal(text);
      expect(performance.now() - began).toBeLessThan(2_000);
    }
  });
});
