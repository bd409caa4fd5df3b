export type CsvValue = string | number | boolean | null;

/** One row of a table (RFC 4180), by the order of its columns. A column that is left out is empty. */
export function csvRow<Column extends string>(columns: readonly Column[], cells: Readonly<Partial<Record<Column, CsvValue>>>): string {
  return `${columns.map((column) => csvCell(cells[column] ?? null)).join(',')}\r\n`;
}

/** What a spreadsheet takes for a formula, also behind spaces, in its wide form, or behind apostrophes of ours. */
const formulaStart = /^\s*'*[=+\-@\t\r\uFF0B\uFF0D\uFF1D\uFF20]/;

/**
 * Quoted where a comma, a quotation mark or a line end would be read as the table's own. Text that a spreadsheet would
 * run as a formula has an apostrophe before it: people type into records, and the one who opens the table is another.
 * A reader gets the text back by taking one apostrophe off where such a sign follows. Numbers are never changed.
 */
function csvCell(value: CsvValue): string {
  if (value === null) return '';
  const text = typeof value === 'string' && formulaStart.test(value) ? `'${value}` : String(value);
  return /[",\r\n]/.test(text) || text !== text.trim() ? `"${text.replaceAll('"', '""')}"` : text;
}
