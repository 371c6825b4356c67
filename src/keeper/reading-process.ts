import type { GivenFile } from '../importing/file.ts';
import { importFile } from '../importing/read.ts';
import { ImportError } from '../importing/refusal.ts';
import type { Reply } from './reader.ts';

process.on('message', (file: GivenFile) => {
  void answer(file).then((reply) => process.send?.(reply));
});

async function answer(file: GivenFile): Promise<Reply> {
  try {
    return { documents: await importFile(file) };
  } catch (cause) {
    if (cause instanceof ImportError) return { refusal: cause.refusal };
    return { failure: cause instanceof Error ? (cause.stack ?? cause.message) : String(cause) };
  }
}
