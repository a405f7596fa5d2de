import type { DuckDBConnection } from "@duckdb/node-api";
import {
  declaredType,
  fitsDeclared,
  typeInCsv,
  valueOfDeclared,
} from "@lookback/language/features/files/declared-type.ts";
import { nullWords } from "@lookback/language/features/files/null-words.ts";
import type { FileColumns } from "@lookback/language/join/resolve/column-schema.ts";
import { csvOptions } from "@lookback/language/join/steps/csv-options.ts";
import { fileLiteral } from "@lookback/language/join/steps/file-relation.ts";
import { quoteText } from "@lookback/language/join/steps/quote-name.ts";
import { csvFault, startsAsTable } from "./csv-fault.ts";

/**
 * The columns of a CSV file, with how it is to be read: found from the whole file, so that no later row surprises, and
 * with the types that features declare. A column in which some value is not of
 * its declared type has that in `faults`. Rejects with DuckDB's own error.
 */
export async function describeCsv(
  connection: DuckDBConnection,
  path: string,
  declared: ReadonlyMap<string, string>,
): Promise<FileColumns> {
  const literal = fileLiteral(path);
  const nulls = `nullstr = [${nullWords.map(quoteText).join(", ")}]`;
  const [sniffed] = await rows(
    connection,
    `SELECT Delimiter, SkipRows, DateFormat, TimestampFormat, to_json(Columns) AS columns
     FROM sniff_csv(${literal}, header = true, sample_size = -1, ${nulls})`,
  );
  if (!sniffed) throw new Error("The file has no layout.");
  const found: { name: string; type: string }[] = JSON.parse(String(sniffed.columns));
  // Where rows are not alike DuckDB takes the longest table it finds, or one column, for the file.
  const fault =
    Number(sniffed.SkipRows) > 0 || found.length === 1 ? await csvFault(path).catch(() => null) : null;
  if (fault !== null && (await startsAsTable(path, found.length))) throw new Error(fault);
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
  const odd = await oddNumbers(connection, literal, texts, found);
  for (const [at, { type: looks }] of found.entries()) {
    const name = names[at]!;
    const type = odd.has(at) ? "VARCHAR" : looks;
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

/**
 * The columns of numbers with values that only DuckDB takes for numbers: 0x1F, 0b11, 1_000. They are text, as pandas
 * reads them.
 */
async function oddNumbers(
  connection: DuckDBConnection,
  literal: string,
  texts: string,
  found: readonly { readonly type: string }[],
): Promise<ReadonlySet<number>> {
  const numbers = found.flatMap(({ type }, at) => (/^(BIGINT|DOUBLE|HUGEINT)$/.test(type) ? [at] : []));
  if (numbers.length === 0) return new Set();
  const asked = numbers.map((at) => `bool_or(regexp_matches(c${at}, '^\\s*[+-]?0[xXbBoO]|_')) AS c${at}`);
  const [answer = {}] = await rows(
    connection,
    `SELECT ${asked.join(", ")} FROM read_csv(${literal}, ${texts})`,
  );
  return new Set(numbers.filter((at) => answer[`c${at}`] === true));
}

async function rows(connection: DuckDBConnection, sql: string) {
  return (await connection.runAndReadAll(sql)).getRowObjectsJson();
}

/** DuckDB's JSON of a format that was not needed. */
function formatOf(value: unknown): string | null {
  return typeof value === "string" && value !== "" ? value : null;
}
