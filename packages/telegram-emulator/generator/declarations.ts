/** The types of `@grammyjs/types`, as far as the parameters of the Bot API's methods need them. */
export type TypeNode =
  | { readonly kind: 'name'; readonly name: string; readonly args: readonly TypeNode[] }
  | { readonly kind: 'literal'; readonly value: string | number }
  | { readonly kind: 'template' }
  | { readonly kind: 'union' | 'intersection'; readonly of: readonly TypeNode[] }
  | { readonly kind: 'array'; readonly of: TypeNode }
  | { readonly kind: 'object'; readonly members: readonly Member[] }
  | { readonly kind: 'index'; readonly object: TypeNode; readonly key: TypeNode }
  | { readonly kind: 'keyof' | 'typeof'; readonly of: TypeNode };

export interface Member {
  readonly name: string;
  readonly optional: boolean;
  readonly doc: string;
  /** A property's type, or the type of a method's first parameter; undefined for a method without one. */
  readonly type: TypeNode | undefined;
  readonly isMethod: boolean;
}

export interface Declaration {
  /** With its namespace, as in "Message.TextMessage". */
  readonly name: string;
  readonly type: TypeNode;
  readonly bases: readonly TypeNode[];
}

interface Token {
  readonly text: string;
  readonly doc: string;
}

const TOKEN =
  /\/\*\*?([\s\S]*?)\*\/|`(?:[^`\\]|\\.)*`|"(?:[^"\\]|\\.)*"|[\p{L}_$][\p{L}\p{N}_$]*|-?(?:0x[\dA-Fa-f]+|\d+(?:\.\d+)?)|=>|\.\.\.|\S/gu;

/** Reads a declaration file: interfaces, type aliases, namespaces and constants; these files hold nothing else. */
export function readDeclarations(source: string): readonly Declaration[] {
  const tokens = tokenize(source);
  const found: Declaration[] = [];
  let at = 0;

  const peek = (ahead = 0) => tokens[at + ahead]?.text ?? '';
  const take = () => tokens[at++]?.text ?? '';
  function expect(text: string): void {
    const got = take();
    if (got !== text)
      throw new Error(
        `expected ${text}, found ${got} near ${tokens
          .slice(at - 8, at + 4)
          .map((t) => t.text)
          .join(' ')}`,
      );
  }
  function accept(text: string): boolean {
    if (peek() !== text) return false;
    at++;
    return true;
  }

  function statements(prefix: string, end: string): void {
    while (at < tokens.length && peek() !== end) {
      while (['export', 'declare'].includes(peek())) at++;
      const keyword = take();
      if (keyword === 'interface') interfaceOf(prefix);
      else if (keyword === 'type') aliasOf(prefix);
      else if (keyword === 'namespace') namespaceOf(prefix);
      else if (keyword === 'const') constantOf(prefix);
      else if (keyword !== ';') while (at < tokens.length && take() !== ';') {}
    }
  }

  function interfaceOf(prefix: string): void {
    const name = prefix + take();
    typeParameters();
    const bases: TypeNode[] = [];
    if (accept('extends'))
      do bases.push(union());
      while (accept(','));
    found.push({ name, type: object(), bases });
  }

  function aliasOf(prefix: string): void {
    const name = prefix + take();
    typeParameters();
    expect('=');
    // A mapped type occurs once, in a helper that no parameter uses.
    if (peek() === '{' && peek(1) === '[') {
      skipStatement();
      return;
    }
    found.push({ name, type: union(), bases: [] });
    expect(';');
  }

  function namespaceOf(prefix: string): void {
    const name = take();
    expect('{');
    statements(`${prefix}${name}.`, '}');
    expect('}');
  }

  function constantOf(prefix: string): void {
    const name = prefix + take();
    expect(':');
    found.push({ name: `typeof ${name}`, type: union(), bases: [] });
    expect(';');
  }

  function skipStatement(): void {
    for (let depth = 0; at < tokens.length; ) {
      const text = take();
      if ('{(['.includes(text)) depth++;
      else if ('})]'.includes(text)) depth--;
      else if (text === ';' && depth === 0) return;
    }
  }

  function typeParameters(): void {
    for (let depth = 0; ; ) {
      if (peek() === '<') depth++;
      else if (peek() === '>') depth--;
      else if (depth === 0) return;
      at++;
      if (depth === 0) return;
    }
  }

  function object(): TypeNode {
    expect('{');
    const members: Member[] = [];
    while (!accept('}')) members.push(member());
    return { kind: 'object', members };
  }

  function member(): Member {
    const doc = tokens[at]?.doc ?? '';
    accept('readonly');
    if (peek() === '[') throw new Error('index signatures are not read');
    const name = unquote(take());
    let optional = accept('?');
    const isMethod = accept('(');
    let type: TypeNode | undefined;
    if (isMethod) {
      if (peek() !== ')') {
        take();
        optional = accept('?');
        expect(':');
        type = union();
      }
      expect(')');
      expect(':');
      union();
    } else {
      expect(':');
      type = union();
    }
    accept(';');
    return { name, optional, doc, type, isMethod };
  }

  function union(): TypeNode {
    accept('|');
    const of = [intersection()];
    while (accept('|')) of.push(intersection());
    return of.length === 1 && of[0] ? of[0] : { kind: 'union', of };
  }

  function intersection(): TypeNode {
    const of = [postfix()];
    while (accept('&')) of.push(postfix());
    return of.length === 1 && of[0] ? of[0] : { kind: 'intersection', of };
  }

  function postfix(): TypeNode {
    accept('readonly');
    let type = primary();
    while (accept('[')) {
      if (accept(']')) {
        type = { kind: 'array', of: type };
        continue;
      }
      type = { kind: 'index', object: type, key: union() };
      expect(']');
    }
    return type;
  }

  function primary(): TypeNode {
    if (peek() === '{') return object();
    const text = take();
    if (text === '(') {
      const inner = union();
      expect(')');
      return inner;
    }
    if (text === 'keyof') return { kind: 'keyof', of: primary() };
    if (text === 'typeof') return { kind: 'typeof', of: primary() };
    if (text.startsWith('"')) return { kind: 'literal', value: unquote(text) };
    if (text.startsWith('`')) return { kind: 'template' };
    if (/^-?\d/.test(text)) return { kind: 'literal', value: Number(text) };
    if (!/^[A-Za-z_$]/.test(text)) throw new Error(`no type begins with ${text}`);
    let name = text;
    while (accept('.')) name += `.${take()}`;
    const args: TypeNode[] = [];
    if (accept('<')) {
      do args.push(union());
      while (accept(','));
      expect('>');
    }
    return { kind: 'name', name, args };
  }

  statements('', '');
  return found;
}

function tokenize(source: string): readonly Token[] {
  const tokens: Token[] = [];
  let doc = '';
  for (const match of source.matchAll(TOKEN)) {
    const [text, comment] = match;
    if (comment !== undefined) {
      doc = comment.replace(/\s+/g, ' ').trim();
      continue;
    }
    tokens.push({ text, doc });
    doc = '';
  }
  return tokens;
}

function unquote(text: string): string {
  return text.startsWith('"') ? text.slice(1, -1) : text;
}
