import type { Data } from "../../facts/values/data.ts";
import type { Mark, MarkKind, Marks } from "../../facts/values/mark.ts";
import { isPlaceName, mayBeGone } from "../../facts/values/place-names.ts";
import type { Traits } from "../../facts/values/traits.ts";

/**
 * Whether a column is surely among a model's inputs: named and not taken away since, or of a table that was handed over whole, or with all
 * its numbers.
 */
export function surelyHolds(inputs: Data, column: string, from: Data, isNumber = false): boolean {
  const { columns, isClosed, gone, rows, frame } = inputs;
  if (gone === null || gone.has(column)) return false;
  // Its categories were taken away one by one.
  if (hasDummies(inputs) && [...gone].some((name) => name.startsWith(`${column}_`))) return false;
  const isNamed = columns?.has(column) === true;
  if (
    (!isNamed || isPlaceName(column)) &&
    [...gone].some((other) => from.gone?.has(other) !== true && mayBeGone(column, other))
  )
    return false;
  if (frame?.isOfNumbers && !isNumber && !isNumberType(frame.types?.[column] ?? "")) return false;
  const tables = rows?.tables ?? [];
  const isOfTable = from.rows?.tables.every((table) => tables.includes(table)) ?? false;
  return isOfTable && (isNamed || !isClosed);
}

function hasDummies({ marks }: Data): boolean {
  return [...marks.values()].some(({ kind }) => kind === "dummies");
}

/** Whether a column's type, as its file states it, is one of numbers. */
export function isNumberType(type: string): boolean {
  return /float|double|decimal|real|int|long|number/i.test(type) && !/interval/i.test(type);
}

/** Whether a column still says of each row what it said when it was read, or a function of that: nothing of other rows but a number took part. */
export function isOfItsRow({ marks }: Pick<Traits, "marks">, column: string | null = null): boolean {
  return othersIn(marks, column).length === 0;
}

/** Whether a column of the inputs, where it is named, still says what was read. */
export function isAsRead(inputs: Data, column: string): boolean {
  const traits = inputs.columns?.get(column);
  return traits === undefined || (isOfItsRow(traits) && traits.columns.has(column));
}

/** Whether a column of the inputs is the one to be predicted: by its name, and by what of other rows came into both. */
export function isSameColumn(inputs: Data, column: string, target: Data): boolean {
  const named = inputs.columns?.get(column);
  const isOfSame = named
    ? [...target.origins].every((name) => named.columns.has(name))
    : target.origins.has(column);
  const [own, others] = [othersIn(named?.marks ?? inputs.rest), othersIn(target.marks)];
  return isOfSame && own.length === others.length && own.every((id) => others.includes(id));
}

/** Ids of what brought values of other rows. A number that all rows gave leaves each of them its own: what fills a gap, what scales it. */
export function othersIn(marks: Marks, column: string | null = null): readonly string[] {
  // What groups of another column come to, or stands beside the row's own value, takes that no way.
  const isBeside = ({ of, along }: Mark) =>
    column !== null &&
    of !== null &&
    ((of !== column && !along?.groups?.includes(column)) || along?.isOwnRowIn === true);
  return [...marks.values()]
    .filter((mark) =>
      mark.kind === "statistic" ? mark.along?.groups != null && !isBeside(mark) : ofOtherRows.has(mark.kind),
    )
    .map(({ id }) => id);
}

const ofOtherRows: ReadonlySet<MarkKind> = new Set([
  "ahead",
  "carried",
  "join",
  "lag",
  "predicted",
  "resample",
  "supervised",
  "unfollowed",
]);
