import type { FunctionEffect, GroupEffect, MethodEffect } from "../../api/effects.ts";
import { functionEffect, groupEffect, methodEffect } from "../../api/known.ts";
import { inside, partsOf } from "../../inside.ts";
import type { Expression, Statement } from "../../ir.ts";
import type { NotebookFacts } from "../../rule.ts";
import { isInPlace } from "./changes.ts";
import { pathOf } from "./library-path.ts";
import { type Call, calledName, callsIn, given, isConstant } from "./written.ts";

type Node = Statement | Expression;

/** Whether something said may leave rows out of what it takes, add some, or put them in another order. */
export function changesRows(facts: NotebookFacts, nodes: readonly Node[]): boolean {
  const answers = nodes.flatMap((one) => [...answering(one)]);
  return hasSteps(answers) || answers.some((one) => one.op === "call" && isOfRows(facts, one, changing));
}

/** Whether something said may put the rows of what it takes in another order. */
export function movesRows(facts: NotebookFacts, nodes: readonly Node[]): boolean {
  const answers = nodes.flatMap((one) => [...answering(one)]);
  return (
    hasSteps(answers) ||
    isPickedByNames(answers) ||
    answers.some((one) => one.op === "call" && isOfRows(facts, one, moving))
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
export function labelsRows(facts: NotebookFacts, nodes: readonly Node[]): boolean {
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
      return isOfRows(facts, call, labelling) || calledName(call).startsWith("SMOTE");
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

/** What makes a call one that does something to rows: what the tables of libraries say of its name, or the name where they say nothing of that. */
interface Doing {
  readonly functions: ReadonlySet<FunctionEffect>;
  readonly methods: ReadonlySet<MethodEffect>;
  readonly groups: ReadonlySet<GroupEffect>;
  readonly names: ReadonlySet<string>;
  /** Names of NumPy's functions, which mean something else as methods of tables. */
  readonly ofNumPy: ReadonlySet<string>;
}

function isOfRows(facts: NotebookFacts, call: Call, doing: Doing): boolean {
  const name = calledName(call);
  const { callee } = call;
  if (callee.op === "attribute" && (callee.of.op === "constant" || isOfTexts(callee.of))) return false;
  if (doing === changing && name.startsWith("read_")) return true;
  if (doing === changing && name === "drop") return dropsRows(call);
  if (isOfColumns(call)) return false;
  if (doing.names.has(name)) return true;
  const path = pathOf(facts, callee);
  if (path !== null) {
    const effect = functionEffect(path);
    const isOfNumPy = path.startsWith("numpy.") && doing.ofNumPy.has(name);
    return isOfNumPy || (effect !== undefined && doing.functions.has(effect));
  }
  if (callee.op !== "attribute") return false;
  if (name === "filter") return doing === changing && !isOfSomeColumns(call);
  // Of a column it answers with values, of a table with rows.
  if (name === "unique") return doing !== labelling && !/^(attribute|index)$/.test(callee.of.op);
  const effect = methodEffect(name);
  const ofGroups = groupEffect(name);
  if (ofGroups !== undefined && (effect === undefined || isOfGroups(callee.of)))
    return doing.groups.has(ofGroups);
  return effect !== undefined && doing.methods.has(effect);
}

/** `df["a"].str`: what is asked of each text, list or moment. */
function isOfTexts(one: Expression): boolean {
  return one.op === "attribute" && /^(arr|cat|dt|list|str)$/.test(one.name);
}

/** Whether what a method is called on is groups, and no table. */
function isOfGroups(one: Expression): boolean {
  if (one.op === "attribute" || one.op === "index") return isOfGroups(one.of);
  if (one.op !== "call" || one.callee.op !== "attribute") return false;
  return methodEffect(one.callee.name) === "group" || isOfGroups(one.callee.of);
}

/** `df.filter(items=…)` and `df.filter(["a", "b"])` of pandas. */
function isOfSomeColumns(call: Call): boolean {
  const [first] = call.args;
  const isNames = first?.name === null && first.value.op === "list" && first.value.items.every(isText);
  return isNames || ["items", "like", "regex"].some((name) => given(call, name) !== null);
}

function isText(one: Expression): boolean {
  return one.op === "constant" && typeof one.value === "string";
}

/** `df.drop(rows)`, and whatever is not sure to be columns alone. */
function dropsRows(call: Call): boolean {
  if (given(call, "index") !== null) return true;
  const [first, second] = call.args;
  const isPlain = second?.name === null && isConstant(second.value, 1, "columns");
  return !(isOfColumns(call) || isPlain || (given(call, "columns") !== null && first?.name !== null));
}

const words = (text: string): ReadonlySet<string> => new Set(text.split(" "));

const changing: Doing = {
  functions: new Set([
    "concat",
    "merge",
    "merge-as-of",
    "read",
    "repeat",
    "resample",
    "shuffle",
    "without-rows",
  ] as const),
  methods: new Set([
    "align",
    "append",
    "argsort",
    "head",
    "join",
    "join-as-of",
    "order",
    "reindex",
    "repeat",
    "reshape-rows",
    "sample",
    "shuffle",
    "slice",
    "some-rows",
    "tail",
    "take",
    "unique-rows",
  ] as const),
  groups: new Set(["some-rows"] as const),
  names: words(
    "compress drop_nans drop_nulls drop_duplicates dropna fit_resample lexsort permutation permuted resample reverse shuffle sort stack take vstack",
  ),
  ofNumPy: words("delete flip flipud insert repeat roll unique"),
};

const moving: Doing = {
  functions: new Set(["concat", "merge", "merge-as-of", "resample", "shuffle"] as const),
  methods: new Set([
    "align",
    "append",
    "argsort",
    "join",
    "join-as-of",
    "order",
    "reindex",
    "reshape-rows",
    "sample",
    "shuffle",
    "take",
  ] as const),
  groups: new Set([]),
  names: words(
    "bottom_k bottom_k_by fit_resample lexsort nlargest nsmallest permutation permuted reverse roll shuffle sort sorted stack take top_k top_k_by vstack",
  ),
  ofNumPy: words("flip flipud roll"),
};

const labelling: Doing = {
  functions: new Set(["concat", "merge", "merge-as-of", "repeat"] as const),
  methods: new Set(["append", "index", "join", "join-as-of", "reindex", "repeat", "reshape-rows"] as const),
  groups: new Set([]),
  names: words("fit_resample resample reset_index"),
  ofNumPy: words("repeat"),
};
