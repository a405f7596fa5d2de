import { textsOf } from "../../calls/arguments.ts";
import type { Value } from "../../values/value.ts";
import { mapMarks } from "../../values/value-traits.ts";
import { blankAlong } from "../along.ts";
import type { MethodCall } from "../effect.ts";
import { keeping } from "../keeping.ts";

/** `expression.over("key")`: what it takes from other rows, it takes from rows of the same key. */
export function over(of: MethodCall): Value {
  const { read } = of.program.store;
  const keys = of.args.filter(({ name }) => name === null || name === "partition_by");
  const groups = keys.flatMap((arg) => textsOf(arg, read) ?? []);
  return mapMarks(keeping(of), (mark) => {
    const along = mark.along ?? (mark.kind === "statistic" ? blankAlong : null);
    return along ? { ...mark, along: { ...along, groups } } : mark;
  });
}
