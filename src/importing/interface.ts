/**
 * What pages say about themselves and not in their article. Words of the trade, never those of one site: whatever says more
 * than such a phrase is text.
 */

const WHOLE_LINES: readonly RegExp[] = [
  /^(?:您(?:现在)?的?(?:当前)?(?:所在)?(?:的?)位置|当前(?:所在)?位置|所在位置|現在位置|您的位置)(?:是|为)?[：:]?/,
  /^首页\s*[>›»/－-]/,
  /^[【[]?(?:打印|列印)(?:本页|文章|页面|此页)?[】\]]?$/,
  /^[【[]?关闭(?:本页|窗口|页面)?[】\]]?$/,
  /^(?:分享|转发|推荐)(?:文章)?(?:到|至)?[：:]?$/,
  /^分享(?:文章)?(?:到|至)[：:]?.{0,40}$/,
  /^(?:返回顶部|回到顶部|返回首页|我要纠错|网页纠错|语音播报|听全文|全文朗读|无障碍阅读|长者助手|适老版|更多\s*[>»]+|上一页|下一页|上一条|下一条|复制链接|X|x|×)$/,
  /^\(?(?:责编|责任编辑)[：:].{0,20}\)?$/,
  /^(?:如若转载|如需转载|转载请|转载，请|本文(?:转载|翻译)自|本文由.{1,20}原创|商务合作|译文(?:声明|仅供参考)|原文(?:地址|链接)|声明：本文)/,
  /^(?:上一篇|下一篇|上一条|下一条|上篇|下篇)[：:]/,
  /^(?:扫一扫|扫码|微信扫一扫|手机扫一扫|打开微信).{0,24}$/,
  /^(?:浏览|阅读|点击|访问)(?:次数|量|数)?[：:]?\s*[\d\-—]*\s*次?$/,
  /^(?:字体|字号|浏览字号|视力保护色?|文字大小|字體)[：:]?\s*[【[]?\s*(?:特大|超大|大|默认|中|小)?/,
  /^[【[（(]?\s*(?:字体|字号)[：:].*(?:大|中|小)/,
  /^(?:相关(?:链接|阅读|文章|新闻|文件|稿件|解读|政策|附件|信息|内容|专题|报道)|延伸阅读|推荐阅读|热门推荐|猜你喜欢|更多(?:新闻|内容|文章|资讯)|热点(?:新闻|文章)|最新(?:文章|信息|动态)|政策解读链接|友情链接|文章目录)[：:]?$/,
  /^(?:责任编辑|责编|编辑|网络编辑|值班编辑|编审|美编|校对|初审|复审|终审|审核)[：:]\s*\S{0,16}$/,
  /^[（(](?:责任编辑|责编|编辑)[：:].{0,16}[)）]$/,
  /(?:版权所有|Copyright|All Rights Reserved|©)/i,
  /(?:ICP备|ICP证|公网安备|网站标识码|网安备)/,
  /^(?:主办|承办|主管|技术支持|协办)(?:单位)?[：:].{2,60}$/,
  /^(?:网站地图|关于我们|联系我们|网站声明|隐私声明|隐私保护|使用帮助)(?:\s*[|｜]|$)/,
  /^(?:您访问的链接即将离开|当前浏览器版本|您的浏览器(?:版本|不支持)|建议(?:使用|您使用).{2,40}浏览器|预览时标签不可点|继续滑动看下一个|向上滑动看下一个|轻触阅读原文|微信扫一扫|继续访问|阅读原文$|本网站由|本站所有内容)/,
  /^(?:用微信扫描二维码|微信里点|使用“扫一扫”)/,
  /^(?:请输入|输入)(?:您?要?)?(?:关键字|关键词|搜索|检索)/,
  /^(?:设为首页|加入收藏)/,
  /^(?:我要评论|发表评论|网友评论|全部评论|最新评论|暂无评论|评论区).{0,12}$/,
  /^(?:下载文字版|下载图片版|下载PDF|政策咨询|我要咨询|一键咨询|智能问答|办事入口|在线办理|进入专题)$/,
  /^(?:阅读量|发布时间|发布日期|发表时间|信息时间|更新时间|来源|信息来源|稿件来源|文章来源|作者|发布机构|发布单位|浏览次数|访问量|点击数|阅读)\s*[：:]?\s*[^。]{0,40}$/,
  /^(?:来源|信息来源)[：:].{0,40}(?:字体|字号|时间|日期|浏览|打印|分享)/,
  /^(?:时间|日期|发布时间|发布日期)[：:].{0,60}(?:来源|浏览|字体|打印)/,
  /^(?:19|20)\d\d[-年/.]\d{1,2}[-月/.]\d{1,2}日?(?:\s+\d{1,2}:\d{2}(?::\d{2})?)(?:\s.{0,40})?$/,
];

/** What may be a heading of an article too: only where a link or others of its kind stand with it. */
const BUTTONS =
  /^(?:首页|阅读|活动|社区|分享|收藏|打印|关闭|下载|返回|顶部|纠错|举报|评论|点赞|朗读|无障碍|繁体|繁體|简体|English|登录|注册|搜索|更多|展开|收起|广告|确定|取消|发布|留言|扫码|微信|微博|QQ空间|手机版|联系方式|免责声明|政务公开|政务服务|互动交流|新闻中心|政策解读|政策法规|附件下载)$/i;

export function isButton(text: string): boolean {
  return BUTTONS.test(text.replace(/[\s\u3000]+/g, ''));
}

/** Whether a line is only what a page says about itself: menus, buttons, share rows, counters, footers. */
export function isInterface(text: string): boolean {
  const line = text.replace(/[\s\u3000]+/g, ' ').trim();
  if (line === '' || /^[\p{P}\p{S}\s\d]{1,12}$/u.test(line)) return line.length < 9 && !/\d{2,}|[（(]/.test(line);
  if (line.length > LONGEST) return false;
  return WHOLE_LINES.some((pattern) => pattern.test(line));
}

/** An article's own paragraph may speak of copyright or of a position; it is longer than what a page says of itself. */
const LONGEST = 120;

/** Below it stands what readers said: no line of it is the article's. */
export function opensComments(text: string): boolean {
  return /^(?:网友|读者|全部|最新|热门|精彩)?(?:评论|留言|跟帖)(?:区|列表)?(?:[（(]\d+[)）])?[：:]?$/.test(text.trim());
}

/** What stands between an article and what else a page has: all below it is left out where nothing but links follows. */
export function opensRelated(text: string): boolean {
  return /^(?:相关(?:链接|阅读|文章|新闻|文件|稿件|解读|政策|信息|内容|报道)|延伸阅读|推荐阅读|热门推荐|猜你喜欢|更多(?:新闻|内容|文章))[：:]?$/.test(
    text.trim(),
  );
}
