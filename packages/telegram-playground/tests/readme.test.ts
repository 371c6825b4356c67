import { readFile } from 'node:fs/promises';
import { expect, onTestFinished, test } from 'vitest';
import { listen, send } from './neighbour.ts';

const read = (path: string) => readFile(new URL(path, import.meta.url), 'utf8');

test('the README shows a playground that starts, with a bot that answers in it', async () => {
  const shown = (await read('./echo.ts')).replace('export const', 'const');
  expect(await read('../README.md')).toContain(`\`\`\`ts\n${shown}\`\`\``);

  const { playground } = await import('./echo.ts');
  onTestFinished(async () => {
    await playground.bot.stop();
    await playground.close();
  });
  const stream = await listen(playground.url);
  const { event } = await stream.next(({ kind }) => kind === 'snapshot');
  if (event.kind !== 'snapshot') throw new Error('unreachable: only a snapshot fits');
  const chat = event.snapshot.rooms.find(({ owner }) => owner === 'ann')?.id;
  await send(playground.url, '/act', { body: JSON.stringify({ type: 'say', person: 'ann', chat, text: 'hello' }) });
  await stream.next(
    (each) => each.kind === 'message' && each.message.from?.is_bot === true && each.message.text === 'hello',
  );
  stream.close();
});
