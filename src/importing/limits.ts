/** Bytes beyond which no file is read: Telegram hands a bot none that is larger. */
export const MOST_BYTES = 20 * 1024 * 1024;
/** UTF-16 units of text beyond which a file is no document. */
export const MOST_UNITS = 2_000_000;
/** Pages beyond which a PDF is none. */
export const MOST_PAGES = 600;
/** Bytes that the parts of an office file may take once unpacked: a thousand pages of text take a tenth. */
export const MOST_UNPACKED = 64 * 1024 * 1024;
