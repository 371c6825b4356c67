import { ConfigError, readConfig } from '../config.ts';
import { openEngine } from '../engine.ts';
import { type Draft, draftQuestions } from '../gaps/drafts.ts';
import { writeLesson } from '../keeper/lessons.ts';
import { CLI } from '../messages/wording.ts';
import { createChatModel } from '../model/chat.ts';
import { type Command, KNOWLEDGE_OPTION, knowledgeFolder, UsageError } from './command.ts';
import { readLines } from './input.ts';
import { SUGGEST } from './wording.ts';

/** In milliseconds: nobody is in a hurry. */
const MODEL_MS = 60_000;
/** In UTF-16 units. */
const LONGEST = 40;

export const suggest: Command = {
  usage: 'suggest DOCUMENT [--json] [--model] [--knowledge DIR]',
  options: { ...KNOWLEDGE_OPTION, json: { type: 'boolean' }, model: { type: 'boolean' } },
  async run(values, [id, ...others]) {
    if (id === undefined || others.length > 0) throw new UsageError(CLI.usage(suggest.usage));
    const knowledge = knowledgeFolder(values);
    const engine = await openEngine(knowledge);
    if (!engine.library.documents.some((document) => document.id === id)) {
      throw new UsageError(
        SUGGEST.noDocument(
          id,
          engine.library.documents.map((document) => document.id),
        ),
      );
    }
    const drafts = draftQuestions(id, engine);
    const all = values.model === true ? [...drafts, ...(await byModel(drafts))] : drafts;
    if (values.json) {
      for (const draft of all) process.stdout.write(`${JSON.stringify(draft)}\n`);
      return 0;
    }
    if (all.length === 0) process.stdout.write(`${SUGGEST.none}\n`);
    const lines = readLines('-');
    let taken = 0;
    for (const [at, draft] of all.entries()) {
      process.stdout.write(SUGGEST.ask(at + 1, all.length, draft.question, draft.quote));
      const { value = 'q' } = await lines.next();
      const said = String(value).trim().toLowerCase();
      if (said === 'q') break;
      if (said !== 'y') continue;
      const written = await writeLesson(knowledge, engine, {
        key: draft.key,
        list: 'ask',
        questions: [draft.question],
      });
      if (written.outcome === 'written') taken++;
      else process.stdout.write(`${SUGGEST.unwritten}\n`);
    }
    process.stdin.destroy();
    // Whatever stands there now has to load.
    await openEngine(knowledge);
    process.stdout.write(`\n${SUGGEST.taken(taken)}\n`);
    return 0;
  },
};

/** What a model would ask of the same clauses: questions alone, which a person takes or leaves. */
async function byModel(drafts: readonly Draft[]): Promise<readonly Draft[]> {
  const { model } = configured();
  if (!model) throw new UsageError(SUGGEST.noModel);
  const chat = createChatModel(model);
  const clauses = new Map(drafts.map(({ key, quote }) => [key, quote]));
  const found: Draft[] = [];
  for (const [key, quote] of clauses) {
    const asked = await chat.ask({ system: SUGGEST.system, user: quote }, { timeoutMs: MODEL_MS });
    if (!asked.ok) throw new UsageError(SUGGEST.modelFailed(asked.fault));
    for (const question of questionsIn(asked.value)) found.push({ key, question, quote });
  }
  return found;
}

function questionsIn(reply: string): readonly string[] {
  try {
    const parsed: unknown = JSON.parse(reply);
    const questions = (parsed as { readonly questions?: unknown } | null)?.questions;
    if (!Array.isArray(questions)) return [];
    return questions.filter(
      (one): one is string => typeof one === 'string' && one.length <= LONGEST && /^[^\n]*[\p{L}][^\n]*$/u.test(one),
    );
  } catch {
    return [];
  }
}

function configured() {
  try {
    return readConfig(process.env);
  } catch (cause) {
    if (cause instanceof ConfigError) throw new UsageError(cause.message, cause);
    throw cause;
  }
}
