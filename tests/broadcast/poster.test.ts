import { describe, expect, it } from 'vitest';
import { drawPoster } from '../../src/broadcast/poster/draw.ts';
import { drawInWorker } from '../../src/broadcast/poster/thread.ts';
import { MAKER } from './fixture.ts';

const SHORT = '森林草原防火 人人有责';
const LONG = '坚持走生态优先、绿色发展之路，积极稳妥推进碳达峰碳中和，加快发展方式绿色转型';

function sizeOf(png: Uint8Array): readonly [number, number] {
  const view = new DataView(png.buffer, png.byteOffset);
  expect(view.getUint32(0)).toBe(0x89504e47);
  return [view.getUint32(16), view.getUint32(20)];
}

describe('drawing a poster', () => {
  it.each([0, 1, 2, 3, 4, 5, 6, 7, 8])('does both slogans on day %i', async (number) => {
    for (const words of [SHORT, LONG]) {
      const drawn = await drawPoster({ words, maker: MAKER, number });
      if (drawn.kind !== 'drawn') throw new Error(drawn.kind);
      expect(sizeOf(drawn.png)).toEqual([1080, 1350]);
      // An empty sheet takes a tenth of this.
      expect(drawn.png.length).toBeGreaterThan(30_000);
      expect(drawn.png.length).toBeLessThan(400_000);
    }
  });

  it('draws the same words of a day the same way', async () => {
    const order = { words: SHORT, maker: MAKER, number: 20_779 };
    expect(await drawPoster(order)).toEqual(await drawPoster(order));
  });

  it('looks different from one day to the next', async () => {
    const [one, two] = [
      await drawPoster({ words: SHORT, maker: MAKER, number: 1 }),
      await drawPoster({ words: SHORT, maker: MAKER, number: 2 }),
    ];
    expect(one).not.toEqual(two);
  });

  it.each([
    ['a rare but common enough character', '龘', 'drawn'],
    ['marks and quotation marks', '“一号响应”，《条例》（试行）：百分之95%！？…', 'drawn'],
    ['a mark that only a horizontal layout takes', '我们（都）要节水', 'drawn'],
    ['a character beyond the font', '𠮷祥如意', 'missing'],
    ['an emoji', '节约用水👍', 'missing'],
    ['far too many words', '长话短说。'.repeat(100), 'too-long'],
  ])('takes %s', async (_, words, kind) => {
    for (const number of [0, 1, 2]) expect((await drawPoster({ words, maker: undefined, number })).kind).toBe(kind);
  });

  it('names the characters that are missing', async () => {
    expect(await drawPoster({ words: '𠮷祥👍', maker: undefined, number: 1 })).toEqual({
      kind: 'missing',
      characters: '𠮷👍',
    });
  });

  it('leaves this thread free', async () => {
    const order = { words: LONG, maker: MAKER, number: 1 };
    const here = await turnsDuring(() => drawPoster(order));
    // Some forty times as many when all that is drawn is drawn elsewhere.
    expect(await turnsDuring(() => drawInWorker(order))).toBeGreaterThan(5 * here);
  });
});

/** How often this thread comes to something else while `draw` is at work. */
async function turnsDuring(draw: () => Promise<{ readonly kind: string }>): Promise<number> {
  let turns = 0;
  let next: NodeJS.Immediate;
  const turn = () => {
    turns += 1;
    next = setImmediate(turn);
  };
  next = setImmediate(turn);
  expect((await draw()).kind).toBe('drawn');
  clearImmediate(next);
  return turns;
}
