import type { Limit } from './model.ts';
import { show } from './violation.ts';

/** A test that says what is wrong, or nothing. */
export function limitTest(limit: Limit): (value: unknown) => string | undefined {
  if (limit.of === 'alphabet') {
    const pattern = new RegExp(limit.pattern);
    return (value) =>
      typeof value !== 'string' || pattern.test(value)
        ? undefined
        : `${show(value)} has other characters than ${limit.pattern}`;
  }
  const { of, min, max } = limit;
  return (value) => {
    const size = sizeOf(value, of);
    return size === undefined || (size >= min && size <= max)
      ? undefined
      : `${size} ${of}, where ${min}-${max} are allowed`;
  };
}

function sizeOf(value: unknown, of: 'characters' | 'bytes' | 'items' | 'value'): number | undefined {
  if (of === 'value') return typeof value === 'number' ? value : undefined;
  if (of === 'items') return Array.isArray(value) ? value.length : undefined;
  if (typeof value !== 'string') return undefined;
  return of === 'characters' ? value.length : Buffer.byteLength(value);
}
