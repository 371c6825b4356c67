import type { Difference, Problem, ProblemDetail } from '../knowledge/problem.ts';

/** What js-yaml says of what people get wrong, in the words of whoever keeps the texts; the rest is shown as it is. */
const YAML_FAULTS: Readonly<Record<string, string>> = {
  'deficient indentation': '缩进不够，或者前面有引号、括号没有合上。',
  'bad indentation of a mapping entry': '缩进不齐。同一层的键请从同一列写起；冒号后面空一格。',
  'bad indentation of a sequence entry': '缩进不齐。同一层的短横请从同一列写起。',
  'tab characters must not be used in indentation': '缩进请用空格，不能用制表符（Tab）。',
  'duplicated mapping key': '同一层里这个键写了两次，请删去一个。',
  'missed comma between flow collection entries': '方括号或花括号里的各项之间请写逗号。',
  'unexpected end of the stream within a flow collection': '方括号或花括号没有合上。',
  'unexpected end of the stream within a single quoted scalar': '单引号没有合上。',
  'unexpected end of the stream within a double quoted scalar': '双引号没有合上。',
  'unexpected end of the document within a single quoted scalar': '单引号没有合上。',
  'unexpected end of the document within a double quoted scalar': '双引号没有合上。',
};

/** One line for a person: file:line:column, what is wrong, and what to do. */
export function describeProblem({ file, line, column, severity, detail }: Problem): string {
  const label = severity === 'error' ? '错误' : '提醒';
  return `${file}:${line}:${column} ${label}：${sentence(detail)}`;
}

function sentence(detail: ProblemDetail): string {
  switch (detail.code) {
    case 'missing-source':
      return '没有 source.md。请放入文件原文（开头用两行 --- 夹住 title 等信息），或删去这个文件夹。';
    case 'unreadable':
      return `读不了：${detail.reason}。请检查路径和权限。`;
    case 'not-utf8':
      return '不是 UTF-8 编码。请另存为 UTF-8。';
    case 'no-file':
      return '不是普通文件。请换成文本文件。';
    case 'too-large':
      return `超过 ${detail.megabytes} MB，没有读。请拆成几份，或只留需要的部分。`;
    case 'link':
      return '是指向别处的链接，没有读。请把文件夹本身放进来。';
    case 'unknown-file':
      return `没有读：这里只认 ${detail.known.join('、')}。请改名或移走。`;
    case 'second-document':
      return '这里又起了一份内容（一行 --- 之后），后面的没有读。一个文件只写一份，请合并。';
    case 'no-front-matter':
      return '开头没有信息栏。请在第一行写 ---，接着写 title: 标题，再以一行 --- 结束。';
    case 'no-text':
      return '没有正文。请在信息栏之后贴入原文，段落之间空一行。';
    case 'yaml':
      return `YAML 写法有误：${YAML_FAULTS[detail.reason] ?? visible(detail.reason)}`;
    case 'unknown-key':
      return `不认识「${visible(detail.key)}」${inside(detail.path)}。请改正拼写或删去。`;
    case 'missing-key':
      return `缺少「${visible(detail.path)}」。请补上。`;
    case 'invalid-value':
      return detail.path === ''
        ? `整份内容不合要求：${detail.reason}`
        : `「${visible(detail.path)}」的值不合要求：${detail.reason}`;
    case 'quote-not-verbatim':
      return `引文与原文不是一字不差：「${visible(shorten(detail.quote))}」${differs(detail.difference)}`;
    case 'answer-not-in-quote':
      return `answer 必须是 quote 里连续的原话：「${visible(shorten(detail.answer))}」`;
    case 'heading-not-a-paragraph':
      return `heading 必须与原文的一整段相同：「${visible(shorten(detail.heading))}」`;
    case 'duplicate-id':
      return `id「${detail.id}」在这份文件里用了两次。请换一个。`;
    case 'duplicate-command':
      return `命令 /${detail.name} 已由 ${detail.other} 使用。请换一个。`;
    case 'reserved-command':
      return `命令 /${detail.name} 由机器人自用。请换一个。`;
    case 'no-phrasings':
      return `问点「${detail.id}」没有问法。请在 ask 里写下人们会怎么问它。`;
    case 'empty-phrasing':
      return `问法「${visible(detail.phrasing)}」里没有字。请删去或写完整。`;
    case 'duplicate-phrasing':
      return `问法「${visible(detail.phrasing)}」同时属于 ${detail.other} 和 ${detail.owner}。请只留一处。`;
    case 'answer-governed':
      return `answer 把「${detail.word}」留在了外面，单独看会是反的意思：「${visible(shorten(detail.answer))}」。请把「${detail.word}」也收进 answer。`;
    case 'term-reversed':
      return `失效的日子（${detail.expires}）早于施行的日子（${detail.effective}）。请改正其中一个。`;
    case 'superseded-by-itself':
      return 'superseded_by 写的是这份文件自己。请写接替它的那份文件：文件夹名，或它的名称。';
    case 'no-questions':
      return '没有问法（questions.yaml 或 questions 文件夹）：只能按原文检索来答，拿不准的会列出几处。写上问法会答得更准。';
    case 'questions-twice':
      return 'questions.yaml 和 questions 文件夹只能用一种。请把各节都放进 questions 文件夹，再删去 questions.yaml。';
    case 'uncovered':
      return `这一段没有任何问点引用：「${visible(shorten(detail.paragraph))}」`;
    case 'uncovered-more':
      return `从这里起还有 ${detail.count} 段没有任何问点引用。`;
  }
}

function inside(path: string): string {
  return path === '' ? '' : `（在 ${visible(path)} 里）`;
}

function differs(difference: Difference | undefined): string {
  if (!difference) return '。原文里找不到相近的话。';
  const { at, quoted, published, paragraph } = difference;
  const here = quoted === '' ? '结束了' : `是「${visible(quoted)}」（${codePoint(quoted)}）`;
  const there = published === '' ? '结束了' : `是「${visible(published)}」（${codePoint(published)}）`;
  return `。第 ${at + 1} 个字起，引文${here}，原文第 ${paragraph + 1} 段${there}。`;
}

function codePoint(text: string): string {
  const value = text.codePointAt(0) ?? 0;
  return `U+${value.toString(16).toUpperCase().padStart(4, '0')}`;
}

const SHOWN = 40;

function shorten(text: string): string {
  const points = Array.from(text);
  return points.length <= SHOWN ? text : `${points.slice(0, SHOWN).join('')}…`;
}

/** Characters that cannot be seen, written out as ⟨U+200B⟩. */
export function visible(text: string): string {
  return text.replace(
    /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\u00a0\u3000\u2000-\u200a\u202f\u205f]/gu,
    (character) => `⟨${codePoint(character)}⟩`,
  );
}
