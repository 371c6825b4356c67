import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { commandWord, pointsAtAnother } from '../../src/telegram/wordings.ts';

describe('a message that points to the one it replies to', () => {
  it.each([
    ...[
      '这个怎么说',
      '求解答',
      '帮忙看下',
      '帮忙看一下',
      '这个怎么看',
      '这条怎么回',
      '怎么说',
      '怎么回事',
      '求解',
      '求助',
      '同问',
    ],
    ...[
      '帮他看看',
      '帮我答一下',
      '帮忙回答一下',
      '请回答',
      '请解答一下',
      '解答一下呗',
      '谁来回答一下',
      '谁能解答',
      '有人知道吗',
      '有谁知道',
    ],
    ...[
      '这个问题呢',
      '这个呢？',
      '这是真的吗',
      '这是真的假的',
      '是真的吗',
      '对吗',
      '是不是真的',
      '他说的对吗',
      '上面说的对不对',
    ],
    ...[
      '楼上问的怎么回答',
      '这种说法属实吗',
      '能解释一下吗',
      '麻烦解释下',
      '给讲讲',
      '查一下',
      '幫忙看下',
      '這個怎麼說',
      '？',
      '???',
      '请问这个有什么规定',
    ],
    ...[
      'what about this?',
      'please answer',
      'is this true?',
      'can you explain this',
      'this one please',
      'anyone knows?',
    ],
  ])('%s', (text) => {
    expect(pointsAtAnother(text)).toBe(true);
  });

  it.each([
    ...[
      '',
      '社区工作者有体检吗',
      '这个试点有哪些地区',
      '体检怎么说',
      '工资多少',
      '外资能不能做',
      '这个意见是谁发的',
      '帮忙看下社工工资多少',
    ],
    ...[
      '海南呢',
      '试点呢',
      '合同跟谁签',
      '有什么待遇',
      '怎么考社工证',
      'which areas',
      'is Hainan in it',
      '红烧肉怎么做',
    ],
  ])('%s says something of its own', (text) => {
    expect(pointsAtAnother(text)).toBe(false);
  });

  it('is told at once, whatever is typed', () => {
    const word = fc.constantFrom(
      '请',
      '帮',
      '帮忙',
      '谁',
      '谁来',
      '能',
      '能不能',
      '这',
      '个',
      '是',
      '不',
      '是不是',
      '一下',
      '吗',
      '的',
      '看',
    );
    fc.assert(
      fc.property(fc.array(word, { minLength: 4, maxLength: 24 }), (words) => {
        const from = process.cpuUsage();
        pointsAtAnother(words.join(''));
        // In microseconds, of the processor: a busy machine may take it away for longer.
        return process.cpuUsage(from).user < 200_000;
      }),
    );
  });
});

describe('a word for a command', () => {
  it.each([
    ['help', 'help'],
    ['HELP!', 'help'],
    ['帮助', 'help'],
    ['幫助', 'help'],
    ['怎么用？', 'help'],
    ['菜单', 'help'],
    ['stop', 'stop'],
    ['停止', 'stop'],
    ['设置', 'settings'],
    ['退订', 'unsubscribe'],
    ['订阅标语', 'subscribe'],
    ['今天的标语', 'slogan'],
    ['start', 'start'],
  ])('%s is /%s', (text, name) => {
    expect(commandWord(text)).toBe(name);
  });

  it.each(['', '帮助社区工作者的措施', '订阅号', '怎么用人', 'constructor', '体检'])('%s is none', (text) => {
    expect(commandWord(text)).toBeUndefined();
  });
});
