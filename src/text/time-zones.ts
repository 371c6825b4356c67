import { foldText } from './fold.ts';
import { namesIn } from './names.ts';

/** What somebody means by the name of a time zone. */
export type ZoneReading =
  /** As IANA writes it. */
  | { readonly kind: 'zone'; readonly zone: string }
  /** An abbreviation, or a country with several: the zones that may be meant, the likeliest first. */
  | { readonly kind: 'ambiguous'; readonly name: string; readonly meant: readonly string[] }
  /** Etc/GMT+8 lies west of Greenwich: `offset` is what it is, `other` what was perhaps meant. */
  | { readonly kind: 'reversed'; readonly name: string; readonly offset: string; readonly other: string }
  | { readonly kind: 'unknown' };

const UNKNOWN: ZoneReading = { kind: 'unknown' };
/** In UTF-16 units: the longest of IANA's names has 32. */
const LONGEST = 64;

const zone = (name: string): ZoneReading => ({ kind: 'zone', zone: name });

/**
 * Reads what people type for a time zone: IANA's names in any case, UTC, an offset from it, the name of a city or a
 * country in Chinese or English.
 */
export function readTimeZone(text: string): ZoneReading {
  if (text.length > LONGEST) return UNKNOWN;
  const folded = plain(text);
  if (folded === '') return UNKNOWN;
  return byReversedOffset(folded) ?? byOffset(folded) ?? byAbbreviation(folded) ?? byCity(folded) ?? byName(folded);
}

/** A zone for people to read: IANA's names of fixed offsets have the sign the other way round. */
export function zoneLabel(name: string): string {
  const [, sign, hours] = ETC.exec(name.toLowerCase()) ?? [];
  return hours === undefined ? name : offsetLabel(sign === '-' ? Number(hours) : -Number(hours));
}

function plain(text: string): string {
  return foldText(text)
    .replace(/[\u2212\u2013\u2014]/g, '-')
    .replace(/^(?:时区|time ?zone)\s*[:=为是]?\s*/, '')
    .trim();
}

const ETC = /^etc\/gmt([+-])(\d{1,2})$/;
const EASTMOST = 14;
const WESTMOST = -12;

function byReversedOffset(folded: string): ZoneReading | undefined {
  const [, sign, digits] = ETC.exec(folded) ?? [];
  if (digits === undefined) return undefined;
  const hours = Number(digits);
  const offset = sign === '-' ? hours : -hours;
  if (offset > EASTMOST || offset < WESTMOST) return UNKNOWN;
  if (offset === 0) return zone('UTC');
  return { kind: 'reversed', name: `Etc/GMT${sign}${hours}`, offset: offsetLabel(offset), other: offsetLabel(-offset) };
}

function offsetLabel(hours: number): string {
  return hours === 0 ? 'UTC' : `UTC${hours > 0 ? '+' : '-'}${Math.abs(hours)}`;
}

/** What has no name of its own but an offset that is no whole number of hours, and never changes its clocks. */
const BETWEEN_HOURS: Readonly<Record<number, string>> = {
  [-570]: 'Pacific/Marquesas',
  210: 'Asia/Tehran',
  270: 'Asia/Kabul',
  330: 'Asia/Kolkata',
  345: 'Asia/Kathmandu',
  390: 'Asia/Yangon',
  525: 'Australia/Eucla',
  570: 'Australia/Darwin',
};
const HAN_DIGITS = '零一二三四五六七八九十';

function byOffset(folded: string): ZoneReading | undefined {
  const [, side, said = ''] = /^([东西])(\d{1,2}|[一二三四五六七八九十]{1,2})(?:时?区)?$/.exec(folded) ?? [];
  if (side !== undefined) return atOffset(60 * (side === '东' ? 1 : -1) * numberOf(said));
  const [, name, sign = name === undefined ? undefined : '+', hours, minutes = '0'] =
    /^(utc|gmt)?\s*([+-])?\s*(\d{1,2})(?:[:：]?([0-5]\d))?$/.exec(folded) ?? [];
  if (hours === undefined || sign === undefined) return undefined;
  return atOffset((sign === '-' ? -1 : 1) * (60 * Number(hours) + Number(minutes)));
}

function numberOf(said: string): number {
  if (/^\d/.test(said)) return Number(said);
  return Array.from(said, (digit) => HAN_DIGITS.indexOf(digit)).reduce((sum, digit) => sum + digit, 0);
}

function atOffset(minutes: number): ZoneReading {
  const between = BETWEEN_HOURS[minutes];
  if (between !== undefined) return zone(between);
  const hours = minutes / 60;
  if (!Number.isInteger(hours) || hours > EASTMOST || hours < WESTMOST) return UNKNOWN;
  if (hours === 0) return zone('UTC');
  // Here it is Beijing's time that is meant, and its own name says more than an offset.
  if (hours === 8) return zone(CHINA);
  return zone(`Etc/GMT${hours > 0 ? '-' : '+'}${Math.abs(hours)}`);
}

const CHINA = 'Asia/Shanghai';

/** Abbreviations mean one thing here and another there: 08:30 CST is 22:30 in Beijing when it is Chicago's. */
const ABBREVIATIONS: Readonly<Record<string, readonly string[]>> = {
  acst: ['Australia/Darwin', 'Australia/Adelaide'],
  act: ['Australia/Darwin', 'America/Rio_Branco', 'Australia/Sydney'],
  aedt: ['Australia/Sydney'],
  aest: ['Australia/Brisbane', 'Australia/Sydney'],
  akst: ['America/Anchorage'],
  ast: ['America/Halifax', 'Asia/Riyadh'],
  awst: ['Australia/Perth'],
  bjt: [CHINA],
  bst: ['Europe/London', 'Asia/Dhaka'],
  cat: ['Africa/Maputo'],
  cct: [CHINA, 'Indian/Cocos'],
  cdt: ['America/Chicago', 'America/Havana'],
  cest: ['Europe/Berlin', 'Europe/Paris'],
  cet: ['Europe/Berlin', 'Europe/Paris'],
  cst: [CHINA, 'America/Chicago', 'America/Havana', 'Asia/Taipei'],
  ct: ['America/Chicago', CHINA],
  ctt: [CHINA],
  eat: ['Africa/Nairobi'],
  ect: ['America/Guayaquil', 'Europe/Paris'],
  edt: ['America/New_York'],
  eest: ['Europe/Athens', 'Europe/Kyiv'],
  eet: ['Europe/Athens', 'Europe/Kyiv'],
  est: ['America/New_York', 'America/Panama', 'Australia/Sydney'],
  et: ['America/New_York'],
  gst: ['Asia/Dubai', 'Atlantic/South_Georgia'],
  hkt: ['Asia/Hong_Kong'],
  hst: ['Pacific/Honolulu'],
  ict: ['Asia/Bangkok', 'Asia/Ho_Chi_Minh'],
  ist: ['Asia/Kolkata', 'Europe/Dublin', 'Asia/Jerusalem'],
  jst: ['Asia/Tokyo'],
  kst: ['Asia/Seoul'],
  mdt: ['America/Denver'],
  met: ['Europe/Berlin', 'Europe/Paris'],
  msk: ['Europe/Moscow'],
  mst: ['America/Denver', 'America/Phoenix', 'Asia/Kuala_Lumpur'],
  mt: ['America/Denver'],
  myt: ['Asia/Kuala_Lumpur'],
  ndt: ['America/St_Johns'],
  nst: ['America/St_Johns'],
  nzdt: ['Pacific/Auckland'],
  nzst: ['Pacific/Auckland'],
  pdt: ['America/Los_Angeles'],
  pht: ['Asia/Manila'],
  pst: ['America/Los_Angeles', 'Asia/Manila'],
  pt: ['America/Los_Angeles'],
  sgt: ['Asia/Singapore'],
  sst: ['Asia/Singapore', 'Pacific/Pago_Pago'],
  wet: ['Europe/Lisbon', 'Atlantic/Canary'],
  wib: ['Asia/Jakarta'],
};

function byAbbreviation(folded: string): ZoneReading | undefined {
  const meant = Object.hasOwn(ABBREVIATIONS, folded) ? ABBREVIATIONS[folded] : undefined;
  return meant && { kind: 'ambiguous', name: folded.toUpperCase(), meant };
}

const cities = (table: Readonly<Record<string, string>>): readonly (readonly [string, string])[] =>
  Object.entries(table).flatMap(([name, words]) => words.split(' ').map((word) => [word, name] as const));

/** Folded names of places without their own IANA name, or not in English. China's stand in names.ts. */
const CITIES: ReadonlyMap<string, string> = new Map(
  cities({
    [CHINA]: '中国 大陆 内地 beijing peking china guangzhou shenzhen',
    'Asia/Hong_Kong': '香港 hongkong hk',
    'Asia/Macau': '澳门 macao',
    'Asia/Taipei': '台湾 台北 新北 桃园 台中 台南 高雄 taiwan',
    'Asia/Tokyo': '日本 东京 大阪 京都 名古屋 横滨 札幌 japan osaka',
    'Asia/Seoul': '韩国 首尔 釜山 korea',
    'Asia/Pyongyang': '朝鲜 平壤',
    'Asia/Singapore': '新加坡 星加坡 狮城',
    'Asia/Kuala_Lumpur': '马来西亚 吉隆坡 槟城 malaysia',
    'Asia/Bangkok': '泰国 曼谷 清迈 thailand',
    'Asia/Ho_Chi_Minh': '越南 河内 胡志明 胡志明市 西贡 vietnam hanoi',
    'Asia/Manila': '菲律宾 马尼拉 philippines',
    'Asia/Phnom_Penh': '柬埔寨 金边',
    'Asia/Vientiane': '老挝 万象',
    'Asia/Yangon': '缅甸 仰光',
    'Asia/Jakarta': '雅加达',
    'Asia/Kolkata': '印度 新德里 德里 孟买 加尔各答 班加罗尔 india delhi mumbai',
    'Asia/Karachi': '巴基斯坦 卡拉奇 伊斯兰堡',
    'Asia/Dhaka': '孟加拉 孟加拉国 达卡',
    'Asia/Kathmandu': '尼泊尔 加德满都',
    'Asia/Colombo': '斯里兰卡 科伦坡',
    'Asia/Ulaanbaatar': '蒙古 蒙古国 乌兰巴托',
    'Asia/Almaty': '哈萨克斯坦 阿拉木图 阿斯塔纳',
    'Asia/Tashkent': '乌兹别克斯坦 塔什干',
    'Asia/Dubai': '阿联酋 迪拜 阿布扎比',
    'Asia/Riyadh': '沙特 沙特阿拉伯 利雅得',
    'Asia/Qatar': '卡塔尔 多哈',
    'Asia/Tehran': '伊朗 德黑兰',
    'Asia/Baghdad': '伊拉克 巴格达',
    'Asia/Jerusalem': '以色列 耶路撒冷 特拉维夫',
    'Asia/Vladivostok': '海参崴 符拉迪沃斯托克',
    'Europe/Istanbul': '土耳其 伊斯坦布尔',
    'Europe/Moscow': '莫斯科 圣彼得堡',
    'Europe/Kyiv': '乌克兰 基辅',
    'Europe/London': '英国 伦敦 曼彻斯特 爱丁堡 uk england britain',
    'Europe/Dublin': '爱尔兰 都柏林',
    'Europe/Paris': '法国 巴黎 里昂 france',
    'Europe/Berlin': '德国 柏林 法兰克福 慕尼黑 汉堡 germany frankfurt munich',
    'Europe/Madrid': '西班牙 马德里 巴塞罗那',
    'Europe/Lisbon': '葡萄牙 里斯本',
    'Europe/Rome': '意大利 罗马 米兰 威尼斯 milan',
    'Europe/Amsterdam': '荷兰 阿姆斯特丹',
    'Europe/Brussels': '比利时 布鲁塞尔',
    'Europe/Luxembourg': '卢森堡',
    'Europe/Zurich': '瑞士 苏黎世 日内瓦 geneva',
    'Europe/Vienna': '奥地利 维也纳',
    'Europe/Prague': '捷克 布拉格',
    'Europe/Warsaw': '波兰 华沙',
    'Europe/Budapest': '匈牙利 布达佩斯',
    'Europe/Athens': '希腊 雅典',
    'Europe/Stockholm': '瑞典 斯德哥尔摩',
    'Europe/Oslo': '挪威 奥斯陆',
    'Europe/Copenhagen': '丹麦 哥本哈根',
    'Europe/Helsinki': '芬兰 赫尔辛基',
    'Africa/Cairo': '埃及 开罗',
    'Africa/Johannesburg': '南非 约翰内斯堡 开普敦',
    'Africa/Lagos': '尼日利亚 拉各斯',
    'Africa/Nairobi': '肯尼亚 内罗毕',
    'Africa/Addis_Ababa': '埃塞俄比亚 亚的斯亚贝巴',
    'America/New_York': '纽约 华盛顿 波士顿 费城 亚特兰大 迈阿密 美东 boston washington',
    'America/Chicago': '芝加哥 休斯敦 休斯顿 达拉斯 美中 houston dallas',
    'America/Denver': '丹佛 盐湖城',
    'America/Los_Angeles': '洛杉矶 旧金山 三藩市 西雅图 拉斯维加斯 硅谷 美西 seattle',
    'Pacific/Honolulu': '夏威夷 檀香山 火奴鲁鲁 hawaii',
    'America/Toronto': '多伦多 渥太华 蒙特利尔 montreal ottawa',
    'America/Vancouver': '温哥华',
    'America/Mexico_City': '墨西哥城',
    'America/Sao_Paulo': '圣保罗 里约 里约热内卢',
    'America/Argentina/Buenos_Aires': '阿根廷 布宜诺斯艾利斯',
    'America/Santiago': '智利 圣地亚哥',
    'America/Lima': '秘鲁 利马',
    'Australia/Sydney': '悉尼 雪梨 堪培拉 canberra',
    'Australia/Melbourne': '墨尔本',
    'Australia/Brisbane': '布里斯班',
    'Australia/Perth': '珀斯',
    'Pacific/Auckland': '新西兰 奥克兰 惠灵顿',
  }),
);

/** Folded names of countries and regions with more than one zone. */
const SEVERAL: Readonly<Record<string, readonly string[]>> = {
  美国: ['America/New_York', 'America/Chicago', 'America/Denver', 'America/Los_Angeles'],
  加拿大: ['America/Toronto', 'America/Winnipeg', 'America/Vancouver'],
  俄罗斯: ['Europe/Moscow', 'Asia/Yekaterinburg', 'Asia/Vladivostok'],
  澳大利亚: ['Australia/Sydney', 'Australia/Brisbane', 'Australia/Perth'],
  巴西: ['America/Sao_Paulo', 'America/Manaus'],
  墨西哥: ['America/Mexico_City', 'America/Tijuana'],
  印度尼西亚: ['Asia/Jakarta', 'Asia/Makassar', 'Asia/Jayapura'],
  // Beijing's time by law, two hours less in daily life.
  新疆: [CHINA, 'Asia/Urumqi'],
};
const SAME_AS: Readonly<Record<string, string>> = {
  澳洲: '澳大利亚',
  印尼: '印度尼西亚',
  乌鲁木齐: '新疆',
  喀什: '新疆',
  usa: '美国',
  us: '美国',
  america: '美国',
  canada: '加拿大',
  russia: '俄罗斯',
  australia: '澳大利亚',
};

function byCity(folded: string): ZoneReading | undefined {
  for (const name of [folded, ...cityIn(folded)]) {
    const several = SAME_AS[name] ?? name;
    const meant = Object.hasOwn(SEVERAL, several) ? SEVERAL[several] : undefined;
    if (meant) return { kind: 'ambiguous', name, meant };
    const known = CITIES.get(name) ?? LAST_PARTS.get(name);
    if (known !== undefined) return zone(known);
    if (isInChina(name)) return zone(CHINA);
  }
  return undefined;
}

/** 北京市, 北京时间, 中国标准时间, Beijing time. */
function cityIn(folded: string): readonly string[] {
  const city = folded.replace(/(?:标准)?时间$|时区$|(?: standard)? time$/, '').trim();
  return [city, city.replace(/[市省国]$/, ''), city.replaceAll(' ', '')].filter((name) => name !== '');
}

function isInChina(name: string): boolean {
  const [first] = namesIn(name);
  return first?.kind === 'place' && first.start === 0 && first.name === name;
}

/** IANA's names where ICU, which Node asks, keeps an older one. */
const RENAMED: Readonly<Record<string, string>> = {
  'Africa/Asmera': 'Africa/Asmara',
  'America/Buenos_Aires': 'America/Argentina/Buenos_Aires',
  'America/Catamarca': 'America/Argentina/Catamarca',
  'America/Coral_Harbour': 'America/Atikokan',
  'America/Cordoba': 'America/Argentina/Cordoba',
  'America/Godthab': 'America/Nuuk',
  'America/Indianapolis': 'America/Indiana/Indianapolis',
  'America/Jujuy': 'America/Argentina/Jujuy',
  'America/Louisville': 'America/Kentucky/Louisville',
  'America/Mendoza': 'America/Argentina/Mendoza',
  'Asia/Calcutta': 'Asia/Kolkata',
  'Asia/Katmandu': 'Asia/Kathmandu',
  'Asia/Rangoon': 'Asia/Yangon',
  'Asia/Saigon': 'Asia/Ho_Chi_Minh',
  'Atlantic/Faeroe': 'Atlantic/Faroe',
  'Europe/Kiev': 'Europe/Kyiv',
  'Pacific/Enderbury': 'Pacific/Kanton',
  'Pacific/Ponape': 'Pacific/Pohnpei',
  'Pacific/Truk': 'Pacific/Chuuk',
};

/** tokyo, new york, port-au-prince: the last part of a name, where only one ends so. */
const LAST_PARTS: ReadonlyMap<string, string> = new Map(
  Intl.supportedValuesOf('timeZone').map((name) => {
    const own = RENAMED[name] ?? name;
    return [
      own
        .slice(own.lastIndexOf('/') + 1)
        .replaceAll('_', ' ')
        .toLowerCase(),
      own,
    ];
  }),
);

/** IANA's names of one part that are no abbreviations; ICU has more of its own. */
const OF_ONE_PART =
  /^(?:cuba|egypt|eire|gb|gb-eire|gmt|gmt0|gmt[+-]0|greenwich|hongkong|iceland|iran|israel|jamaica|japan|kwajalein|libya|navajo|nz|nz-chat|poland|portugal|prc|roc|rok|singapore|turkey|uct|universal|utc|w-su|zulu|(?:cst6c|est5e|mst7m|pst8p)dt)$/;

function byName(folded: string): ZoneReading {
  const name = folded.replace(/\s*\/\s*/g, '/').replaceAll(' ', '_');
  if (!/^[a-z]/.test(name) || name.startsWith('systemv/')) return UNKNOWN;
  if (!name.includes('/') && !OF_ONE_PART.test(name)) return UNKNOWN;
  try {
    const { timeZone } = new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions();
    return zone(RENAMED[timeZone] ?? timeZone);
  } catch {
    return UNKNOWN;
  }
}
