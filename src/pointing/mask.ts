import { maskPersonal } from '../text/personal.ts';

export const MASK = '〔号码〕';

/** The question without what may say who somebody is, which must not leave the machine. */
export function masked(text: string): string {
  return maskPersonal(text, MASK);
}
