const KIND =
  '(?:法|条例|條例|办法|辦法|规定|規定|细则|細則|通知|意见|意見|决定|決定|规则|規則|解释|公告|通告|方案|制度|标准|標準|指南|规范|規範|规程|准则|準則|措施|章程|守则|公约|目录|清单)';
const ITSELF = new RegExp(
  `[本该此]${KIND}.{0,12}(?:[自由从於于]|有效|[施实]行|实施|實施|执行|執行|解释|适用|適用|所称|所稱)`,
);

/**
 * Whether a text says something of the document that it stands in: from when and to whom it holds, what its words mean,
 * who explains it. 「本办法自2021年5月1日起施行」 says of what only by the title.
 */
export function speaksOfItself(text: string): boolean {
  return ITSELF.test(text);
}
