/** What satori draws: React's element shape, written by hand since React itself is not needed for it. */
export interface Node {
  readonly type: string;
  readonly props: Readonly<Record<string, unknown>>;
}

/** A poster's size in pixels: 4:5 fills a phone's width and is not cropped in a chat. */
export const WIDTH = 1080;
export const HEIGHT = 1350;

/** A box at a place of its own. */
export function box(style: Readonly<Record<string, unknown>>, children?: string | readonly Node[]): Node {
  return { type: 'div', props: { style: { display: 'flex', position: 'absolute', ...style }, children } };
}

/** Shapes under the words, over the whole sheet. */
export function drawing(shapes: readonly Node[]): Node {
  const props = { width: WIDTH, height: HEIGHT, viewBox: `0 0 ${WIDTH} ${HEIGHT}`, children: shapes };
  return { type: 'svg', props: { ...props, style: { position: 'absolute', left: 0, top: 0 } } };
}

export function shape(type: 'path' | 'circle' | 'rect' | 'line', props: Readonly<Record<string, unknown>>): Node {
  return { type, props };
}

/** The whole poster. */
export function sheet(background: string, children: readonly Node[]): Node {
  return {
    type: 'div',
    props: { style: { display: 'flex', position: 'relative', width: WIDTH, height: HEIGHT, background }, children },
  };
}
