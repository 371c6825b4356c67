import { createInterface } from 'node:readline/promises';
import { z } from 'zod';
import type { Answer, Quote } from '../answering/answer.ts';
import { type Engine, openEngine } from '../engine.ts';
import type { Document } from '../knowledge/document.ts';
import { renderForTerminal } from '../messages/terminal.ts';
import { CLI } from '../messages/wording.ts';
import { type Command, KNOWLEDGE_OPTION, knowledgeFolder, UsageError } from './command.ts';
import { readLines } from './input.ts';

export const ask: Command = {
  usage: 'ask [--json] [--knowledge DIR] "问题" | ask --batch FILE [--knowledge DIR]',
  options: { ...KNOWLEDGE_OPTION, json: { type: 'boolean' }, batch: { type: 'string' } },
  async run(values, positionals) {
    const question = positionals.join(' ');
    const interactive = positionals.length === 0 && values.batch === undefined;
    if (interactive && !process.stdin.isTTY) throw new UsageError(CLI.usage(ask.usage));
    const engine = await openEngine(knowledgeFolder(values));
    if (typeof values.batch === 'string') return await answerBatch(engine, values.batch);
    if (interactive) return await converse(engine);
    if (values.json) process.stdout.write(`${JSON.stringify(answered(engine, '1', question))}\n`);
    else process.stdout.write(shown(engine, question));
    return 0;
  },
};

/** `before` is the question before it, or those before it in order. */
const rowSchema = z.object({
  id: z.union([z.string(), z.number()]),
  question: z.string(),
  before: z.union([z.string(), z.array(z.string())]).optional(),
});

async function answerBatch(engine: Engine, file: string): Promise<number> {
  let number = 0;
  let failed = false;
  for await (const line of readLines(file)) {
    number++;
    if (line.trim() === '') continue;
    const row = parseRow(line);
    if (row)
      process.stdout.write(
        `${JSON.stringify(answered(engine, row.id, row.question, [row.before ?? []].flat().at(-1)))}\n`,
      );
    else {
      failed = true;
      process.stderr.write(`${CLI.badRow(file, number)}\n`);
    }
  }
  return failed ? 1 : 0;
}

function parseRow(line: string): z.output<typeof rowSchema> | undefined {
  try {
    return rowSchema.safeParse(JSON.parse(line)).data;
  } catch {
    return undefined;
  }
}

async function converse(engine: Engine): Promise<number> {
  const terminal = createInterface({ input: process.stdin, output: process.stdout, prompt: CLI.prompt });
  process.stdout.write(`${CLI.welcome}\n`);
  terminal.prompt();
  for await (const line of terminal) {
    if (line.trim() !== '') process.stdout.write(shown(engine, line));
    terminal.prompt();
  }
  process.stdout.write('\n');
  return 0;
}

function shown(engine: Engine, question: string): string {
  const width = Math.min(process.stdout.columns ?? 80, 88);
  return renderForTerminal(engine.answerer.answer(question), engine.library, { width, color: process.stdout.isTTY });
}

/** The stable form of an answer: see the contract in the README. */
function answered({ answerer, library }: Engine, id: string | number, question: string, before?: string) {
  const start = performance.now();
  const answer = answerer.answer(question, { before });
  const ms = Math.round((performance.now() - start) * 1000) / 1000;
  const documents = new Map(library.documents.map((document) => [document.id, document]));
  return { id, question, ...contract(answer, documents), ms };
}

function contract(answer: Answer, documents: ReadonlyMap<string, Document>) {
  const quotes = answer.outcome === 'answered' ? [answer, ...(answer.also ?? [])].flatMap((one) => one.quotes) : [];
  return {
    outcome: answer.outcome,
    confidence: Math.round(answer.confidence * 10_000) / 10_000,
    answer: answer.outcome === 'answered' ? answer.answer : null,
    quotes: quotes.map((quote) => placed(quote, documents)),
    related: answer.related.map(({ question, quote }) => ({ question, quote: quote.text })),
    degree: answer.outcome === 'related' ? answer.degree : null,
  };
}

function placed(quote: Quote, documents: ReadonlyMap<string, Document>): object {
  const { text, document, paragraph, start, end, lead } = quote;
  const { title, publisher } = documents.get(document) as Document;
  const fields = { text, document, title, publisher: publisher ?? null, paragraph, start, end };
  return lead ? { ...fields, lead: placed(lead, documents) } : fields;
}
