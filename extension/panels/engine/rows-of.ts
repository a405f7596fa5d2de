import type { Table } from "apache-arrow";

export type Cell = number | string | boolean | null;
export type Row = Readonly<Record<string, Cell>>;

/** An Arrow table as plain rows. Whole numbers beyond 2^53 and values of other kinds become text. */
export function rowsOf(table: Table): Row[] {
  const names = table.schema.fields.map((field) => field.name);
  return Array.from({ length: table.numRows }, (_, row) =>
    Object.fromEntries(names.map((name, column) => [name, cellOf(table.getChildAt(column)?.get(row))])),
  );
}

function cellOf(value: unknown): Cell {
  switch (typeof value) {
    case "number":
    case "string":
    case "boolean":
      return value;
    case "bigint":
      return Number.isSafeInteger(Number(value)) ? Number(value) : value.toString();
    default:
      return value === null || value === undefined ? null : String(value);
  }
}
