import { unzipSync } from 'fflate';
import { MOST_UNPACKED } from './limits.ts';
import { ImportError } from './refusal.ts';

/** Named parts of a zip archive. Only those are unpacked; throws an ImportError when they would be too large. */
export function unpack(bytes: Uint8Array, wanted: (name: string) => boolean): ReadonlyMap<string, Uint8Array> {
  let total = 0;
  try {
    const files = unzipSync(bytes, {
      filter({ name, originalSize }) {
        if (!wanted(name)) return false;
        total += originalSize;
        if (total > MOST_UNPACKED) throw new ImportError({ code: 'unpacks-too-large' });
        return true;
      },
    });
    return new Map(Object.entries(files));
  } catch (cause) {
    if (cause instanceof ImportError) throw cause;
    throw new ImportError({ code: 'damaged', format: 'docx' }, cause);
  }
}

/** The names in an archive, to tell what kind of file it is. */
export function namesIn(bytes: Uint8Array): readonly string[] {
  const names: string[] = [];
  try {
    unzipSync(bytes, {
      filter({ name }) {
        names.push(name);
        return false;
      },
    });
  } catch (cause) {
    throw new ImportError({ code: 'damaged', format: 'docx' }, cause);
  }
  return names;
}
