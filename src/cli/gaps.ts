import { DAY } from '../durations.ts';
import { openEngine } from '../engine.ts';
import { clausesFor, gapsOf } from '../gaps/gaps.ts';
import { GAPS } from '../messages/gaps.ts';
import { openDatabase } from './broadcast.ts';
import { type Command, KNOWLEDGE_OPTION, knowledgeFolder, UsageError, type Values } from './command.ts';
import { GAPS_CLI } from './wording.ts';

const LOOKED_AT = 20_000;

export const gaps: Command = {
  usage: 'gaps [--days 90] [--most 20] [--json] [--database URL] [--knowledge DIR]',
  options: {
    ...KNOWLEDGE_OPTION,
    days: { type: 'string' },
    most: { type: 'string' },
    json: { type: 'boolean' },
    database: { type: 'string' },
  },
  async run(values) {
    const [days, most] = [numberOf(values, 'days', 90), numberOf(values, 'most', 20)];
    const engine = await openEngine(knowledgeFolder(values));
    const store = await openDatabase(values);
    try {
      const noted = await store.unanswered.list(Date.now() - days * DAY, LOOKED_AT);
      const found = gapsOf(noted, { ...engine, most });
      for (const gap of found) {
        const clauses = clausesFor(gap, engine.answerer);
        if (values.json) {
          const nearest = clauses.map(({ key, title, section, quotes: [{ text, document }] }) => {
            return { key, document: document.id, section, title, text };
          });
          process.stdout.write(`${JSON.stringify({ ...gap, nearest })}\n`);
          continue;
        }
        const others = gap.questions.slice(1).map((question) => `    ${question}`);
        const lines = clauses.map(({ section, title, quotes: [{ text, document }] }) =>
          GAPS_CLI.clause(document.id, section || title, text),
        );
        process.stdout.write(`${[`${GAPS.asked(gap)}  ${gap.question}`, ...others, ...lines].join('\n')}\n\n`);
      }
      if (found.length === 0 && !values.json) process.stdout.write(`${GAPS.none}\n`);
      return 0;
    } finally {
      await store.close();
    }
  },
};

function numberOf(values: Values, name: string, usual: number): number {
  const given = values[name];
  if (given === undefined) return usual;
  const number = Number(given);
  if (!Number.isSafeInteger(number) || number < 1) throw new UsageError(GAPS_CLI.badNumber(name, String(given)));
  return number;
}
