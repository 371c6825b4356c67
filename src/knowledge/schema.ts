import { z } from 'zod';

const line = z.string().trim().min(1);
const id = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]*$/)
  .max(32);
const day = z.iso.date();

/** The longest quote that a reply shows at once, in UTF-16 units. */
export const QUOTE_LIMIT = 160;

export const frontMatterSchema = z.strictObject({
  title: line,
  subtitle: line.optional(),
  label: line.max(40).optional(),
  publisher: line.optional(),
  number: line.max(40).optional(),
  published: line.max(40).optional(),
  url: z
    .url({ protocol: /^https?$/ })
    .max(2048)
    .optional(),
  effective: day.optional(),
  expires: day.optional(),
  superseded_by: line.optional(),
  region: line.max(40).optional(),
  audience: line.max(200).optional(),
  reporters: z.array(line).default([]),
  about: z.array(line).default([]),
  dates: z.array(z.strictObject({ event: line, date: line })).default([]),
  command: z
    .strictObject({
      name: z.string().regex(/^[a-z0-9_]{1,32}$/),
      description: z.strictObject({ zh: line.max(256), en: line.max(256) }),
    })
    .optional(),
});

const pointSchema = z.strictObject({
  id,
  title: line.max(40),
  quote: line.max(QUOTE_LIMIT),
  answer: line.optional(),
  ask: z.array(line).default([]),
  not: z.array(line).default([]),
});

/** What a file of questions/ holds. */
export const sectionSchema = z.strictObject({
  id,
  title: line.max(40),
  /** Its points are clauses of the text, which is found and browsed by its own words as before. */
  of: z.literal('clauses').optional(),
  heading: line.optional(),
  ask: z.array(line).default([]),
  points: z.array(pointSchema).min(1),
});

export const questionsSchema = z.strictObject({ sections: z.array(sectionSchema) });

export const slogansSchema = z.strictObject({
  slogans: z.array(z.strictObject({ words: line, from: day.optional(), until: day.optional() })).min(1),
});

export const termsSchema = z.record(line, z.array(line).min(1));
