/** A column of a table: its title, and what it shows of a row. */
export interface Column<T> {
  readonly title: string
  readonly text: (row: T) => string | number
}

/** Rows as CSV (RFC 4180), each ended by CRLF. */
export function toCsv<T>(columns: readonly Column<T>[], rows: readonly T[]): string {
  return rows.map((row) => line(columns.map(({ text }) => text(row)))).join('')
}

/** The titles of the columns as the first line; the mark in front tells spreadsheets that this is UTF-8. */
export function csvHead<T>(columns: readonly Column<T>[]): string {
  return `\ufeff${line(columns.map(({ title }) => title))}`
}

function line(cells: readonly (string | number)[]): string {
  return `${cells.map(cell).join(',')}\r\n`
}

// A spreadsheet runs what begins like a formula; a quote in front makes it text (OWASP, CSV injection).
function cell(value: string | number): string {
  const text = typeof value === 'string' && /^[=+\-@\t\r]/.test(value) ? `'${value}` : String(value)
  return /[",\r\n]/.test(text) || text !== String(value) ? `"${text.replaceAll('"', '""')}"` : text
}
