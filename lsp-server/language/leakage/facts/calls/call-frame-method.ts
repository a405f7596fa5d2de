import type { MethodEffect } from "../../api/effects.ts";
import { callNamesMethod } from "../effects/containers/names-methods.ts";
import type { MethodCall } from "../effects/effect.ts";
import { methodEffects } from "../effects/method-effects.ts";
import { setColumn, writeBack } from "../expressions/bind-target.ts";
import { scalar, unknown } from "../values/kinds.ts";
import type { Reference } from "../values/reference.ts";
import { withoutMarks } from "../values/value-traits.ts";
import { constantArgument } from "./arguments.ts";

/** Effects that say themselves which columns are left. */
const telling: ReadonlySet<MethodEffect> = new Set([
  "affix",
  "alias",
  "assign",
  "copy",
  "drop",
  "fill",
  "head",
  "index",
  "insert",
  "join",
  "join-as-of",
  "order",
  "rename",
  "sample",
  "select",
  "select-kinds",
  "slice",
  "tail",
  "to-array",
]);

/** Methods that leave every column where it is. */
const keeping: ReadonlySet<string> = new Set(
  "abs applymap astype bfill clip collect compute convert_dtypes drop_nulls dropna duplicated drop_duplicates explode ffill fill_nan fill_null infer_objects interpolate lazy map mask nlargest nsmallest persist query replace reset_index round sort_index toPandas to_pandas to_polars truncate unique where with_row_index".split(
    " ",
  ),
);

function knowsColumns(effect: MethodEffect | undefined, name: string, { args, value }: MethodCall): boolean {
  if (value.items) return false;
  if (effect !== undefined && telling.has(effect)) return true;
  if (effect === "filter") return args[0]?.value.kind === "mask";
  const axis = constantArgument(args, name === "dropna" ? 0 : -1, "axis");
  return keeping.has(name) && axis !== 1 && axis !== "columns";
}

/** Runs a method of a frame, a column or an array; with `inplace=True` the object itself changes. */
export function callFrameMethod(effect: MethodEffect | undefined, of: MethodCall): Reference {
  const { program, owner, value, name, args } = of;
  const { store } = program;
  if (value.form === "names") return callNamesMethod(of);
  const made = methodEffects[effect ?? "by-row"](of);
  const shaped = /^reindex/.test(name) ? withoutMarks(made, "dummies") : made;
  const answer = knowsColumns(effect, name, of) ? shaped : { ...shaped, gone: null };
  if (name === "update" && value.kind === "data" && args[0]) {
    for (const [column, traits] of args[0].value.columns ?? [])
      setColumn(program, owner, column, { ...unknown, rows: value.rows, rest: traits });
    if (!args[0].value.isClosed) writeBack(program, owner, answer);
    return store.allocate(scalar(null));
  }
  if (constantArgument(args, -1, "inplace") === true) {
    writeBack(program, owner, answer);
    return store.allocate(scalar(null));
  }
  return store.allocate({ ...answer, owner: null });
}
