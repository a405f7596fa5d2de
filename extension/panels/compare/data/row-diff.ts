import type { SharedColumn } from "./column-kind.ts";
import { countSql, exampleSql, matchSql, wholeRowsSql } from "./diff-sql.ts";
import { type Ask, uniqueness } from "./guess-key.ts";

/** How the rows of two tables differ. */
export interface RowDiff {
  /** The columns by which rows were matched; null when none tell them apart, and whole rows were compared. */
  readonly key: readonly string[] | null;
  readonly added: number;
  readonly removed: number;
  /** Null without a key: a row that changed is then one removed and one added. */
  readonly changed: number | null;
  /** In how many rows each column changed, most first; those that did not are left out. */
  readonly byColumn: readonly { readonly name: string; readonly rows: number }[];
  readonly examples: readonly RowExample[];
}

interface RowExample {
  readonly kind: "added" | "removed" | "changed";
  /** Values of the key. */
  readonly key: readonly string[];
  /** Of a changed row those that differ; of another the first few. */
  readonly values: readonly {
    readonly name: string;
    readonly left: string | null;
    readonly right: string | null;
  }[];
}

/** Compares rows by a key, or whole. Throws where the key tells rows of one table not apart. */
export async function diffRowsOf(
  ask: Ask,
  key: readonly string[] | null,
  columns: readonly SharedColumn[],
): Promise<RowDiff | { readonly sharedKey: true }> {
  if (key === null) {
    const [row] = await ask(wholeRowsSql(columns));
    const { added, removed } = row ?? {};
    return { key, added: Number(added), removed: Number(removed), changed: null, byColumn: [], examples: [] };
  }
  const [unique] = await uniqueness(ask, [key]);
  if (unique?.isUnique !== true) return { sharedKey: true };
  const keyColumns = key.flatMap((name) => columns.find((column) => column.name === name) ?? []);
  const rest = columns.filter(({ name }) => !key.includes(name));
  await ask(matchSql(keyColumns, rest));
  const [counts = {}] = await ask(countSql(key.length, rest));
  const examples: RowExample[] = [];
  for (const kind of ["changed", "added", "removed"] as const) {
    if (Number(counts[kind]) === 0) continue;
    const rows = await ask(exampleSql(kind, key.length, rest, mostExamples));
    examples.push(...rows.map((row) => exampleOf(kind, row, key, rest)));
  }
  return {
    key,
    added: Number(counts.added),
    removed: Number(counts.removed),
    changed: Number(counts.changed),
    byColumn: rest
      .map(({ name }, at) => ({ name, rows: Number(counts[`c${at}`]) }))
      .filter(({ rows }) => rows > 0)
      .sort((a, b) => b.rows - a.rows),
    examples,
  };
}

const mostExamples = 5;
const mostValues = 6;

function exampleOf(
  kind: RowExample["kind"],
  row: Readonly<Record<string, unknown>>,
  key: readonly string[],
  columns: readonly SharedColumn[],
): RowExample {
  const text = (name: string) => (row[name] == null ? null : String(row[name]));
  const values = columns.map(({ name }, at) => ({
    name,
    left: text(`l${key.length + at}`),
    right: text(`r${key.length + at}`),
  }));
  const telling = kind === "changed" ? values.filter(({ left, right }) => left !== right) : values;
  return {
    kind,
    key: key.map((_, at) => text(`r${at}`) ?? text(`l${at}`) ?? ""),
    values: telling.slice(0, mostValues),
  };
}
