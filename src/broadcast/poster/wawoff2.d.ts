/** The part of wawoff2 2.0 that is used here; it comes without types. */
declare module 'wawoff2' {
  export function decompress(woff2: Uint8Array): Promise<Uint8Array>;
}
