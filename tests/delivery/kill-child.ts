// A bot in small, to be killed: takes updates from a source that repeats what was not confirmed, commits, sends.
// Arguments: the database, the journal of what arrived, the file of confirmations, and `finish` to take no more.
import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { createOutbox } from '../../src/delivery/outbox.ts';
import { systemTimers } from '../../src/delivery/timers.ts';
import { openStore } from '../../src/storage/store.ts';
import { UNPACED } from './fixture.ts';

const [database = '', journal = '', confirmations = '', finish] = process.argv.slice(2);
const log = { info() {}, warn() {}, error: (_: object, message: string) => process.stderr.write(`${message}\n`) };
const store = await openStore({ url: `sqlite:${database}`, now: Date.now, log });
let messageId = 0;
const outbox = createOutbox({
  store,
  now: Date.now,
  timers: systemTimers,
  log,
  limits: { ...UNPACED, retry: { ...UNPACED.retry, ambiguousMs: 10 } },
  async send(row) {
    appendFileSync(journal, `${row.id}\n`);
    await sleep(row.id % 5);
    return { kind: 'delivered', messageId: ++messageId };
  },
});
await outbox.start();
process.stdout.write('ready\n');

if (finish !== undefined) {
  await outbox.drain(20_000);
  await store.close();
} else {
  const confirmed = existsSync(confirmations) ? readFileSync(confirmations, 'utf8').trimEnd().split('\n') : [];
  for (let first = Number(confirmed.at(-1) ?? 0) + 1; ; first += 10) {
    await store.updates.commit(
      Array.from({ length: 10 }, (_, index) => {
        const updateId = first + index;
        const chatId = (updateId % 7) + 1;
        const row = { chatId, kind: 'reply', method: 'sendMessage', payload: {}, questionId: updateId } as const;
        const answers = [{ chatId, questionId: updateId, content: { v: 1 } }];
        return { updateId, outgoing: [row, { ...row, questionId: undefined }], answers };
      }),
    );
    outbox.notify();
    // Telegram repeats all of it should we die before this.
    appendFileSync(confirmations, `${first + 9}\n`);
    await sleep(5);
  }
}
