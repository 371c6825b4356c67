import { createDrafts } from '../../src/keeper/drafts.ts';
import { createSharing } from '../../src/keeper/sharing.ts';
import { openStore } from '../../src/storage/store.ts';
import { silent } from '../storage/store-suite.ts';

/** Enables a draft, and is killed once that is stored: before anything of it is in the folder. */
const [knowledge = '', url = '', key = ''] = process.argv.slice(2);
const store = await openStore({ url, now: Date.now, log: silent });
if (!store.documents) throw new Error('not shared');
const sharing = createSharing({
  knowledge,
  documents: store.documents,
  ring: () => process.kill(process.pid, 'SIGKILL'),
  damaged: () => {},
});
await createDrafts(knowledge, store.drafts, sharing).accept(key);
