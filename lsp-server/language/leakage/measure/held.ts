import type { Data } from "../facts/values/data.ts";
import type { Rows } from "../facts/values/rows.ts";
import type { NotebookFacts } from "../rule.ts";
import type { Column, Columns, Named } from "./measurement.ts";

/** A name that holds these rows when the notebook has run, with a column of them; null where no name surely does. */
export function columnHeld(facts: NotebookFacts, rows: Rows | null, column: string): Column | null {
  for (const [name, data] of holding(facts, rows)) {
    if (data.column === column) return { name, column: null };
    if (mayHave(data, column)) return { name, column };
  }
  return null;
}

/** The same with several columns. */
export function columnsHeld(
  facts: NotebookFacts,
  rows: Rows | null,
  columns: readonly string[],
): Columns | null {
  for (const [name, data] of holding(facts, rows)) {
    const [only, ...others] = columns;
    if (only !== undefined && others.length === 0 && data.column === only) return { name, columns };
    if (columns.every((column) => mayHave(data, column))) return { name, columns };
  }
  return null;
}

/** A name that holds these rows with just these columns. */
export function tableHeld(facts: NotebookFacts, inputs: Data): Named | null {
  const written = facts.textOf(inputs.at);
  for (const [name, data] of holding(facts, inputs.rows))
    if (data.column === null && (name === written || isOfColumns(data, inputs))) return { name };
  return null;
}

/** Fewer columns would make more rows equal. */
function isOfColumns(data: Data, inputs: Data): boolean {
  return (
    data.isClosed &&
    inputs.isClosed &&
    [...(data.columns?.keys() ?? [])].join("\0") === [...(inputs.columns?.keys() ?? [])].join("\0")
  );
}

/** A name whose rows came through this join, with both columns. */
export function joinHeld(facts: NotebookFacts, mark: string, columns: readonly string[]): Named | null {
  for (const [name, data] of facts.heldNames())
    if (data.marks.has(mark) && columns.every((column) => mayHave(data, column))) return { name };
  return null;
}

function* holding(facts: NotebookFacts, rows: Rows | null): Iterable<readonly [string, Data]> {
  if (rows === null) return;
  for (const [name, data] of facts.heldNames()) if (data.rows?.key === rows.key) yield [name, data];
}

/** Nothing says that the column is not there; the kernel knows. */
function mayHave({ column, columns, isClosed, gone }: Data, name: string): boolean {
  if (column !== null || gone === null || gone.has(name)) return false;
  return columns?.has(name) === true || !isClosed;
}
