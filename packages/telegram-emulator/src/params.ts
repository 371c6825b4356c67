/** A call's parameters as they arrived: nothing about their types is certain. */
export type Params = Readonly<Record<string, unknown>>;

/** A file sent as a part of a multipart body. */
export interface Upload {
  readonly field: string;
  readonly name: string;
  readonly type: string;
  readonly bytes: Uint8Array;
}

export function readString(params: Params, name: string): string | undefined {
  const value = params[name];
  if (typeof value === 'string') return value;
  return typeof value === 'number' ? String(value) : undefined;
}

export function readInteger(params: Params, name: string): number | undefined {
  const value = params[name];
  if (typeof value === 'number') return Number.isInteger(value) ? value : undefined;
  if (typeof value !== 'string' || !/^-?\d{1,16}$/.test(value)) return undefined;
  return Number(value);
}

/** Telegram takes `true`, "true", "yes" and "1" for True. */
export function readFlag(params: Params, name: string): boolean {
  const value = params[name];
  return value === true || value === 1 || value === 'true' || value === 'True' || value === 'yes' || value === '1';
}

/** An object or array, given as such or JSON-serialised, as Telegram allows both. */
export function readJson(params: Params, name: string): unknown {
  const value = params[name];
  if (typeof value !== 'string') return value ?? undefined;
  if (value === '') return undefined;
  try {
    return JSON.parse(value);
  } catch {
    return undefined;
  }
}

export function readObject(params: Params, name: string): Params | undefined {
  const value = readJson(params, name);
  return isObject(value) ? value : undefined;
}

export function isObject(value: unknown): value is Params {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
