/** SQL that a magic runs: where its text stands, and the name that its rows get. */
export interface SqlPiece {
  readonly from: number;
  readonly to: number;
  /** Null where only a person sees the rows. */
  readonly into: string | null;
  /** Where the value stands whose place it takes: `rows = %sql …`; null for a statement of its own. */
  readonly value: number | null;
}

/**
 * The SQL of a magic's text, from its sign on, whose own words end with its line: `%sql -o rows select 1`,
 * `%%bigquery rows`, `%%sql rows << select 1`. `from` is where the text begins.
 */
export function sqlOfMagic(text: string, from: number, value: number | null): SqlPiece {
  const options =
    /^%{1,2}\S+(?:[ \t]+(?:--?[\w-]+(?:=\S+|[ \t]+[^-\s]\S*)?|\w+:\/\/\S*|@\w+))*/.exec(text)?.[0] ?? "";
  const name = /^%{1,2}(\w+)/.exec(text)?.[1] ?? "";
  const rest = text.slice(options.length);
  const named =
    /^\s*(\w+)[ \t]*<</.exec(rest) ??
    (/^(bigquery|bq)$/.test(name) ? /^[ \t]+(\w+)[ \t]*(?=\n)/.exec(rest) : null);
  const written = /(?:^|\s)(?:-o|--output)[ \t]+(\w+)/.exec(options)?.[1];
  const start = options.length + (named?.[0].length ?? 0);
  return {
    from: from + start + (/^\s*/.exec(text.slice(start))?.[0].length ?? 0),
    to: from + text.length,
    into: named?.[1] ?? written ?? null,
    value,
  };
}
