import { createInterface } from 'node:readline/promises';
import { z } from 'zod';
import type { Answer, Quote } from '../answering/answer.ts';
import { type Engine, openEngine } from '../engine.ts';
import type { Library } from '../knowledge/document.ts';
import { standingOf } from '../messages/standing.ts';
import { renderForTerminal } from '../messages/terminal.ts';
import { CLI, STARTUP } from '../messages/wording.ts';
import { type AskReader, answerByReader, type Considered } from '../pointing/point.ts';
import { type Command, KNOWLEDGE_OPTION, knowledgeFolder, UsageError } from './command.ts';
import { explainPointing } from './explain.ts';
import { explainRanking } from './explain-ranking.ts';
import { readLines } from './input.ts';
import { openReader, READER_OPTIONS, READER_USAGE } from './reader.ts';

export const ask: Command = {
  usage:
    `ask [--json|--explain] [--knowledge DIR] ${READER_USAGE} ["问题"] | ` +
    `ask --batch FILE [--knowledge DIR] ${READER_USAGE}`,
  options: {
    ...KNOWLEDGE_OPTION,
    ...READER_OPTIONS,
    json: { type: 'boolean' },
    explain: { type: 'boolean' },
    batch: { type: 'string' },
  },
  async run(values, positionals) {
    if (values.explain && (values.json || values.batch !== undefined)) throw new UsageError(CLI.usage(ask.usage));
    const [engine, reader] = [await openEngine(knowledgeFolder(values)), await openReader(values)];
    const consider: Consider = (question, before) => {
      const options = { always: values.always === true };
      return answerByReader(engine.answerer, question, { before }, reader?.ask ?? NOBODY, options);
    };
    if (typeof values.batch === 'string') return await answerBatch(engine, consider, values.batch);
    let asked = 0;
    const answerLine = async (question: string) => {
      asked++;
      if (values.json) return `${JSON.stringify(await answered(engine, consider, `${asked}`, question))}\n`;
      const considered = await consider(question);
      const answer = shown(engine, considered.answer);
      if (!values.explain) return answer;
      return `${answer}${explainRanking(engine, question)}${explainPointing(considered, reader !== undefined)}`;
    };
    if (positionals.length > 0) process.stdout.write(await answerLine(positionals.join(' ')));
    else if ((await converse(answerLine, () => exampleOf(engine))) === 0 && !process.stdin.isTTY)
      throw new UsageError(CLI.usage(ask.usage));
    return 0;
  },
};

type Consider = (question: string, before?: string) => Promise<Considered>;

/** Without a model nobody replies, and the answer is what it is by itself. */
const NOBODY: AskReader = async () => undefined;

/** `before` is the question before it, or those before it in order. */
const rowSchema = z.object({
  id: z.union([z.string(), z.number()]),
  question: z.string(),
  before: z.union([z.string(), z.array(z.string())]).optional(),
});

async function answerBatch(engine: Engine, consider: Consider, file: string): Promise<number> {
  let number = 0;
  let failed = false;
  for await (const line of readLines(file)) {
    number++;
    if (line.trim() === '') continue;
    const row = parseRow(line);
    if (row) {
      const before = [row.before ?? []].flat().at(-1);
      process.stdout.write(`${JSON.stringify(await answered(engine, consider, row.id, row.question, before))}\n`);
    } else {
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

/** One question after the other, from a person or from a pipe; returns how many lines there were. */
async function converse(
  answerLine: (question: string) => Promise<string>,
  example: () => string | undefined,
): Promise<number> {
  const isPerson = process.stdin.isTTY === true;
  const terminal = createInterface({
    input: process.stdin,
    output: isPerson ? process.stdout : undefined,
    prompt: CLI.prompt,
  });
  if (isPerson) process.stdout.write(`${CLI.welcome}\n`);
  const prompt = () => isPerson && terminal.prompt();
  let lines = 0;
  prompt();
  for await (const line of terminal) {
    const question = line.trim();
    const word = question.replace(/^[/:]/, '').toLowerCase();
    if (isPerson && EXIT.has(word)) break;
    if (question !== '') {
      lines++;
      process.stdout.write(
        isPerson && HELP.has(word) ? `\n${CLI.conversation(example())}\n\n` : await answerLine(question),
      );
    }
    prompt();
  }
  terminal.close();
  return lines;
}

const HELP = new Set(['help', 'h', '?', '？', '帮助', '幫助']);
const EXIT = new Set(['exit', 'quit', 'q', 'bye', '退出', '再见', '再見']);

function shown(engine: Engine, answer: Answer): string {
  const width = terminalWidth(process.stdout.columns);
  const isEmpty = answer.outcome === 'unanswered' && answer.reason === 'empty';
  const example = isEmpty ? exampleOf(engine) : undefined;
  return renderForTerminal(answer, engine.library, { width, color: process.stdout.isTTY, today: todayHere(), example });
}

function exampleOf({ answerer }: Engine): string | undefined {
  return answerer.examples.in('zh')[0];
}

/** YYYY-MM-DD by the bot's time zone, as it stands in the environment. */
function todayHere(): string {
  const timeZone = process.env.TIME_ZONE || 'Asia/Shanghai';
  try {
    return new Intl.DateTimeFormat('sv-SE', { timeZone }).format();
  } catch (cause) {
    throw new UsageError(STARTUP.badKey('TIME_ZONE', '应是时区名，比如 Asia/Shanghai'), cause);
  }
}

const USUAL_WIDTH = 80;
const LONGEST_LINE = 88;
const SHORTEST_LINE = 20;

/** In columns. A pipe has none, and a terminal that was never told its size says that it has 0. */
export function terminalWidth(columns: number | undefined): number {
  return columns ? Math.max(SHORTEST_LINE, Math.min(columns, LONGEST_LINE)) : USUAL_WIDTH;
}

/** The stable form of an answer: see the contract in the README. */
async function answered(
  { library }: Engine,
  consider: Consider,
  id: string | number,
  question: string,
  before?: string,
) {
  const start = performance.now();
  const { answer } = await consider(question, before);
  const ms = Math.round((performance.now() - start) * 1000) / 1000;
  return { id, question, ...contract(answer, library), ms };
}

function contract(answer: Answer, library: Library) {
  const quotes = answer.outcome === 'answered' ? [answer, ...(answer.also ?? [])].flatMap((one) => one.quotes) : [];
  return {
    outcome: answer.outcome,
    confidence: Math.round(answer.confidence * 10_000) / 10_000,
    answer: answer.outcome === 'answered' ? answer.answer : null,
    quotes: quotes.map((quote) => placed(quote, library)),
    related: answer.related.map(({ question, quotes }) => ({
      question,
      quote: quotes.map(({ text }) => text).join('\n'),
    })),
    degree: answer.outcome === 'related' ? answer.degree : null,
  };
}

function placed(quote: Quote, library: Library): object {
  const { text, document, paragraph, start, end, lead } = quote;
  const { id, title, publisher } = document;
  const standing = standingOf(document, library, todayHere())?.kind;
  const plain = { text, document: id, title, publisher: publisher ?? null, paragraph, start, end };
  const fields = standing === undefined ? plain : { ...plain, standing };
  return lead ? { ...fields, lead: placed(lead, library) } : fields;
}
