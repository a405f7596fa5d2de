import type { Program } from "./program.ts";
import type { Passed, Value } from "./value.ts";

/** The notebook's tables that a text names as SQL does, in a call's arguments: `duckdb.sql("SELECT a FROM X")`. */
export function tablesInText(program: Program, args: readonly Passed[]): Value[] {
  const { store } = program;
  return args.flatMap(({ value }) => {
    if (typeof value.constant !== "string") return [];
    return [...value.constant.matchAll(/\b(?:from|join|update|into)\s+"?([A-Za-z_]\w*)/gi)].flatMap(
      ([, name = ""]) => {
        const reference = store.lookup(name);
        return reference === undefined ? [] : [store.read(reference)];
      },
    );
  });
}
