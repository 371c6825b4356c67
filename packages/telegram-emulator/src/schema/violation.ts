/** What a call got wrong about a method's parameters. */
export interface Violation {
  /** As in "reply_markup.inline_keyboard[0][1].callback_data". */
  readonly path: string;
  readonly problem: 'unknown method' | 'unknown parameter' | 'wrong type' | 'missing' | 'out of limits' | 'nesting';
  readonly detail: string;
}

/** A value in a violation's detail, cut short. */
export function show(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}
