import { type AggregateFunction, isUnknown } from "../../model.ts";
import { problemOf } from "../problems.ts";
import type { Reading } from "../reading.ts";
import { type AggregateValue, dynamic, type FieldValue, type Value } from "../values/value.ts";
import type { Bound } from "./bind-arguments.ts";
import { didYouMean } from "./did-you-mean.ts";
import { noName, type Where } from "./where.ts";

/** The functions an aggregate can compute. */
export const aggregateFunctions: readonly AggregateFunction[] = ["mean", "sum", "count", "min", "max"];

/** A field of a view, also in Feast's older words (`Feature`, `ValueType.DOUBLE`). A field with a doubt is unknown whole. */
export function field(bound: Bound, reading: Reading): Value {
  const name = bound.text("name");
  const dtype = bound.given("dtype");
  const type = dtype && bound.item("dtype", dtype, "type");
  if (name === null || isUnknown(name)) return noName;
  const [doubt] = bound.doubts;
  if (doubt) return dynamic(withoutEnd(doubt.message));
  if (type && isUnknown(type)) return dynamic(withoutEnd(type.unknown.message));
  const made: FieldValue = { name, type: type ? (olderNames[type.name] ?? type.name) : null };
  reading.made(made, bound.doubts, []);
  return { kind: "field", field: made };
}

/** A window over a column. */
export function aggregate(bound: Bound, where: Where, reading: Reading): Value {
  const columnArgument = where.className === "Aggregation" ? "column" : "input_column";
  const given = bound.given(columnArgument);
  const column = given?.value.kind === "field" ? given.value.field.name : bound.text(columnArgument);
  const stated = bound.text("function");
  const windowUs = bound.duration("time_window");
  for (const part of [column, stated, windowUs])
    if (isUnknown(part)) return dynamic(withoutEnd(part.unknown.message));
  const [doubt] = bound.doubts;
  if (doubt) return dynamic(withoutEnd(doubt.message));
  if (typeof column !== "string" || typeof stated !== "string" || typeof windowUs !== "number")
    return dynamic("the aggregate is incomplete");
  const fn = aggregateFunctions.find((each) => each === (stated === "avg" ? "mean" : stated));
  if (!fn) {
    const known = `It is one of ${aggregateFunctions.join(", ")}.`;
    const message = `No aggregation function "${stated}".${didYouMean(stated, aggregateFunctions)} ${known}`;
    bound.report(
      problemOf("features/unknown-function", message, bound.given("function")?.place ?? where.place),
    );
    return dynamic("its function is unknown");
  }
  if (windowUs === 0) {
    bound.report(
      problemOf(
        "features/bad-duration",
        "time_window is longer than zero.",
        bound.given("time_window")?.place ?? where.place,
      ),
    );
    return dynamic("its window is empty");
  }
  const name = bound.text("name");
  if (isUnknown(name)) return dynamic(withoutEnd(name.unknown.message));
  const made: AggregateValue = {
    name: name || `${fn}_${column}_${Math.floor(windowUs / 1_000_000)}s`,
    column,
    function: fn,
    windowUs,
  };
  reading.made(made, bound.doubts, []);
  return { kind: "aggregate", aggregate: made };
}

/** `ValueType.DOUBLE` is `Float64` in newer words. */
const olderNames: Readonly<Record<string, string>> = {
  BYTES: "Bytes",
  STRING: "String",
  INT32: "Int32",
  INT64: "Int64",
  DOUBLE: "Float64",
  FLOAT: "Float32",
  BOOL: "Bool",
  UNIX_TIMESTAMP: "UnixTimestamp",
};

function withoutEnd(message: string): string {
  return message.replace(/\.$/, "");
}
