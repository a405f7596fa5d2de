import { argument } from "../../calls/arguments.ts";
import type { Value } from "../../values/value.ts";
import type { MethodCall } from "../effect.ts";

/** The same columns under other names. */
export function rename({ program, value, args }: MethodCall): Value {
  const entries = argument(args, -1, "columns")?.value.entries;
  if (!entries || !value.columns) return value;
  const to = (name: string): string => {
    const reference = entries.get(name);
    const constant = reference === undefined ? undefined : program.store.read(reference).constant;
    return typeof constant === "string" ? constant : name;
  };
  return { ...value, columns: new Map([...value.columns].map(([name, traits]) => [to(name), traits])) };
}
