import stringWidth from 'string-width';

/** A plain table with aligned columns; a Chinese character is as wide as two Latin ones. Numbers go to the right. */
export function table(head: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  const all = [head, ...rows];
  const widths = head.map((_, column) => Math.max(...all.map((row) => stringWidth(String(row[column] ?? '')))));
  return all
    .map((row) =>
      row
        .map((cell, column) => pad(String(cell), widths[column] ?? 0, column > 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

function pad(text: string, to: number, right: boolean): string {
  const space = ' '.repeat(Math.max(0, to - stringWidth(text)));
  return right ? space + text : text + space;
}
