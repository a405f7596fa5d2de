import { methodEffect } from "../../api/known.ts";
import type { Expression, Statement } from "../../ir.ts";
import { isInPlace } from "./changes.ts";
import { type Call, calledName, callsIn, given, inside, isConstant, partsOf } from "./written.ts";

type Node = Statement | Expression;

/** Whether something said may leave rows out of what it takes, add some, or put them in another order. */
export function changesRows(nodes: readonly Node[]): boolean {
  const answers = nodes.flatMap((one) => [...answering(one)]);
  return hasSteps(answers) || answers.some((one) => one.op === "call" && isOfRows(one, changing));
}

/** Whether something said may put the rows of what it takes in another order. */
export function movesRows(nodes: readonly Node[]): boolean {
  const answers = nodes.flatMap((one) => [...answering(one)]);
  return (
    hasSteps(answers) ||
    isPickedByNames(answers) ||
    answers.some((one) => one.op === "call" && isOfRows(one, moving))
  );
}

/**
 * What is said, without what leaves no rows behind: what is asked and dropped, and what one number is made of. Of a statement that only asks,
 * what it changes in place is left.
 */
function* answering(node: Node): Generator<Node> {
  if (node.op === "do") {
    yield* callsIn([node]).filter((call) => isInPlace(call) || turning.has(calledName(call)));
    return;
  }
  if (node.op === "call" && node.callee.op === "attribute") {
    const effect = methodEffect(node.callee.name);
    if (effect === "statistic" || effect === "sum" || effect === "number") return;
  }
  yield node;
  for (const part of partsOf(node)) yield* answering(part);
}

/** What changes the rows that it is called on or given, and answers nothing. */
const turning: ReadonlySet<string> = new Set(["reverse", "shuffle", "sort"]);

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
  return nodes.some((one) => one.op === "slice" && one.step !== null);
}

/** `rows.iloc[order]`: in the order of what a name holds. */
function isPickedByNames(nodes: readonly Node[]): boolean {
  return nodes.some((one) => {
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
const byAxis: ReadonlySet<string> = new Set(
  "align concat concatenate dropna drop_duplicates reindex".split(" "),
);

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
