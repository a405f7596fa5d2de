import { argument } from "../../calls/arguments.ts";
import { constantOf } from "../../values/kinds.ts";
import type { Value } from "../../values/value.ts";
import { isOfEachGroup, traitsOfColumn } from "../../values/value-traits.ts";
import type { MethodCall } from "../effect.ts";

/** The same columns under other names. */
export function rename({ program, value, args }: MethodCall): Value {
  const entries = argument(args, -1, "columns")?.value.entries;
  if (!entries)
    return argument(args, -1, "columns") || argument(args, 0, "mapper") ? { ...value, gone: null } : value;
  const to = (name: string): string => {
    const reference = entries.get(name);
    const constant = reference === undefined ? undefined : constantOf(program.store.read(reference));
    return typeof constant === "string" ? constant : name;
  };
  const others = isOfEachGroup(value) ? [...entries.keys()].filter((name) => !value.columns?.has(name)) : [];
  const columns = [
    ...(value.columns ?? []),
    ...others.map((name) => [name, traitsOfColumn(value, name)] as const),
  ];
  return {
    ...value,
    columns:
      columns.length === 0 ? value.columns : new Map(columns.map(([name, traits]) => [to(name), traits])),
    gone: value.gone && new Set([...value.gone, ...entries.keys()]),
  };
}
