import { isObject } from '../params.ts';
import { limitTest } from './limits.ts';
import type { Field, Fields, Limit, Schema, Type } from './model.ts';
import { show, type Violation } from './violation.ts';

/** Checks values against one type: fast for what fits, in words for what doesn't. */
export interface Validator {
  fits(value: unknown): boolean;
  /** Adds what is wrong to `found`. */
  explain(value: unknown, path: string, found: Violation[]): void;
}

export interface FieldsValidator extends Validator {
  readonly known: ReadonlyMap<string, FieldValidator>;
}

export interface FieldValidator {
  readonly field: Field;
  readonly validator: Validator;
}

/** Makes a validator of a method's parameters; the types that they use are compiled once, when first needed. */
export function createCompiler(types: Schema['types']): (fields: Fields) => FieldsValidator {
  const named = new Map<string, Validator>();

  function compile(type: Type): Validator {
    if (typeof type === 'string') return primitive(type);
    if ('ref' in type) return byName(type.ref);
    if ('values' in type) return oneOf(type.values);
    if ('list' in type) return listOf(compile(type.list));
    if ('fields' in type) return fieldsOf(type.fields, compile);
    return eitherOf(type.either.map(compile));
  }

  function byName(name: string): Validator {
    const known = named.get(name);
    if (known) return known;
    // Types may contain themselves: the name resolves when it is needed.
    let real: Validator | undefined;
    const lazy = () => {
      real ??= compile(types[name] ?? 'any');
      return real;
    };
    const validator: Validator = {
      fits: (value) => lazy().fits(value),
      explain: (value, path, found) => lazy().explain(value, path, found),
    };
    named.set(name, validator);
    return validator;
  }

  return (fields) => fieldsOf(fields, compile);
}

function primitive(name: 'string' | 'number' | 'boolean' | 'file' | 'any'): Validator {
  const tests = {
    any: () => true,
    // Outside of a multipart body a file is named by the part that carries it.
    file: (value: unknown) => typeof value === 'string' && value.startsWith('attach://'),
    string: (value: unknown) => typeof value === 'string',
    number: (value: unknown) => typeof value === 'number' && Number.isFinite(value),
    boolean: (value: unknown) => typeof value === 'boolean',
  };
  const fits = tests[name];
  return {
    fits,
    explain(value, path, found) {
      if (!fits(value)) found.push({ path, problem: 'wrong type', detail: `${show(value)} is no ${name}` });
    },
  };
}

function oneOf(values: readonly (string | number | boolean)[]): Validator {
  const set: ReadonlySet<unknown> = new Set(values);
  return {
    fits: (value) => set.has(value),
    explain(value, path, found) {
      if (set.has(value)) return;
      const some = values.length > 8 ? `${values.slice(0, 8).join(', ')}, …` : values.join(', ');
      found.push({ path, problem: 'wrong type', detail: `${show(value)} is none of ${some}` });
    },
  };
}

function listOf(element: Validator): Validator {
  return {
    fits: (value) => Array.isArray(value) && value.every(element.fits),
    explain(value, path, found) {
      if (!Array.isArray(value)) found.push({ path, problem: 'wrong type', detail: `${show(value)} is no list` });
      else for (const [i, each] of value.entries()) element.explain(each, `${path}[${i}]`, found);
    },
  };
}

function eitherOf(options: readonly Validator[]): Validator {
  return {
    fits: (value) => options.some((option) => option.fits(value)),
    explain(value, path, found) {
      // The alternative that is nearly right tells most.
      let best: Violation[] | undefined;
      for (const option of options) {
        const wrong: Violation[] = [];
        option.explain(value, path, wrong);
        if (wrong.length === 0) return;
        if (!best || isCloser(wrong, best)) best = wrong;
      }
      found.push(...(best ?? []));
    },
  };
}

/** A wrong discriminator ("type", "status") speaks against an alternative more than any number of other faults. */
function isCloser(a: readonly Violation[], b: readonly Violation[]): boolean {
  const off = (violations: readonly Violation[]) =>
    violations.some(({ path, problem }) => problem === 'wrong type' && /\.(type|source|status)$/.test(path));
  return off(a) === off(b) ? a.length < b.length : off(b);
}

function fieldsOf(fields: Fields, compile: (type: Type) => Validator): FieldsValidator {
  const known = new Map<string, FieldValidator>();
  for (const [name, field] of Object.entries(fields)) {
    known.set(name, { field, validator: limited(compile(field.type), field.limits ?? []) });
  }
  const required = [...known].filter(([, { field }]) => !field.optional).map(([name]) => name);
  return {
    known,
    fits(value) {
      if (!isObject(value)) return false;
      for (const name in value) {
        const content = value[name];
        if (content === undefined) continue;
        const member = known.get(name);
        if (!member?.validator.fits(content)) return false;
      }
      return required.every((name) => value[name] !== undefined);
    },
    explain(value, path, found) {
      if (!isObject(value)) {
        found.push({ path, problem: 'wrong type', detail: `${show(value)} is no object` });
        return;
      }
      const prefix = path === '' ? '' : `${path}.`;
      for (const [name, content] of Object.entries(value)) {
        const member = known.get(name);
        if (content === undefined) continue;
        if (member) member.validator.explain(content, prefix + name, found);
        else found.push({ path: prefix + name, problem: 'unknown parameter', detail: `there is no ${name} here` });
      }
      for (const name of required) {
        if (value[name] === undefined)
          found.push({ path: prefix + name, problem: 'missing', detail: `${name} is required` });
      }
    },
  };
}

function limited(validator: Validator, limits: readonly Limit[]): Validator {
  if (limits.length === 0) return validator;
  const broken = limits.map(limitTest);
  return {
    fits: (value) => validator.fits(value) && broken.every((test) => test(value) === undefined),
    explain(value, path, found) {
      validator.explain(value, path, found);
      for (const test of broken) {
        const detail = test(value);
        if (detail !== undefined) found.push({ path, problem: 'out of limits', detail });
      }
    },
  };
}
