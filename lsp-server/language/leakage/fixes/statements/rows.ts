import type { Expression, Statement } from "../../ir.ts";
import { type Call, calledName, callsIn, expressionsIn, given, inside, isConstant } from "./written.ts";

type Node = Statement | Expression;

/** Whether something said may leave rows out of what it takes, add some, or put them in another order. */
export function changesRows(nodes: readonly Node[]): boolean {
  return hasSteps(nodes) || callsIn(nodes).some((call) => isOfRows(call, changing));
}

/** Whether something said may put the rows of what it takes in another order. */
export function movesRows(nodes: readonly Node[]): boolean {
  return hasSteps(nodes) || isPickedByNames(nodes) || callsIn(nodes).some((call) => isOfRows(call, moving));
}

/** Whether something said may give rows other labels than they had. */
export function labelsRows(nodes: readonly Node[]): boolean {
  const isIndexGiven = nodes
    .flatMap((one) => [...inside(one)])
    .some(
      (one) =>
        (one.op === "assign" || one.op === "augment") &&
        (one.op === "assign" ? one.targets : [one.target]).some(
          (target) => target.op === "attribute" && target.name === "index",
        ),
    );
  return (
    isIndexGiven ||
    callsIn(nodes).some((call) => {
      const ignored = given(call, "ignore_index");
      if (given(call, "index_col") !== null || (ignored !== null && !isConstant(ignored, false))) return true;
      return isOfRows(call, labelling) || calledName(call).startsWith("SMOTE");
    })
  );
}

/** Whether a call answers with the columns of what it takes beside each other, and not the rows behind each other. */
export function isOfColumns(call: Call): boolean {
  return isConstant(given(call, "axis"), 1, "columns");
}

/** Some rows turned around, or every other one. */
function hasSteps(nodes: readonly Node[]): boolean {
  return expressionsIn(nodes).some((one) => one.op === "slice" && one.step !== null);
}

/** `rows.iloc[order]`: in the order of what a name holds. */
function isPickedByNames(nodes: readonly Node[]): boolean {
  return expressionsIn(nodes).some((one) => {
    if (one.op !== "index" || one.of.op !== "attribute" || !/^i?loc$/.test(one.of.name)) return false;
    const rows = one.index.op === "tuple" ? one.index.items[0] : one.index;
    return rows?.op === "name";
  });
}

function isOfRows(call: Call, names: ReadonlySet<string>): boolean {
  const name = calledName(call);
  const { callee } = call;
  if (callee.op === "attribute" && callee.of.op === "constant") return false;
  if (names === changing) {
    if (name === "drop") return dropsRows(call);
    if (name.startsWith("read_")) return true;
    const isOfNumPy =
      callee.op === "attribute" && callee.of.op === "name" && /^(np|numpy)$/.test(callee.of.name);
    if (isOfNumPy && changingArrays.has(name)) return true;
  }
  return names.has(name) && !(byAxis.has(name) && isOfColumns(call));
}

/** `df.drop(rows)`, and whatever is not sure to be columns alone. */
function dropsRows(call: Call): boolean {
  if (given(call, "index") !== null) return true;
  const [first, second] = call.args;
  const isPlain = second?.name === null && isConstant(second.value, 1, "columns");
  return !(isOfColumns(call) || isPlain || (given(call, "columns") !== null && first?.name !== null));
}

/** Those that take columns instead where they are told to. */
const byAxis: ReadonlySet<string> = new Set("concat concatenate dropna drop_duplicates reindex".split(" "));

const changing: ReadonlySet<string> = new Set(
  (
    "align append argsort compress concat concatenate drop_duplicates dropna explode head join lexsort melt merge nlargest nsmallest " +
    "permutation permuted pivot pivot_table query reindex reindex_like resample reverse sample shuffle sort sort_index sort_values stack " +
    "tail take truncate vstack"
  ).split(" "),
);

/** Functions of NumPy, whose names mean something else as methods of tables. */
const changingArrays: ReadonlySet<string> = new Set(
  "delete flip flipud insert repeat roll unique".split(" "),
);

const moving: ReadonlySet<string> = new Set(
  (
    "append argsort concat concatenate explode flip flipud join lexsort melt merge nlargest nsmallest permutation permuted pivot pivot_table " +
    "reindex reindex_like reverse roll sample shuffle sort sort_index sort_values sorted stack take vstack"
  ).split(" "),
);

const labelling: ReadonlySet<string> = new Set(
  "append concat explode fit_resample melt merge reindex reindex_like repeat resample reset_index set_index stack".split(
    " ",
  ),
);
