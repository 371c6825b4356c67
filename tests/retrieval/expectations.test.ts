import { describe, expect, it } from 'vitest';
import { ALL_EXPECTATIONS, expectationsOf } from '../../src/retrieval/expectations.ts';

const kindsOf = (question: string) =>
  ALL_EXPECTATIONS.filter((_, at) => expectationsOf(question)[at]).map(({ name }) => name);

const offers = (kind: string, clause: string) =>
  ALL_EXPECTATIONS.find(({ name }) => name === kind)?.offers.test(clause);

describe('what a question expects to read', () => {
  it.each([
    ['失业登记 咨询电话', ['phone']],
    ['护照网上预约 网址', ['site']],
    ['临时庇护场所 地址', ['place', 'address']],
    ['社保卡邮寄 邮费', ['money']],
    ['窗口周末上班吗', ['address', 'place', 'hours', 'whether']],
    ['体检一年几次', ['count', 'frequency']],
    ['备案流程', ['manner', 'steps']],
    ['复议的时效', ['duration']],
  ])('%s', (question, kinds) => {
    expect(new Set(kindsOf(question))).toEqual(new Set(kinds));
  });
});

describe('what a clause offers', () => {
  it.each([
    ['phone', '拨打12345投诉', true],
    ['phone', '咨询电话:020-38749213', true],
    ['phone', '自2018年起施行', false],
    ['phone', '登录网站查询', false],
    ['site', '登录网站查询', true],
    ['site', '拨打12345投诉', false],
    ['hours', '周一至周五上午9:00至12:00', true],
    ['hours', '自受理之日起五日内', false],
    ['frequency', '每两年调整一次', true],
    ['frequency', '标准由市人民政府制定', false],
    ['steps', '向户籍所在地街道提出申请', true],
    ['address', '天河区天府路1号', true],
    ['address', '县级人民政府可以设立', false],
  ])('%s: %s', (kind, clause, offered) => {
    expect(offers(kind, clause)).toBe(offered);
  });
});
