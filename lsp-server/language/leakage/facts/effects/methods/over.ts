import { textsOf } from "../../calls/arguments.ts";
import type { Value } from "../../values/value.ts";
import { mapMarks } from "../../values/value-traits.ts";
import { blankAlong } from "../along.ts";
import { countsRows } from "../counts.ts";
import type { MethodCall } from "../effect.ts";
import { keeping } from "../keeping.ts";

/** `expression.over("key")`: what it takes from other rows, it takes from rows of the same key. */
export function over(of: MethodCall): Value {
  const { read } = of.program.store;
  const keys = of.args.filter(({ name }) => name === null || name === "partition_by");
  const groups = keys.flatMap((arg) => textsOf(arg, read) ?? []);
  return mapMarks(keeping(of), (mark) => {
    const isStatistic = mark.kind === "statistic" && mark.along === null;
    const along = isStatistic ? blankAlong : mark.along;
    const column = isStatistic && !countsRows(mark.label) ? of.value.column : mark.of;
    return along ? { ...mark, of: column, along: { ...along, groups } } : mark;
  });
}
