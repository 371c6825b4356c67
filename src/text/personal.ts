/** Between the digits of a number people put spaces, hyphens and dots, of whatever width. */
const GAP = String.raw`[\s\u200b-\u200d\u2060\ufeff.·•_\-‐-―－]{0,2}`;
const HAN_DIGIT = '〇零○一二三四五六七八九幺两壹贰叁肆伍陆柒捌玖';
/** A digit as Unicode counts them (full width too), or as it is spoken. */
const DIGIT = String.raw`[\p{Nd}①-⑨${HAN_DIGIT}]`;

/** A run of so many digits, and of no more than twice as many gaps. */
function digits(least: number, most: number): string {
  return `${DIGIT}(?:${GAP}${DIGIT}){${least - 1},${most - 1}}`;
}

/**
 * In the order in which they are looked for. Better a number too many: what is masked is kept for the keeper to see what
 * people ask, and no question turns on it. Years and numbers of documents have less than seven digits in a row.
 */
const PERSONAL: readonly RegExp[] = [
  // E-mail and accounts: the at sign may be of full width, or spelt out.
  /[\p{L}\p{N}._%+-]{1,64}\s?(?:[@＠]|\(at\)|\[at\])\s?[\p{L}\p{N}-]{1,63}(?:\s?[.．。]\s?[\p{L}\p{N}-]{1,63}){1,4}/giu,
  /[@＠][a-z0-9_]{4,32}/giu,
  /(?:https?:\/\/|www\.|t\.me\/|telegram\.me\/|wa\.me\/)[\w\-./?=&#%~:+@]{1,200}/giu,
  // Wherever somebody says what account it is: 微信号 abc_123, QQ 12345.
  /(?<=(?:微信|微訊|wechat|qq|line|whatsapp|telegram)(?:号|號|群)?(?:是|为|:|：)?\s?)[a-z\d][\w-]{4,40}/giu,
  // Plates: of cars old and new, of embassies, trailers, schools, police, and for Hong Kong and Macao.
  /[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼使领军空海][A-HJ-NP-ZＡ-Ｚ][\s·•.．-]?(?=[A-Z\dＡ-Ｚ０-９]*[\d０-９])[A-HJ-NP-Z\dＡ-Ｚ０-９]{4,6}[挂学警港澳领使试超]?/giu,
  // Passports, permits for Hong Kong, Macao and Taiwan, identity cards of Hong Kong, Macao and Taiwan.
  new RegExp(
    String.raw`(?<![A-ZＡ-Ｚ\p{N}])[A-ZＡ-Ｚ]{1,2}${GAP}${digits(6, 10)}(?:${GAP}[(（][\dA０-９Ａ][)）])?(?![A-ZＡ-Ｚ\p{N}])`,
    'giu',
  ),
  // Telephones, identity cards (their last place may be an X), bank cards, accounts; seven digits are a telephone.
  new RegExp(String.raw`(?:[+＋]\s?)?${digits(7, 24)}(?:${GAP}[xXＸｘ])?`, 'gu'),
];

/**
 * The text without telephone numbers, identity and bank cards, addresses of e-mail, accounts and plates. Names and
 * addresses of houses can't be told from other words and stay. `mask` takes the place of each.
 */
export function maskPersonal(text: string, mask = '***'): string {
  return PERSONAL.reduce(
    (rest, pattern) => rest.replace(pattern, (found, ...at) => (isPublic(found, rest, at) ? found : mask)),
    text,
  );
}

const DATES = /^(?:19|20)\d\d[-.－]\d{1,2}[-.－]\d{1,2}(?:[\s\-－]+(?:19|20)\d\d[-.－]\d{1,2}[-.－]\d{1,2})*$/;
const SUM = /^\d{7,10}$/;
const UNIT = /^\s?(?:[万亿元圆块人户家套辆平吨%％]|㎡)/;

/** Dates written in figures, and sums: what questions do turn on. */
function isPublic(found: string, text: string, groups: readonly unknown[]): boolean {
  const offset = groups.find((group) => typeof group === 'number') ?? 0;
  return (
    DATES.test(found) || (SUM.test(found) && UNIT.test(text.slice(offset + found.length, offset + found.length + 3)))
  );
}
