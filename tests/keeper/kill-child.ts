import { createDrafts } from '../../src/keeper/drafts.ts';
import { openShelf } from '../../src/keeper/shelf.ts';
import { openStore } from '../../src/storage/store.ts';
import { silent } from '../storage/store-suite.ts';

/** Takes documents in, switches them on and off, and says after each step what is safe by now; until it is killed. */
const [knowledge = '', url = ''] = process.argv.slice(2);
const store = await openStore({ url, now: Date.now, log: silent });
const drafts = createDrafts(knowledge, store.drafts);
const shelf = openShelf(knowledge);

for (let number = 1; ; number++) {
  const title = `清溪区第${number}号通知`;
  const bytes = new TextEncoder().encode(`${title}\n\n${'本通知说的是一件要紧的事。'.repeat(2_000)}`);
  const document = {
    title,
    ...{ subtitle: undefined, label: undefined, publisher: undefined, number: undefined, published: undefined },
    ...{ url: undefined, effective: undefined, expires: undefined, region: undefined, audience: undefined },
    ...{ reporters: [], about: [], doubts: [] },
    paragraphs: [title, '本通知说的是一件要紧的事。'],
  };
  const draft = await drafts.add(document, { name: `notice-${number}.txt`, bytes }, 1);
  process.stdout.write(`${title}\n`);
  const accepted = await drafts.accept(draft.key);
  if (accepted && number % 2 === 0) {
    await shelf.disable(accepted.folder);
    await shelf.enable(accepted.folder);
  }
}
