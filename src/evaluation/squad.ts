import { z } from 'zod';

/** A SQuAD-style file: paragraphs, and questions that each have their answer in one of them. */
export interface Squad {
  /** Distinct paragraphs. */
  readonly paragraphs: readonly string[];
  readonly questions: readonly SquadQuestion[];
}

export interface SquadQuestion {
  readonly question: string;
  /** The number of its paragraph. */
  readonly paragraph: number;
  /** Any of these answers it. */
  readonly answers: readonly string[];
}

const schema = z.object({
  data: z.array(
    z.object({
      paragraphs: z.array(
        z.object({
          context: z.string(),
          qas: z.array(z.object({ question: z.string(), answers: z.array(z.object({ text: z.string() })) })),
        }),
      ),
    }),
  ),
});

/** Questions without an answer or without any text are left out. Throws a ZodError when the file is something else. */
export function parseSquad(json: string): Squad {
  const numbers = new Map<string, number>();
  const questions: SquadQuestion[] = [];
  for (const { paragraphs } of schema.parse(JSON.parse(json)).data) {
    for (const { context, qas } of paragraphs) {
      let paragraph = numbers.get(context);
      if (paragraph === undefined) {
        paragraph = numbers.size;
        numbers.set(context, paragraph);
      }
      for (const { question, answers } of qas) {
        const texts = [...new Set(answers.map(({ text }) => text.trim()))].filter((text) => text !== '');
        if (question.trim() !== '' && texts.length > 0) questions.push({ question, paragraph, answers: texts });
      }
    }
  }
  return { paragraphs: [...numbers.keys()], questions };
}
