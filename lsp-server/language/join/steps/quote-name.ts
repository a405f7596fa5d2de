/** A SQL identifier that means exactly `name`, whatever characters it holds. DuckDB compares identifiers without case. */
export function quoteName(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** A SQL string literal of exactly `text`. A NUL character, which no file or column can hold, is dropped. */
export function quoteText(text: string): string {
  return `'${text.replaceAll("\0", "").replaceAll("'", "''")}'`;
}

/**
 * An integer literal that stays inside BIGINT, also when two of them and a time are added: beyond 126,000 years it is
 * 126,000 years, which no two moments that DuckDB knows to the microsecond are apart. Throws on a fraction, which would
 * be a bug of the compiler.
 */
export function integer(value: number): string {
  if (!Number.isInteger(value)) throw new RangeError(`${value} is not a whole number of microseconds.`);
  const inside = BigInt(Math.max(-longest, Math.min(longest, value)));
  return inside < 0n ? `(${inside})` : String(inside);
}

const longest = 4e18;
