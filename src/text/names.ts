/** Kinds of which a text speaks of some and a question may ask about others. */
export type NameKind = 'place' | 'country' | 'trade' | 'profession';

export interface Name {
  readonly kind: NameKind;
  readonly name: string;
  /** UTF-16 offset into the folded text. */
  readonly start: number;
}

const of = (names: string) => names.split(' ');

/** Folded. Provinces and cities of China, with what they are called for short; no attempt at counties. */
const PLACES = of(
  '北京 上海 天津 重庆 河北 山西 辽宁 吉林 黑龙江 江苏 浙江 安徽 福建 江西 山东 河南 湖北 湖南 广东 海南 四川 贵州 云南 陕西 甘肃 青海 台湾 内蒙古 广西 西藏 宁夏 新疆 ' +
    '石家庄 唐山 秦皇岛 邯郸 邢台 保定 张家口 承德 沧州 廊坊 衡水 雄安 太原 大同 阳泉 长治 晋城 朔州 晋中 运城 忻州 临汾 吕梁 呼和浩特 包头 乌海 赤峰 通辽 鄂尔多斯 呼伦贝尔 ' +
    '沈阳 大连 鞍山 抚顺 本溪 丹东 锦州 营口 阜新 辽阳 盘锦 铁岭 葫芦岛 长春 吉林市 四平 辽源 通化 白山 松原 白城 延边 哈尔滨 齐齐哈尔 牡丹江 佳木斯 大庆 ' +
    '南京 无锡 徐州 常州 苏州 南通 连云港 淮安 盐城 扬州 镇江 泰州 宿迁 昆山 杭州 宁波 温州 嘉兴 湖州 绍兴 金华 义乌 衢州 舟山 台州 丽水 合肥 芜湖 蚌埠 淮南 马鞍山 淮北 铜陵 安庆 黄山 滁州 阜阳 ' +
    '福州 厦门 莆田 三明 泉州 漳州 南平 龙岩 宁德 南昌 景德镇 萍乡 九江 新余 鹰潭 赣州 吉安 宜春 抚州 上饶 济南 青岛 淄博 枣庄 东营 烟台 潍坊 济宁 泰安 威海 日照 临沂 德州 聊城 滨州 菏泽 ' +
    '郑州 开封 洛阳 平顶山 安阳 鹤壁 新乡 焦作 濮阳 许昌 漯河 三门峡 南阳 商丘 信阳 周口 驻马店 武汉 黄石 十堰 宜昌 襄阳 鄂州 荆门 孝感 荆州 黄冈 咸宁 随州 恩施 长沙 株洲 湘潭 衡阳 邵阳 岳阳 常德 张家界 益阳 郴州 永州 怀化 娄底 ' +
    '广州 深圳 珠海 汕头 佛山 韶关 湛江 肇庆 江门 茂名 惠州 梅州 汕尾 河源 阳江 清远 东莞 中山市 潮州 揭阳 云浮 南宁 柳州 桂林 梧州 北海市 防城港 钦州 贵港 玉林 百色 海口 三亚 ' +
    '成都 自贡 攀枝花 泸州 德阳 绵阳 广元 遂宁 内江 乐山 南充 眉山 宜宾 广安 达州 雅安 巴中 资阳 贵阳 六盘水 遵义 安顺 毕节 铜仁 昆明 曲靖 玉溪 保山 昭通 丽江 普洱 临沧 大理 拉萨 日喀则 林芝 ' +
    '西安 铜川 宝鸡 咸阳 渭南 延安 汉中 榆林 安康 商洛 兰州 嘉峪关 金昌 白银 天水 武威 张掖 平凉 酒泉 庆阳 定西 陇南 西宁 海东 银川 石嘴山 吴忠 固原 中卫 乌鲁木齐 克拉玛依 吐鲁番 哈密 喀什 ' +
    '台北 新北 桃园 台中 台南 高雄 浦东 苏州工业园区 前海 横琴 南沙 喀什 粤港澳大湾区 长三角 京津冀',
);
const COUNTRIES = of(
  '美国 英国 法国 德国 日本 韩国 朝鲜 俄罗斯 加拿大 澳大利亚 澳洲 新西兰 意大利 西班牙 葡萄牙 荷兰 比利时 瑞士 瑞典 挪威 丹麦 芬兰 奥地利 波兰 希腊 土耳其 印度 巴基斯坦 孟加拉 越南 泰国 老挝 柬埔寨 缅甸 马来西亚 新加坡 印尼 印度尼西亚 菲律宾 蒙古国 哈萨克斯坦 伊朗 伊拉克 以色列 沙特 阿联酋 埃及 南非 尼日利亚 肯尼亚 巴西 阿根廷 智利 墨西哥 乌克兰 欧盟 东盟 ' +
    'usa america japan korea singapore india germany france britain australia canada vietnam malaysia thailand russia',
);
const TRADES = of(
  '银行业 银行 央行 保险业 保险公司 证券业 证券公司 证券 基金公司 期货公司 信托公司 金融业 汽车业 汽车行业 造车 航空公司 航空业 民航 铁路 航运 快递行业 快递业 快递公司 外卖平台 餐饮业 餐饮 酒店业 酒店 旅游业 旅行社 影视业 影视公司 电影院 电影业 出版业 出版社 游戏业 游戏公司 教培 教育行业 民办学校 医院 医疗行业 医药行业 制药 疫苗 养老院 养老机构 养老行业 幼儿园 建筑业 建筑公司 房地产 物业公司 采矿 煤矿 钢铁 石油 天然气 电力 核电 水电站 光伏 风电 农业 种业 渔业 林业 养殖业 烟草 白酒 食品业 零售业 超市 便利店 纺织 服装厂 化工 造船 半导体 芯片 军工 航天 律所 律师事务所 会计师事务所 广告业 直播行业 电视台 广播电台 报社 自动驾驶 网约车 共享单车 出租车公司',
);
const PROFESSIONS = of(
  '医生 护士 大夫 药师 教师 老师 辅导员 校长 教授 警察 辅警 民警 城管 消防员 军人 士兵 退役军人 法官 检察官 律师 会计 公证员 主播 演员 运动员 教练 厨师 服务员 保安 保洁 保姆 月嫂 家政 环卫工 清洁工 司机 网约车司机 出租车司机 货车司机 骑手 外卖员 外卖小哥 外卖骑手 快递员 快递小哥 送外卖的 送快递的 程序员 工程师 科学家 研究员 工人 矿工 农民工 农民 渔民 村干部 村支书 村官 村医 大学生村官 三支一扶 西部计划 选调生 公务员 银行柜员 柜员 导游 空姐 飞行员 船员 护工 护理员 养老护理员 育婴师 幼师 网格员 义工 物业经理 保险员 中介 个体户 税务局的人 税务员 法警 狱警 协管员 劳模 院士 外交官 主持人 作家 画家 理发师 电工 焊工 高校辅导员',
);

const KINDS: readonly (readonly [NameKind, readonly string[]])[] = [
  ['place', PLACES],
  ['country', COUNTRIES],
  ['trade', TRADES],
  ['profession', PROFESSIONS],
];
const kindOf = new Map(KINDS.flatMap(([kind, names]) => names.map((name) => [name, kind] as const)));
const LONGEST = Math.max(...Array.from(kindOf.keys(), ({ length }) => length));
/** The first two units of each: at most places of a text there is nothing to try. */
const BEGINNINGS = new Set(Array.from(kindOf.keys(), (name) => name.slice(0, 2)));

/** The names in folded text, the longest at each place. */
export function namesIn(folded: string): readonly Name[] {
  const found: Name[] = [];
  for (let start = 0; start < folded.length; start++) {
    if (!BEGINNINGS.has(folded.slice(start, start + 2))) continue;
    for (let length = Math.min(LONGEST, folded.length - start); length > 1; length--) {
      const name = folded.slice(start, start + length);
      const kind = kindOf.get(name);
      if (kind === undefined) continue;
      found.push({ kind, name, start });
      start += length - 1;
      break;
    }
  }
  return found;
}
