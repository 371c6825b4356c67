/** From this width on the calls stand beside the chat; below they cover it. layout.css says the same. */
const WIDE = '(min-width: 1080px)';
/** With a finger, focusing the input line brings up a keyboard nobody asked for. */
const FINE_POINTER = '(pointer: fine)';

export function isWide(): boolean {
  return matchMedia(WIDE).matches;
}

export function hasFinePointer(): boolean {
  return matchMedia(FINE_POINTER).matches;
}
