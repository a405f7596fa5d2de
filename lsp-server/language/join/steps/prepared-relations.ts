import { fitsDeclared, valueOfDeclared } from "../../features/files/declared-type.ts";
import type { ResolvedTrainingSet, ResolvedView, ValueColumn } from "../resolve/resolved-training-set.ts";
import { quoteName, quoteText } from "./quote-name.ts";
import { type TimeForm, timeExpression } from "./time-expression.ts";

/** The spine as a join wants it, read from `from`, which has its position in `rowId`: `row_id`, `t` and the keys. */
export function preparedSpine(set: ResolvedTrainingSet, from: string, rowId: string, form: TimeForm): string {
  const columns = [
    `${rowId} AS row_id`,
    `${timeExpression(set.spine.time, "spine", form)} AS t`,
    ...set.spine.keys.map((key) => `${quoteName(key.column.name)} AS ${key.as}`),
  ];
  return `SELECT ${columns.join(", ")}\nFROM ${from}`;
}

/** A view's file as a join wants it, read from `from`: keys, `t`, `c` when it has a created time, and values. */
export function preparedView(view: ResolvedView, from: string, form: TimeForm): string {
  const columns = [
    ...view.keys.map((key) => `${quoteName(key.column.name)} AS ${key.as}`),
    `${timeExpression(view.time, "view", form)} AS t`,
    ...(view.created ? [`${timeExpression(view.created, "view", form)} AS c`] : []),
    ...view.values.map((value) => `${heldValue(value, view.source.path)} AS ${value.as}`),
  ];
  return `SELECT ${columns.join(", ")}\nFROM ${from}`;
}

/** A value as it is; one that is not of the declared type fails the read, whatever the file held when the join was compiled. */
function heldValue({ column, declared }: ValueColumn, path: string): string {
  const value = quoteName(column.name);
  if (declared === null || fitsDeclared(declared, column.type) !== "some") return value;
  const before = quoteText(`In ${path}, ${column.name} is `);
  const after = quoteText(`, which is no ${declared}.`);
  return `CASE WHEN ${valueOfDeclared(declared, column.type, value)} THEN ${value} ELSE error(${before} || ${value} || ${after}) END`;
}
