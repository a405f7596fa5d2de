/** A SQL identifier that means exactly `name`, whatever characters it holds. DuckDB compares identifiers without case. */
export function quoteName(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** A SQL string literal of exactly `text`. A NUL character, which no file or column can hold, is dropped. */
export function quoteText(text: string): string {
  return `'${text.replaceAll("\0", "").replaceAll("'", "''")}'`;
}

/** An integer literal that stays inside BIGINT; throws on a fraction, which would be a bug of the compiler. */
export function integer(value: number): string {
  if (!Number.isSafeInteger(value)) throw new RangeError(`${value} is not a whole number of microseconds.`);
  return value < 0 ? `(${value})` : String(value);
}
