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
  const [line = ""] = text.split("\n", 1);
  const name = /^%{1,2}(\w+)/.exec(text)?.[1] ?? "";
  // Where a cell's first line holds no SQL, all of it is the magic's.
  const isOfMagic = line.length < text.length && !/<<|\b(select|with|from|create|insert)\b/i.test(line);
  const given = isOfMagic ? line : (options.exec(text)?.[0] ?? "");
  const named = isOfMagic ? null : /^\s*(\w+)[ \t]*<</.exec(text.slice(given.length));
  const start = given.length + (named?.[0].length ?? 0);
  const first = /^(bigquery|bq)$/.test(name) ? /^%{1,2}\w+[ \t]+(\w+)/.exec(given)?.[1] : undefined;
  const written = /(?:^|\s)(?:-o|--output)[ \t]+(\w+)/.exec(given)?.[1];
  return {
    from: from + start + (/^\s*/.exec(text.slice(start))?.[0].length ?? 0),
    to: from + text.length,
    into: named?.[1] ?? written ?? first ?? null,
    value,
  };
}

/** The magic's name, what it is told, and where it connects to. */
const options = /^%{1,2}\S+(?:[ \t]+(?:--?[\w-]+(?:=\S+|[ \t]+[^-\s]\S*)?|\w+:\/\/\S*|@\w+))*/;
