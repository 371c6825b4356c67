import type { Block } from './block.ts';
import { dayOf, endOfTerm, smallNumber } from './day.ts';
import { dateIn, type Facts } from './facts.ts';
import { type Heading, isNumber, numberIn } from './heading.ts';
import { isByline } from './mend.ts';

/** What a document's front matter takes from its text. */
export interface TextFacts {
  readonly subtitle: string | undefined;
  readonly publisher: string | undefined;
  readonly number: string | undefined;
  readonly published: string | undefined;
  readonly effective: string | undefined;
  readonly expires: string | undefined;
  readonly region: string | undefined;
  readonly audience: string | undefined;
  readonly url: string | undefined;
  readonly reporters: readonly string[];
  readonly about: readonly string[];
}

const HEAD = 12;

export function factsOf(blocks: readonly Block[], heading: Heading | undefined, said: Facts): TextFacts {
  const texts = blocks.map(({ text }) => text);
  const head = texts.slice(0, HEAD);
  const after = heading ? heading.at + heading.lines : 0;
  const subtitle = /^(?:——|—|--)/.test(texts[after] ?? '') ? texts[after] : undefined;
  const signature = signatureIn(texts);
  const passed = passedIn(head);
  const byline = texts.find(isByline);
  const signed = said.signed ?? signature?.date ?? passed?.date;
  const published = said.published ?? signed;
  const title = heading?.title ?? '';
  const issuer =
    issuerIn(title) ?? signature?.by ?? said.issuer ?? passed?.by ?? agencyIn(byline) ?? officeBelow(texts);
  const publisher = issuer ?? (isOwnSite(said.source) ? undefined : said.source) ?? sourceIn(texts);
  const { effective, expires } = termIn(texts, signed ?? published, said);
  return {
    subtitle,
    publisher: limited(publisher, MOST_NAMES),
    number: limited(cleanNumber(said.number) ?? numberOf(head, passed?.number)),
    published: limited(published && (dateIn(published) ?? published)),
    effective,
    expires,
    region: said.region ?? regionOf(publisher),
    audience: said.audience,
    url: said.url ?? urlIn(texts),
    reporters: byline ? reportersIn(byline) : [],
    about: aboutIn(`${title} ${subtitle ?? ''}`),
  };
}

const MOST = 40;
/** Several offices may issue together. */
const MOST_NAMES = 120;

function limited(text: string | undefined, most = MOST): string | undefined {
  return text !== undefined && text !== '' && text.length <= most ? text : undefined;
}

function cleanNumber(text: string | undefined): string | undefined {
  const plain = text?.replace(/\s/g, '');
  return plain !== undefined && /\d/.test(plain) && plain.length <= MOST ? plain : undefined;
}

function numberOf(head: readonly string[], passed: string | undefined): string | undefined {
  const line = head.find((text) => isNumber(text) && /[〔［[【(（年]/.test(text));
  if (line !== undefined) return numberIn(line);
  // 「广州市人民政府令」, and below it 「第179号」.
  for (const [at, text] of head.entries()) {
    const next = head[at + 1] ?? '';
    if (
      /(?:令|公告|通告)$/.test(text) &&
      text.length <= 30 &&
      /^[（(]?第\s?[\d一二三四五六七八九十百]+\s?号[）)]?$/.test(next)
    )
      return `${text}${next.replace(/[\s（）()]/g, '')}`.replace(/\s/g, '');
  }
  return passed;
}

const OFFICE =
  /^(?:中共)?[\p{Script=Han}（）()]{2,30}(?:国务院|人民政府|政府|办公厅|办公室|委员会|委|部|局|厅|署|法院|检察院|中心|协会|银行|总会|联合会|街道办事处|党组|组织部|宣传部|统战部|常务委员会|领导小组|管理处|公司|院|國務院|委員會|局)(?:等\d{1,2}部门)?$|^(?:国务院|中共中央|全国人民代表大会)$/u;

/** One office, or several with gaps between. */
export function isOffice(text: string): boolean {
  const names = text.trim().split(/[\s\u3000、]+/);
  return text.length <= 80 && names.every((name) => OFFICE.test(name));
}

/** Who a title says issued it: 「国务院办公厅关于…的通知」. */
function issuerIn(title: string): string | undefined {
  const before = /^(.{2,60}?)\s?(?:关于|關於|印发)/.exec(title)?.[1]?.replace(/[：:]$/, '');
  if (before === undefined) return undefined;
  const names = before.replace(/等\d{1,2}部门$/, '');
  return isOffice(names) ? before.replace(/[\s\u3000]+/g, ' ') : undefined;
}

const DATE_LINE = /^[（(]?(?:19\d\d|20\d\d|二[〇○零一二三四五六七八九]{3})\s?年\s?.{1,3}\s?月\s?.{1,3}\s?日[）)]?$/;

/** Who signed, and when: an office above a date that stands alone. The first is that of the letter which brings an annex. */
function signatureIn(texts: readonly string[]): { by: string | undefined; date: string } | undefined {
  for (let at = 1; at < texts.length; at++) {
    const text = texts[at] ?? '';
    if (!DATE_LINE.test(text)) continue;
    const offices: string[] = [];
    for (let above = at - 1; above >= 0 && isOffice(texts[above] ?? ''); above--) offices.unshift(texts[above] ?? '');
    return {
      by: offices.length > 0 ? offices.join(' ').replace(/[\s\u3000]+/g, ' ') : undefined,
      date: text.replace(/[（）()\s]/g, ''),
    };
  }
  return undefined;
}

/** 「2018年3月30日 北京市第十五届人民代表大会常务委员会第三次会议通过」, 「（2021年7月27日中华人民共和国国务院令第746号公布）」. */
function passedIn(
  head: readonly string[],
): { by: string | undefined; date: string | undefined; number: string | undefined } | undefined {
  const lines = head.filter(
    (text) =>
      text.length <= 120 &&
      /(?:通过|公布|通過|修订|修正)[）)]?$|異動日期/.test(text) &&
      (dateIn(text) !== undefined || /\d{8}/.test(text)),
  );
  const last = lines.at(-1);
  if (last === undefined) return undefined;
  const plain = /(\d{4})(\d{2})(\d{2})$/.exec(last);
  const dates = plain
    ? [plain.slice(1).join('-')]
    : [...last.matchAll(/(?:19|20)\d{2}年\d{1,2}月\d{1,2}日/g)].map(([date]) => date);
  const congress = /日\s?([\p{Script=Han}]{0,12}?)第[\p{Script=Han}]{1,6}届(人民代表大会(?:常务委员会)?)/u.exec(last);
  const order = /日\s?(?:中华人民共和国)?([\p{Script=Han}]{2,20}令)第?(\d{1,5})号/u.exec(last);
  return {
    by: congress ? `${congress[1]}${congress[2]}` : order?.[1]?.replace(/令$/, ''),
    date: dates.at(-1),
    number: order ? `${order[1]}第${order[2]}号` : undefined,
  };
}

/** An office that stands alone at the end. */
function officeBelow(texts: readonly string[]): string | undefined {
  const last = texts.at(-1) ?? '';
  return texts.length > 1 && isOffice(last) ? last : undefined;
}

function agencyIn(byline: string | undefined): string | undefined {
  const name = byline === undefined ? undefined : /^[（(]?([\p{Script=Han}]{2,8})记者/u.exec(byline)?.[1];
  return name === undefined || /^(?:本报|本刊|本网)$/.test(name) ? undefined : name;
}

function reportersIn(byline: string): readonly string[] {
  const names = byline.replace(/^[（(]?[\p{Script=Han}]{0,8}记者/u, '').replace(/[）)]$/, '');
  return names.split(/[\s\u3000、：:]+/).filter((name) => /^[\p{Script=Han}·]{2,6}$/u.test(name));
}

/** 「（来源：中国网信网）」 at the end of a text. */
function sourceIn(texts: readonly string[]): string | undefined {
  const last = texts.slice(-4).find((text) => /^[（(](?:稿件|文章|信息)?来源[：:].{2,30}[）)]$/.test(text));
  return last?.replace(/^[（(].{0,2}来源[：:]\s*|[）)]$/g, '');
}

function isOwnSite(source: string | undefined): boolean {
  return source === undefined || /^(?:本网|本站|本网站|原创|网络|互联网|转载)$/.test(source);
}

function urlIn(texts: readonly string[]): string | undefined {
  const line = texts.find((text) => /^(?:原文(?:链接|地址)|链接|网址|来源网址)[：:]/.test(text));
  return line === undefined ? undefined : /https?:\/\/[^\s<>）)]+/.exec(line)?.[0];
}

function regionOf(publisher: string | undefined): string | undefined {
  if (publisher === undefined || /^(?:国家|中国|全国|中华|中央|教育|财政|公安)/.test(publisher)) return undefined;
  const name = publisher.replace(/^中共/, '');
  return /^(?:[\p{Script=Han}]{2,6}?(?:省|自治区|自治州|市|地区|盟|县|区|旗)){1,3}(?=人民|[\p{Script=Han}]*[局委厅办部院会处])/u.exec(
    name,
  )?.[0];
}

/** A paper that a title speaks of. */
function aboutIn(title: string): readonly string[] {
  const names = title.match(/《[^《》]{2,60}(?:〈[^〉]*〉)?[^《》]{0,20}》/g) ?? [];
  return /答记者问|解读|解答|问答|有关负责人|就《/.test(title) ? [...new Set(names)] : [];
}

const ITSELF =
  '(?:本|该)(?:办法|规定|条例|通知|通告|公告|细则|实施细则|法|意见|方案|决定|标准|规则|制度|措施|指引|指南|若干措施|实施方案|试行办法|辦法|條例)';
const IN_FORCE = '起?(?:正式)?(?:施行|实施|执行|生效|试行|施行)';

/** From when and until when it says that it is in force. */
function termIn(
  texts: readonly string[],
  signed: string | undefined,
  said: Facts,
): { effective: string | undefined; expires: string | undefined } {
  let effective = said.effective === undefined ? undefined : dayOf(said.effective);
  let expires = said.expires === undefined ? undefined : dayOf(said.expires);
  const own = texts.filter((text) => new RegExp(ITSELF).test(text)).toReversed();
  for (const text of own) {
    const day = new RegExp(
      `${ITSELF}.{0,12}?自\\s?((?:19|20)\\d{2}\\s?年\\s?\\d{1,2}\\s?月\\s?\\d{1,2}\\s?日)\\s?${IN_FORCE}`,
    ).exec(text)?.[1];
    const onIssue = new RegExp(`${ITSELF}.{0,12}?自(?:印发|发布|公布|颁布|下发|发文|签发)之日${IN_FORCE}`).test(text);
    effective ??= day !== undefined ? dayOf(day) : onIssue && signed !== undefined ? dayOf(signed) : undefined;
    const until = /有效期(?:至|到|截至)\s?((?:19|20)\d{2}年\d{1,2}月\d{1,2}日)/.exec(text)?.[1];
    expires ??= until === undefined ? undefined : dayOf(until);
    const years = /有效期(?:限)?(?:为|是)?\s?([\d一二三四五六七八九十两]{1,3})\s?年/.exec(text)?.[1];
    const from = effective ?? (signed === undefined ? undefined : dayOf(signed));
    if (expires === undefined && years !== undefined && from !== undefined)
      expires = endOfTerm(from, smallNumber(years));
  }
  return { effective, expires };
}
