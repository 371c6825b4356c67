import { expect, it } from 'vitest';
import { MASK, masked } from '../../src/pointing/mask.ts';

it.each([
  ['我电话13800138000，补贴怎么领', `我电话${MASK}，补贴怎么领`],
  ['１３８００１３８０００ 打这个', `${MASK} 打这个`],
  ['138-0013-8000', MASK],
  ['138 0013 8000 找我', `${MASK} 找我`],
  ['+86 13800138000', MASK],
  ['010-62345678转3', `${MASK}转3`],
  ['身份证11010519491231002X能办吗', `身份证${MASK}能办吗`],
  ['卡号6222 0212 3456 7890 123', `卡号${MASK}`],
  ['护照E12345678过期了', `护照${MASK}过期了`],
  ['京A12345停路边', `${MASK}停路边`],
  ['粤B·D12345 被贴条', `${MASK} 被贴条`],
  ['邮箱 zhang.san@example.com', `邮箱 ${MASK}`],
  ['加我微信号：zhang_san88', `加我微信号：${MASK}`],
  ['@zhangsan 你问问', `${MASK} 你问问`],
  ['看 https://t.me/abc?x=1 这个', `看 ${MASK} 这个`],
])('masks %s', (text, expected) => {
  expect(masked(text)).toBe(expected);
});

it.each([
  '12345热线能查公积金吗',
  '起征点5000元，一年60000元',
  '2018年10月1日至2018年12月31日怎么算',
  '投资20000000元要批吗',
  '国发〔2018〕39号文件说了啥',
  '第21条第3款，17条措施',
  '减税3200亿元，1926家外资企业',
  'IDC、CDN 和 ISP 是啥，WTO 呢',
  '一共1234567人参保吗',
])('leaves %s', (text) => {
  expect(masked(text)).toBe(text);
});
