/** What may say who somebody is: replaced before anything leaves the machine. In order; the first that fits. */
const PERSONAL: readonly RegExp[] = [
  // Addresses of mail and pages, and names of accounts.
  /[\w.+-]+@[\w-]+(?:\.[\w-]+)+/gu,
  /(?:https?:\/\/|www\.|t\.me\/)[\w\-./?=&#%~:+@]+/giu,
  /@\w{3,}/gu,
  // Identity numbers of the mainland (a last X), Hong Kong and Taiwan, and passports.
  /(?<![\dA-Za-z])\d{17}[\dXx](?![\dA-Za-z])/gu,
  /(?<![\dA-Za-z])[A-Za-z]{1,2}\d{6,9}(?:\(\d\)|（\d）)?(?![\dA-Za-z])/gu,
  // Licence plates.
  /[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼使领][A-Z][·\s]?[A-Z0-9]{5,6}(?![A-Z0-9])/gu,
  // Wherever somebody says what number it is: 微信号 abc_123, QQ 12345.
  /(?<=(?:微信|微訊|wechat|qq|line|whatsapp|telegram)(?:号|號|群)?(?:是|为|:|：)?\s*)[a-z\d][\w-]{4,}/giu,
  // Telephones, cards and accounts: seven digits or more, whatever stands between them, unless they count something.
  /(?<!\d)\+?\d(?:[\s-]?\d){6,}(?!\s*(?:元|块|万|亿|人|户|家|套|辆|平|%|％|\d))/gu,
];

export const MASK = '〔号码〕';

/** The same question without telephone, identity, card and plate numbers, addresses and account names. */
export function masked(text: string): string {
  const plain = text.replace(/[０-９Ａ-Ｚａ-ｚ＠．－＋]/gu, (wide) => wide.normalize('NFKC'));
  return PERSONAL.reduce((rest, pattern) => rest.replace(pattern, MASK), plain);
}
