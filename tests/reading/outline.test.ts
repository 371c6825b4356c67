import { describe, expect, it } from 'vitest';
import { plainDocument } from '../../src/evaluation/document-questions.ts';
import { cut } from '../../src/knowledge/document.ts';
import { outlineOf } from '../../src/reading/outline.ts';
import { readDocument } from '../../src/reading/reading.ts';

function reading(...lines: readonly string[]) {
  return readDocument(plainDocument('d', ['标题', ...lines].join('\n')));
}

/** Each entry by its title, with the titles of its parts where there are several. */
function outline(...lines: readonly string[]) {
  return outlineOf(reading(...lines)).map(({ title, parts }) =>
    parts.length === 1 ? title : [title, ...parts.map((part) => part.title)],
  );
}

/** What each part opens with. */
function opened(...lines: readonly string[]) {
  const read = reading(...lines);
  return outlineOf(read).flatMap(({ parts }) => parts.map(({ clause }) => cut(read.document, clause.span)));
}

const LONG = '对符合条件的人员按照规定给予补贴。'.repeat(12);

describe('the outline of a text is', () => {
  it('its chapters with their articles, each by its number and how it begins', () => {
    expect(
      outline(
        '第一章　总　则',
        '第一条　为了加强停车治理，制定本条例。',
        '第二条　本市行政区域内适用本条例；公共交通除外。',
        '第二章　管理',
        '第三条　有下列情形之一的，免收停车费：',
        '（一）执行任务的救护车；',
        '（二）残疾人驾驶的代步车。',
      ),
    ).toEqual([
      ['第一章 总则', '第一条 为了加强停车治理，制定本条例', '第二条 本市行政区域内适用本条例'],
      '第二章 管理',
    ]);
  });

  it('its articles where there are no chapters, a long one but once', () => {
    expect(
      outline('第一条 为了加强停车治理，制定本条例。', '第二条', LONG, LONG, '第三条 本条例自公布之日起施行。'),
    ).toEqual([
      '第一条 为了加强停车治理，制定本条例',
      '第二条 对符合条件的人员按照规定给予补贴',
      '第三条 本条例自公布之日起施行',
    ]);
  });

  it('its questions, and of a long answer how its passages begin', () => {
    expect(
      outline(
        '问：网证是什么？',
        '答：网证是一种数字证书。',
        '问：要钱吗？',
        '答：免费。',
        `其他${LONG}`,
        `再说${LONG}`,
      ),
    ).toEqual(['网证是什么？', ['要钱吗？', '免费', '再说对符合条件的人员按照规定给予补贴']]);
  });

  it('its numbered headings with the items that are headings themselves, however short', () => {
    expect(
      outline(
        '近日，各地来电询问有关事项，现就有关事项通知如下。',
        '一、支持企业',
        '（一）稳定岗位。对不裁员的企业返还失业保险费。',
        `（二）担保贷款。${LONG}`,
        LONG,
        '二、申请材料',
        '申请时应当提交下列材料：',
        '（一）身份证；',
        '（二）户口簿。',
        '三、办理机构',
        '各街道社区服务中心',
      ),
    ).toEqual(['', ['一、支持企业', '（一）稳定岗位', '（二）担保贷款'], '二、申请材料', '三、办理机构']);
  });

  it('its paragraphs where it has no headings', () => {
    expect(outline(`今年${LONG}`, `明年${LONG}`)).toEqual([
      '今年对符合条件的人员按照规定给予补贴',
      '明年对符合条件的人员按照规定给予补贴',
    ]);
  });

  it('numbered paragraphs by how they begin: their numbers alone say nothing', () => {
    expect(outline(`一、凡在本市停车的，都应当缴费。${LONG}`, `二、各区应当公布收费标准。${LONG}`)).toEqual([
      '一、凡在本市停车的，都应当缴费',
      '二、各区应当公布收费标准',
    ]);
  });

  it('what stands below the only heading', () => {
    expect(
      outline('常见问题', '（一）怎么申请。向街道申请，由街道初步审核。', '（二）多久办结。十个工作日内办结。'),
    ).toEqual(['（一）怎么申请', '（二）多久办结']);
  });

  it.each([
    ['a text of names and dates alone', ['国务院', '2018年11月16日']],
    ['a text of slogans', ['森林草原防火 人人有责', '节约用水 从我做起']],
    ['a title alone', []],
  ])('nothing for %s', (_, lines) => {
    expect(outline(...lines)).toEqual([]);
  });

  it('without who passed it and when, and without a signature', () => {
    expect(
      outline(
        '2018年3月30日　第十五届人民代表大会常务委员会第三次会议通过',
        '2021年9月24日　第十五届人民代表大会常务委员会第三十三次会议修正',
        '第一章　总则',
        '第一条　为了加强停车治理，制定本条例。',
        '第二章　附则',
        '第二条　本条例自公布之日起施行。',
        '市人民政府',
        '2018年3月30日',
      ),
    ).toEqual(['第一章 总则', '第二章 附则']);
  });
});

describe('a part opens with', () => {
  it('what says something: no heading, no number, no form of address', () => {
    expect(
      opened(
        '各区、各部门：',
        '现将有关事项通知如下。',
        '第一章 总则',
        '第一条',
        '为了加强停车治理，制定本条例。',
        '第二条 适用范围',
        '本市行政区域内适用本条例。',
      ),
    ).toEqual(['现将有关事项通知如下。', '为了加强停车治理，制定本条例。', '本市行政区域内适用本条例。']);
  });

  it('the line that leads a list', () => {
    expect(
      opened('第一条 有下列情形之一的，免收停车费：', '（一）救护车；', '第二条 本条例自公布之日起施行。'),
    ).toEqual(['第一条 有下列情形之一的，免收停车费：', '第二条 本条例自公布之日起施行。']);
  });

  it('an answer, however short it is', () => {
    expect(opened('要钱吗？', '不收任何费用', '找谁？', '各街道')).toEqual(['不收任何费用', '各街道']);
  });
});
