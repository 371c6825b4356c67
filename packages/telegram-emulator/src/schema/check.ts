import type { Body } from '../body.ts';
import type { Params } from '../params.ts';
import { createCompiler, type FieldsValidator } from './compile.ts';
import { checkConventions } from './conventions.ts';
import type { Schema, Type } from './model.ts';
import type { Violation } from './violation.ts';

/** Checks a call's parameters; an unknown one is a violation even where Telegram would ignore it. */
export type Check = (method: string, body: Body) => readonly Violation[];

export function createCheck(schema: Schema): Check {
  const compile = createCompiler(schema.types);
  const methods = new Map<string, FieldsValidator>();

  function validatorOf(name: string): FieldsValidator | undefined {
    const fields = schema.methods[name];
    let validator = methods.get(name);
    if (!validator && fields) {
      validator = compile(fields);
      methods.set(name, validator);
    }
    return validator;
  }

  return (method, body) => {
    const validator = validatorOf(method);
    if (!validator) return [{ path: '', problem: 'unknown method', detail: `the Bot API has no ${method}` }];
    const params = body.textual ? decode(body, validator, schema.types) : body.params;
    const conventions = checkConventions(method, params);
    if (validator.fits(params)) return conventions;
    const found: Violation[] = [];
    validator.explain(params, '', found);
    return [...found, ...conventions];
  };
}

/** Values of a form are text: what isn't a string is read as JSON, and an uploaded part stands for a file. */
function decode({ params, uploads }: Body, validator: FieldsValidator, types: Schema['types']): Params {
  const decoded: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(params)) {
    const type = validator.known.get(name)?.field.type;
    decoded[name] = type === undefined || takesText(type, types) ? value : parse(value);
  }
  for (const field of uploads.keys()) if (validator.known.has(field)) decoded[field] = `attach://${field}`;
  return decoded;
}

function takesText(type: Type, types: Schema['types']): boolean {
  if (typeof type === 'string') return type === 'string' || type === 'file' || type === 'any';
  if ('ref' in type) return takesText(types[type.ref] ?? 'any', types);
  if ('values' in type) return type.values.some((value) => typeof value === 'string');
  if ('either' in type) return type.either.some((each) => takesText(each, types));
  return false;
}

function parse(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}
