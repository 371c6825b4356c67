import type { Message } from '@grammyjs/types';
import { el, icon } from './dom.ts';
import { WORDING } from './wording.ts';

type Sizes = NonNullable<Message['photo']>;

/** A photo fits into this, keeping its shape. Pixels. */
const BOX = { width: 460, height: 420 };
/** What a bubble adds to the width of its photo. Pixels. */
export const PHOTO_MARGIN = 8;

/** A photo in its final size from the start, so that nothing moves when it arrives. */
export function photo(sizes: Sizes): HTMLElement {
  const { width, height, file_id: id } = largest(sizes);
  const image = el('img', { src: `/photo/${encodeURIComponent(id)}`, alt: WORDING.photo });
  const frame = el('div', { class: 'photo' }, image);
  frame.style.aspectRatio = `${width} / ${height}`;
  frame.style.width = `${photoWidth(sizes)}px`;
  image.addEventListener('error', () => frame.replaceChildren(missing()), { once: true });
  return frame;
}

/** How wide the photo is drawn where there is room. Pixels. */
export function photoWidth(sizes: Sizes): number {
  const { width, height } = largest(sizes);
  return Math.round(Math.min(BOX.width, (BOX.height * width) / height));
}

function largest(sizes: Sizes): Sizes[number] {
  return sizes.at(-1) ?? { file_id: '', file_unique_id: '', width: 4, height: 3 };
}

function missing(): HTMLElement {
  return el('div', { class: 'photo-missing', role: 'img', 'aria-label': WORDING.photo }, icon('photo'));
}
