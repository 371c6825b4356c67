/** The parameters of the Bot API's methods, as generator/ reads them from `@grammyjs/types`. */
export interface Schema {
  /** The version of `@grammyjs/types`. */
  readonly version: string;
  readonly methods: Readonly<Record<string, Fields>>;
  readonly types: Readonly<Record<string, Type>>;
}

export type Fields = Readonly<Record<string, Field>>;

export interface Field {
  readonly type: Type;
  readonly optional?: true;
  readonly limits?: readonly Limit[];
}

/** A word for itself, or what it is made of. */
export type Type =
  | 'string'
  | 'number'
  | 'boolean'
  | 'file'
  | 'any'
  | { readonly ref: string }
  | { readonly values: readonly (string | number | boolean)[] }
  | { readonly list: Type }
  | { readonly fields: Fields }
  | { readonly either: readonly Type[] };

/** Characters are UTF-16 units. */
export type Limit =
  | { readonly of: 'characters' | 'bytes' | 'items' | 'value'; readonly min: number; readonly max: number }
  | { readonly of: 'alphabet'; readonly pattern: string };
