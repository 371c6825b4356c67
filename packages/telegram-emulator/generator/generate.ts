import type { Field, Fields, Schema, Type } from '../src/schema/model.ts';
import { type Declaration, type Member, readDeclarations, type TypeNode } from './declarations.ts';
import { readLimits } from './limits.ts';

/** Makes the schema of the named methods from the declaration files' texts. Types that they use come along. */
export function generateSchema(sources: readonly string[], version: string, methods: readonly string[]): Schema {
  const declared = readAll(sources);
  const api = declared.get('ApiMethods');
  if (api?.type.kind !== 'object') throw new Error('ApiMethods is not an object type');
  const reader = createReader(declared);
  const found: Record<string, Fields> = {};
  for (const name of [...methods].sort()) {
    const member = methodOf(api.type.members, name);
    found[name] = member.type ? reader.fieldsOf(member.type) : {};
  }
  return { version, methods: found, types: reader.types() };
}

/** The same for types alone, such as what an `Update` is made of. */
export function generateTypes(sources: readonly string[], names: readonly string[]): Schema['types'] {
  const reader = createReader(readAll(sources));
  for (const name of names) reader.typeOf({ kind: 'name', name, args: [] });
  return reader.types();
}

function readAll(sources: readonly string[]): ReadonlyMap<string, Declaration> {
  return new Map(sources.flatMap(readDeclarations).map((each) => [each.name, each]));
}

/** A method, or the one that it is another name of: `kickChatMember: ApiMethods<F>["banChatMember"]`. */
function methodOf(members: readonly Member[], name: string): Member {
  const member = members.find((each) => each.name === name);
  if (!member) throw new Error(`ApiMethods has no ${name}`);
  if (member.isMethod || member.type?.kind !== 'index' || member.type.key.kind !== 'literal') return member;
  return methodOf(members, String(member.type.key.value));
}

/** Every method that the types know. */
export function methodNames(sources: readonly string[]): readonly string[] {
  const api = sources.flatMap(readDeclarations).find(({ name }) => name === 'ApiMethods');
  return api?.type.kind === 'object' ? api.type.members.map(({ name }) => name) : [];
}

function createReader(declared: ReadonlyMap<string, Declaration>) {
  const types = new Map<string, Type>();

  function fieldsOf(node: TypeNode, scope = ''): Fields {
    const fields: Record<string, Field> = {};
    for (const { member, scope: inner } of membersOf(node, scope)) {
      const field = fieldOf(member, inner);
      // `reply_to_message: undefined`, beside a type that has it, takes it away.
      if (field) fields[member.name] = field;
      else delete fields[member.name];
    }
    return fields;
  }

  function fieldOf(member: Member, scope: string): Field | undefined {
    // `title?: undefined` says that the object never has it.
    if (!member.type || isUndefined(member.type)) return undefined;
    const type = typeOf(member.type, scope);
    const limits = readLimits(member.doc, isList(type), type === 'number');
    return {
      type,
      ...(member.optional ? { optional: true as const } : {}),
      ...(limits.length > 0 ? { limits } : {}),
    };
  }

  /** An object type's members, those of its bases first. */
  function membersOf(node: TypeNode, scope: string): readonly { readonly member: Member; readonly scope: string }[] {
    if (node.kind === 'object') return node.members.map((member) => ({ member, scope }));
    if (node.kind === 'intersection') return node.of.flatMap((each) => membersOf(each, scope));
    if (node.kind !== 'name') throw new Error(`no object type: ${node.kind}`);
    if (node.name === 'Omit') return omit(node.args, scope);
    const { declaration, inner } = resolve(node.name, scope);
    return [...declaration.bases, declaration.type].flatMap((each) => membersOf(each, inner));
  }

  function omit([from, keys]: readonly TypeNode[], scope: string): ReturnType<typeof membersOf> {
    const of = keys?.kind === 'union' ? keys.of : keys ? [keys] : [];
    const left = of.flatMap((key) => (key.kind === 'literal' ? [key.value] : []));
    return from ? membersOf(from, scope).filter(({ member }) => !left.includes(member.name)) : [];
  }

  function resolve(name: string, scope: string): { readonly declaration: Declaration; readonly inner: string } {
    const declaration = declared.get(scope + name) ?? declared.get(name);
    if (!declaration) throw new Error(`unknown type ${name}`);
    return { declaration, inner: declaration.name.slice(0, declaration.name.lastIndexOf('.') + 1) };
  }

  function typeOf(node: TypeNode, scope: string): Type {
    switch (node.kind) {
      case 'literal':
        return { values: [node.value] };
      case 'template':
        return 'string';
      case 'array':
        return { list: typeOf(node.of, scope) };
      case 'object':
        return { fields: fieldsOf(node, scope) };
      case 'intersection':
        // `string & Record<never, never>` keeps an editor's suggestions alive beside any string.
        return node.of.some(isString) ? 'string' : { fields: fieldsOf(node, scope) };
      case 'union':
        return either(node.of.filter((each) => !isUndefined(each)).map((each) => typeOf(each, scope)));
      case 'name':
        return named(node, scope);
      case 'index':
        return indexed(node, scope);
      case 'keyof':
      case 'typeof':
        throw new Error(`${node.kind} is not read here`);
    }
  }

  function named(node: TypeNode & { kind: 'name' }, scope: string): Type {
    const [first] = node.args;
    switch (node.name) {
      case 'string':
      case 'number':
      case 'boolean':
        return node.name;
      case 'true':
      case 'false':
        return { values: [node.name === 'true'] };
      case 'F':
        return 'file';
      case 'Array':
      case 'ReadonlyArray':
        return { list: first ? typeOf(first, scope) : 'any' };
      case 'Omit':
        return { fields: fieldsOf(node, scope) };
      case 'Exclude':
        return exclude(node.args, scope);
    }
    const { declaration, inner } = resolve(node.name, scope);
    if (!types.has(declaration.name)) {
      // A placeholder first: types may contain themselves.
      types.set(declaration.name, 'any');
      const isObject = declaration.type.kind === 'object' || declaration.bases.length > 0;
      const self: TypeNode = { kind: 'name', name: declaration.name, args: [] };
      types.set(declaration.name, isObject ? { fields: fieldsOf(self, inner) } : typeOf(declaration.type, inner));
    }
    return { ref: declaration.name };
  }

  /** `Exclude<keyof Update, "update_id">`, or one alternative taken out of a named union. */
  function exclude([from, left]: readonly TypeNode[], scope: string): Type {
    if (from?.kind === 'keyof' && left?.kind === 'literal') {
      const names = membersOf(from.of, '').map(({ member }) => member.name);
      return { values: names.filter((name) => name !== left.value) };
    }
    if (from?.kind !== 'name' || left?.kind !== 'name') throw new Error('unknown Exclude');
    const rest = alternatives(from, scope).filter((each) => each.kind !== 'name' || each.name !== left.name);
    return either(rest.map((each) => typeOf(each, scope)));
  }

  /** `typeof X[keyof typeof X]`, the values of a constant, or `X["type"]`, a property of each alternative of X. */
  function indexed({ object, key }: TypeNode & { kind: 'index' }, scope: string): Type {
    if (object.kind === 'typeof' && object.of.kind === 'name') {
      const { declaration } = resolve(`typeof ${object.of.name}`, scope);
      const values = membersOf(declaration.type, '').map(({ member }) => member.type);
      return { values: values.flatMap((each) => (each?.kind === 'literal' ? [each.value] : [])) };
    }
    if (key.kind !== 'literal') throw new Error('unknown indexed type');
    const found = alternatives(object, scope).flatMap((each) => membersOf(each, scope));
    const types = found.flatMap(({ member, scope: inner }) =>
      member.name === key.value && member.type ? [typeOf(member.type, inner)] : [],
    );
    return either(types);
  }

  function alternatives(node: TypeNode, scope: string): readonly TypeNode[] {
    if (node.kind !== 'name') return [node];
    const { declaration } = resolve(node.name, scope);
    return declaration.type.kind === 'union' ? declaration.type.of : [node];
  }

  return {
    fieldsOf,
    typeOf: (node: TypeNode) => typeOf(node, ''),
    types: () => Object.fromEntries([...types].sort(([a], [b]) => (a < b ? -1 : 1))),
  };
}

function either(types: readonly Type[]): Type {
  const values = types.flatMap((type) => (typeof type === 'object' && 'values' in type ? type.values : []));
  const others = types.filter((type) => typeof type === 'string' || !('values' in type));
  const all: readonly Type[] = values.length > 0 ? [...others, { values }] : others;
  return all.length === 1 && all[0] !== undefined ? all[0] : { either: all };
}

function isList(type: Type): boolean {
  return typeof type === 'object' && 'list' in type;
}

function isString(node: TypeNode): boolean {
  return node.kind === 'name' && node.name === 'string';
}

function isUndefined(node: TypeNode): boolean {
  return node.kind === 'name' && node.name === 'undefined';
}
