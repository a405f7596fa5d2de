import type { Program } from "../program.ts";
import { constantOf } from "../values/kinds.ts";
import type { Passed, Value } from "../values/value.ts";
import { tableFile } from "./files.ts";

/**
 * The notebook's tables that a text names in a call's arguments, as SQL does: `duckdb.sql("SELECT a FROM X")`, or as a formula does:
 * `pd.eval("df.a - df.b")`.
 */
export function tablesInText(program: Program, args: readonly Passed[], isFormula = false): Value[] {
  const { store } = program;
  return args.flatMap(({ value }) => {
    const text = constantOf(value);
    if (typeof text !== "string") return [];
    const pattern = isFormula ? /\b([A-Za-z_]\w*)/g : /\b(?:from|join|update|into)\s+"?([A-Za-z_]\w*)/gi;
    return [...text.matchAll(pattern)].flatMap(([, name = ""]) => {
      const reference = store.lookup(name);
      const stored = program.files.get(tableFile(name));
      return reference === undefined ? (stored ?? []) : [store.read(reference)];
    });
  });
}

/** What a formula in a text computes beyond its own row, as `frame.eval` and `frame.query` read it; null for other methods. */
export function formulaOf(
  program: Program,
  name: string,
  args: readonly Passed[],
): { readonly isCalling: boolean; readonly named: readonly Value[] } | null {
  const text = constantOf(args[0]?.value);
  if ((name !== "eval" && name !== "query") || typeof text !== "string") return null;
  const { store } = program;
  const named = [...text.matchAll(/@([A-Za-z_]\w*)/g)].flatMap(([, variable = ""]) => {
    const reference = store.lookup(variable);
    return reference === undefined ? [] : [store.read(reference)];
  });
  return { isCalling: /[A-Za-z_]\w*\s*\(/.test(text), named };
}
