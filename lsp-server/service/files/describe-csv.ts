import type { DuckDBConnection } from "@duckdb/node-api";
import { nullWords } from "@lookback/language/features/files/null-words.ts";
import type { FileColumns } from "@lookback/language/join/resolve/column-schema.ts";
import {
  declaredType,
  fitsDeclared,
  typeInCsv,
  valueOfDeclared,
} from "@lookback/language/join/resolve/declared-type.ts";
import { csvOptions } from "@lookback/language/join/steps/csv-options.ts";
import { quoteText } from "@lookback/language/join/steps/quote-name.ts";

/**
 * The columns of a CSV file, with how it is to be read: found from the whole file, so that no later row surprises, and
 * with the types that features declare. `literal` is the path as DuckDB takes it. A column in which some value is not of
 * its declared type has that in `faults`. Rejects with DuckDB's own error.
 */
export async function describeCsv(
  connection: DuckDBConnection,
  literal: string,
  declared: ReadonlyMap<string, string>,
): Promise<FileColumns> {
  const nulls = `nullstr = [${nullWords.map(quoteText).join(", ")}]`;
  const [sniffed] = await rows(
    connection,
    `SELECT Delimiter, SkipRows, DateFormat, TimestampFormat, to_json(Columns) AS columns
     FROM sniff_csv(${literal}, header = true, sample_size = -1, ${nulls})`,
  );
  if (!sniffed) throw new Error("The file has no layout.");
  const found: { name: string; type: string }[] = JSON.parse(String(sniffed.columns));
  const layout = {
    delimiter: String(sniffed.Delimiter),
    skippedLines: Number(sniffed.SkipRows),
    dateFormat: formatOf(sniffed.DateFormat),
    timestampFormat: formatOf(sniffed.TimestampFormat),
  };
  const asText = found.map((_, at) => ({ name: `c${at}`, type: "VARCHAR" }));
  const texts = csvOptions({ ...layout, columns: asText });
  const [header = {}] = await rows(
    connection,
    `SELECT * FROM read_csv(${literal}, ${texts.replace("header = true", "header = false").replace(/nullstr = \[[^\]]*\]/, "nullstr = ''")}) LIMIT 1`,
  );
  const names = found.map(({ name }, at) =>
    typeof header[`c${at}`] === "string" ? String(header[`c${at}`]) : name,
  );
  const faults = new Map<string, string>();
  const types: string[] = [];
  for (const [at, { type }] of found.entries()) {
    const name = names[at]!;
    const stated = declared.get(name) ?? null;
    const read = typeInCsv(stated, type);
    const wanted = stated === null ? null : declaredType(stated);
    // Casting text to a whole number would round it.
    const tried = read ?? (wanted === "BIGINT" ? "DOUBLE" : wanted!);
    const asked = [
      ...(read === null ? [`TRY_CAST(value AS ${tried}) IS NULL`] : []),
      ...(stated !== null && fitsDeclared(stated, tried) === "some"
        ? [`NOT ${valueOfDeclared(stated, tried, `TRY_CAST(value AS ${tried})`)}`]
        : []),
    ];
    const [bad] =
      asked.length === 0
        ? []
        : await rows(
            connection,
            `SELECT row, value FROM (SELECT row_number() OVER () AS row, c${at} AS value FROM read_csv(${literal}, ${texts}))
       WHERE value IS NOT NULL AND (${asked.join(" OR ")}) ORDER BY row LIMIT 1`,
          );
    if (bad) faults.set(name, `row ${bad.row} of ${name} is "${bad.value}", which is no ${stated}`);
    types.push(bad ? type : tried);
  }
  const csv = csvOptions({ ...layout, columns: found.map(({ name }, at) => ({ name, type: types[at]! })) });
  return Object.assign(
    names.map((name, at) => ({ name, type: types[at]! })),
    { csv, faults },
  );
}

async function rows(connection: DuckDBConnection, sql: string) {
  return (await connection.runAndReadAll(sql)).getRowObjectsJson();
}

/** DuckDB's JSON of a format that was not needed. */
function formatOf(value: unknown): string | null {
  return typeof value === "string" && value !== "" ? value : null;
}
