/**
 * Some PDFs hold 「⻚」 and 「⽉」, signs of the tables of radicals, where the page shows 页 and 月: fonts draw both alike.
 * The Kangxi radicals (U+2F00–2FD5) have compatibility mappings; of the supplement (U+2E80–2EF3) most have none, and these are
 * the ones that are characters by themselves (Unicode's EquivalentUnifiedIdeograph.txt).
 */
const SUPPLEMENT: Readonly<Record<string, string>> = {
  '⺃': '乚',
  '⺅': '亻',
  '⺉': '刂',
  '⺋': '㔾',
  '⺌': '小',
  '⺍': '小',
  '⺎': '兀',
  '⺏': '尣',
  '⺒': '巳',
  '⺓': '幺',
  '⺖': '忄',
  '⺘': '扌',
  '⺙': '攵',
  '⺛': '旡',
  '⺜': '日',
  '⺝': '月',
  '⺞': '歺',
  '⺟': '母',
  '⺠': '民',
  '⺡': '氵',
  '⺣': '灬',
  '⺤': '爫',
  '⺦': '丬',
  '⺧': '牛',
  '⺨': '犭',
  '⺩': '王',
  '⺪': '疋',
  '⺫': '目',
  '⺬': '示',
  '⺭': '礻',
  '⺯': '糹',
  '⺰': '纟',
  '⺱': '罓',
  '⺲': '罒',
  '⺶': '羊',
  '⺷': '羊',
  '⺹': '耂',
  '⺺': '肀',
  '⺻': '聿',
  '⺼': '肉',
  '⺽': '臼',
  '⺾': '艹',
  '⻁': '虎',
  '⻂': '衤',
  '⻃': '覀',
  '⻄': '西',
  '⻅': '见',
  '⻆': '角',
  '⻈': '讠',
  '⻉': '贝',
  '⻊': '足',
  '⻋': '车',
  '⻌': '辶',
  '⻏': '阝',
  '⻐': '钅',
  '⻑': '長',
  '⻒': '镸',
  '⻓': '长',
  '⻔': '门',
  '⻖': '阝',
  '⻗': '雨',
  '⻘': '青',
  '⻙': '韦',
  '⻚': '页',
  '⻛': '风',
  '⻜': '飞',
  '⻝': '食',
  '⻟': '飠',
  '⻠': '饣',
  '⻢': '马',
  '⻣': '骨',
  '⻤': '鬼',
  '⻥': '鱼',
  '⻦': '鸟',
  '⻧': '卤',
  '⻨': '麦',
  '⻩': '黄',
  '⻪': '黾',
  '⻫': '斉',
  '⻬': '齐',
  '⻭': '歯',
  '⻮': '齿',
  '⻯': '竜',
  '⻰': '龙',
  '⻱': '龜',
  '⻲': '亀',
  '⻳': '龟',
};

/** Signs whose compatibility mapping is the traditional form, though simplified texts show the same sign. */
const SIMPLIFIED: Readonly<Record<string, string>> = { '⼾': '户', '⿈': '黄', '⾭': '青' };

/** Radicals written as the characters that they stand for. */
export function withoutRadicals(text: string, simplified: boolean): string {
  return text.replace(
    /[\u2e80-\u2fd5]/g,
    (sign) => (simplified ? SIMPLIFIED[sign] : undefined) ?? SUPPLEMENT[sign] ?? sign.normalize('NFKC'),
  );
}

/** Whether a text is in simplified characters, by those that nearly every text has. */
export function isSimplified(text: string): boolean {
  const count = (pattern: RegExp) => text.match(pattern)?.length ?? 0;
  return count(/[国为会关规应业发]/g) >= count(/[國為會關規應業發]/g);
}
