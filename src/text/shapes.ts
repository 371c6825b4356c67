// Simplified characters that are taken for one another by eye: in handwriting, by optical recognition, with shape-based
// input methods. Groups after the look-alike tables of school books (形近字).
const GROUPS =
  '己已巳 未末 土士 人入八 天夭 大太犬 日曰目 口囗 千干于 王玉主 木本术 午牛 申甲由电 没设 处外 ' +
  '拆折析 晴睛 候侯 辨辩辫 徒徙 券卷 载栽裁 拨拔 密蜜 免兔 鸟乌 暑署 陪倍培 峰锋蜂逢 清请情晴 ' +
  '抱泡炮跑 检捡脸险 历厉 仓仑 侍待持特 问间同 买卖 冶治 准淮 凉谅 划刘 刊刑 列例 剂济 厂广 原源 ' +
  '反友 叶汁 吊吕 各名 吗妈 吨顿 呆保 员贝 哀衷衰 喝渴竭 喧暄 嗽漱 园圆圈 囚因困 团困 坊纺仿防访 ' +
  '坏环怀 坚竖 坐座 块快 垃拉 垮跨 城诚盛 培赔 堆推 堵赌 塔搭 墙强 壁璧 壮状 复夏 夫失矢 头买 ' +
  '奖桨浆 奋备 好奸 如奴 始治 姓性 委季 孤狐弧 宣宜 宫官 宽觉 寒塞赛 导异 封卦 尔你 层屋 属居 岁多 ' +
  '州洲 工土 巨臣 市布 帅师 带滞 帐账 席度 常党 幕墓慕暮募 并井 庄压 床庆 库车 底低抵 府附 廷延 ' +
  '建健键 弛驰 引弓 弟第 张长 形刑 往住 征证 径经轻 得碍 微徽 心必 忙忘 志忐 怡恰 恨很狠 息思 悦阅 ' +
  '惊凉 惕踢 愉偷 愚遇 成戍戌戊 戒戎 或惑 房肩 扁编偏遍篇 扒趴 扣和 执热 扬场汤 扰拢 批比 技枝 ' +
  '抄炒吵 抓爪 投没 抗坑 护户 报服 拌伴 担胆 拓拍 拘构 招诏召 拱洪 挂桂 指拾 按案 挥浑 损捐 换唤 ' +
  '授受 掉悼 排徘 探深 接按 描猫 提题 握屋 揭竭 搏博 摘滴 摸模漠 撒撤 操燥躁噪澡 攻功 放牧 政攻 ' +
  '效郊 敝蔽弊 敞敝 斗抖 斥斤 断继 旨指 旬句 明朋 昌冒 昂昴 映快 是景 晌响 普晋 暖缓援 更便 期朝 ' +
  '朱末 杂条 材村 杜社 杨扬场 极级 枚牧 林材 果杲 柱住拄 标际 校较 格各 桥侨轿娇 梁粱 梢稍 棉绵 ' +
  '概慨 槽糟 欠久 欢观 歌哥 止正 步涉 残线浅 毁毅 母毋 比此 毕华 氏氐 民氏 汗汁 江红 池地 汽气 ' +
  '沮阻 油抽 沿没 注住 泄曳 法去 泛乏 洒酒 洽恰 流硫 浪狼 浮俘 海悔 消硝 淡谈 渐惭 港巷 湖糊 滩难 ' +
  '满瞒 演寅 漫慢 灌罐 炎淡 炼练 烧浇挠 焦蕉 照昭 煤媒 熔溶 燃然 爪瓜 牡杜 犹优 狡绞 独烛 猎借错 ' +
  '率卒 玩顽 环还 现观 珍诊 球求 理埋 瑞端 瓢飘 用甩 田由 界介 留溜 略备 畜蓄 疗庁 病痛 登凳 白百 ' +
  '皆昏 皮波 盆盒 益溢 盗资 监临 盖盏 盲育 直真 相想 盼纷 省劣 看着 眼跟 知和 短矩 石右 码玛 础出 ' +
  '硬便 碌绿录 礼札 祝视 票漂 禀稟 禁楚 福富 私和 种钟 科料 秒抄 积织职 称你 移多 程呈 税说 稿搞 ' +
  '穷空 究突 立位 站战 章草 竟竞 笔毛 符府 等寺 答合 策束 管官 篮蓝 类娄 粒拉 精清 系糸 素索 紧坚 ' +
  '繁敏 约钓 纪记 纲钢 纳呐 纸低 组阻祖租粗 细绌 织炽 终络 绍招 结洁 绝艳 统充 续读 维唯推 综棕 ' +
  '缔蒂 缴激 罚罪 置直 美关 群郡 考老 者著 耕耘 职识 联取 聘骋 股般 育肯 胀涨 胁协 能熊 脱悦 腊蜡 ' +
  '腐府 膜模 自白 至到 致到 航舫 般船 良艮 节书 苛荷 苦若 英央 范犯 茶荼 荐存 药约 营管 落洛 董重 ' +
  '薪新 藉籍 虚虑 虫虽 融隔 血皿 行衍 衡街 补朴 表衰 裕浴 裸课 西酉 要耍 见贝 规现 角用 解懈 订钉 ' +
  '认从 讨讯 议仪 许午 论沦 评坪 识织 诉拆 词司 译泽 试拭 询洵 详祥 语悟 误娱 课棵 谁准 调凋 谋煤 ' +
  '谎慌 谐偕 豪毫 负贝 财材 责债 贡员 货贷 贪贫 购构 贯惯 贴帖 费沸 资贷 赂路 赚嫌 赢嬴 走定 起赴 ' +
  '超起 越趋 距拒 跟根 路露 践贱 躬射 转传 轮论 软欠 轴抽 辅捕铺 辑缉 输愉 辖割 辛幸 达送 迅讯 ' +
  '过边 迎仰 运远 近斤 还坏 这还 进井 连莲 述术 追迫 退很 送迭 适括 逐遂 通诵 速束 造浩 逢缝 遣遗 ' +
  '避壁 邀激 邮由 部陪 郎朗 都者 配酝 酬洲 释译 里理 量里 针什 钱浅残 铁跌 铜桐 销消 锁琐 错措 ' +
  '镇填 门们 闭团 闲闭 闻间 队认 阳阴 阶价 附付 陆击 陈阵 限恨 院完 陵凌 隆降 随髓 隐稳 障章 雄推 ' +
  '雇顾 需儒 青清 静净 非菲 面而 革草 项顶 须顺 预须 领颂 频倾 颗课 额颂 风凤 飞气 食良 首道 驻住 ' +
  '验脸 骗编 高亮 鲜解 麻磨';

/** Codes of the simplified characters that look like this one, given by its code. */
export function lookalikesOf(code: number): Iterable<number> {
  lookalikes ??= grouped();
  return lookalikes.get(code) ?? NONE;
}

let lookalikes: ReadonlyMap<number, ReadonlySet<number>> | undefined;
const NONE: readonly number[] = [];

function grouped(): ReadonlyMap<number, ReadonlySet<number>> {
  const found = new Map<number, Set<number>>();
  for (const group of GROUPS.split(' ')) {
    const codes = Array.from(group, (character) => character.charCodeAt(0));
    for (const code of codes) {
      const others = found.get(code) ?? new Set();
      for (const other of codes) if (other !== code) others.add(other);
      found.set(code, others);
    }
  }
  return found;
}
