/** The rows of a CSV (RFC 4180): fields parted by commas, or by semicolons or tabs where the first line has no comma. */
export function parseCsv(text: string): readonly (readonly string[])[] {
  const plain = text.replace(/^\uFEFF/, '').replaceAll('\r\n', '\n');
  const [head = ''] = plain.split('\n', 1);
  const comma = [',', ';', '\t'].find((one) => head.includes(one)) ?? ',';
  const rows: string[][] = [];
  let row: string[] = [];
  const FIELD = new RegExp(`(?:"((?:[^"]|"")*)"|([^${comma}\\n]*))(${comma}|\\n|$)`, 'y');
  while (FIELD.lastIndex < plain.length || row.length > 0) {
    const found = FIELD.exec(plain);
    // A quotation mark that is never closed, or text behind a closed one: taken as it stands, to the end of the line.
    if (!found) break;
    const [, quoted, bare = '', end] = found;
    row.push(unguarded(quoted === undefined ? bare : quoted.replaceAll('""', '"')));
    if (end === comma) continue;
    rows.push(row);
    row = [];
  }
  return rows.filter((fields) => fields.some((field) => field.trim() !== ''));
}

/** With the mark by which spreadsheets know UTF-8. */
export function writeCsv(rows: readonly (readonly string[])[]): string {
  const field = (text: string) => `"${guarded(text).replaceAll('"', '""')}"`;
  return `\uFEFF${rows.map((row) => `${row.map(field).join(',')}\r\n`).join('')}`;
}

/** What begins like this a spreadsheet would take for a formula. */
function guarded(text: string): string {
  return /^[=+\-@]/.test(text) ? `'${text}` : text;
}

function unguarded(text: string): string {
  return /^'[=+\-@]/.test(text) ? text.slice(1) : text;
}
