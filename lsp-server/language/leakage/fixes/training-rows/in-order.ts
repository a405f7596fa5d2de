import { estimatorEffect, methodEffect } from "../../api/known.ts";
import type { Split } from "../../facts/values/split.ts";
import type { Expression } from "../../ir.ts";
import { objectsOf } from "../../objects/objects-of.ts";
import type { NotebookFacts } from "../../rule.ts";
import { writtenAs } from "../../written-as.ts";
import type { FlowStatement } from "../flow.ts";
import { statementIndex } from "../names.ts";
import { givenTo } from "../statements/changes.ts";
import { pathOf } from "../statements/library-path.ts";
import { calledName, callsIn } from "../statements/written.ts";
import { isFrameValue } from "./table.ts";

/**
 * How the rows of each array of a split are picked by their numbers, in the order of these: as the split itself would put them. Of what may be
 * a table or an array, the notebook asks; null where one may be neither.
 */
export function byNumbers(
  facts: NotebookFacts,
  split: Split,
  arrays: readonly Expression[],
): ((text: string, rows: string) => string) | null {
  const at = statementIndex(facts, split.at);
  const kinds = new Map(arrays.map((one) => [facts.textOf(one.at), kindOf(facts, one, at)]));
  if ([...kinds.values()].includes("list")) return null;
  return (text, rows) => {
    const kind = kinds.get(text) ?? kinds.get(text.slice(1, -1));
    if (kind === "table") return `${text}.iloc[${rows}]`;
    return kind === "array"
      ? `${text}[${rows}]`
      : `(${text}.iloc if hasattr(${text}, "iloc") else ${text})[${rows}]`;
  };
}

/** The same by their labels; null where one of the arrays may have none: picked otherwise, it would stand in another order than the rest. */
export function byLabels(
  facts: NotebookFacts,
  split: Split,
  arrays: readonly Expression[],
): ((text: string, rows: string) => string) | null {
  const at = statementIndex(facts, split.at);
  const isKnown = arrays.every((one) => isFrameValue(facts, one, at));
  return isKnown ? (text, rows) => `${text}.loc[${rows}]` : null;
}

function kindOf(facts: NotebookFacts, value: Expression, before: number): Kind {
  if (isFrameValue(facts, value, before)) return "table";
  if (isArray(facts, value, before)) return "array";
  return mayBeList(facts, value, before) ? "list" : "unknown";
}

/** `unknown`: a table or an array, or what can be picked from as these can. `list`: it may be one, and cannot. */
type Kind = "table" | "array" | "list" | "unknown";

/** What a name stands for before a statement, and which one gives it. */
function givenBefore(facts: NotebookFacts, name: string, before: number) {
  const flow = facts.flow();
  const giver = flow.slice(0, before).findLastIndex(({ binds }) => binds.has(name));
  const own = flow[giver];
  return { giver, own, given: own ? givenTo(facts, own, name) : null };
}

/** Whether a value may be a list before a statement: it is not what a library makes of rows. */
export function mayBeList(facts: NotebookFacts, value: Expression, before: number): boolean {
  switch (value.op) {
    case "name": {
      if (objectsOf(facts, null).isOfLibraries(value.name, before)) return false;
      const { giver, own, given } = givenBefore(facts, value.name, before);
      // Of several names, or in a block, what made them says it for each.
      if (given === null) return own === undefined || !isOfCallsAlone(facts, own, giver);
      return mayBeList(facts, given, giver);
    }
    case "attribute":
    case "unary":
      return false;
    case "binary":
      return value.operator === "+" || value.operator === "*"
        ? mayBeList(facts, value.left, before) && mayBeList(facts, value.right, before)
        : false;
    case "index":
      // By names of columns nothing is picked from a list.
      return value.index.op !== "list" && !isText(value.index) && mayBeList(facts, value.of, before);
    case "choose":
      return mayBeList(facts, value.chosen, before) || mayBeList(facts, value.otherwise, before);
    case "bind":
      return mayBeList(facts, value.value, before);
    case "call": {
      const name = calledName(value);
      if (listing.has(name)) return true;
      if (pathOf(facts, value.callee) !== null) return false;
      if (value.callee.op !== "attribute") return true;
      return (
        estimatorEffect(name) === undefined &&
        (methodEffect(name) === undefined || (name === "copy" && mayBeList(facts, value.callee.of, before)))
      );
    }
    default:
      return true;
  }
}

/** Whether each of the names that a statement gives is made by a library: `X_more, y_more = sampler.fit_resample(X, y)`. */
function isOfCallsAlone(facts: NotebookFacts, statement: FlowStatement, before: number): boolean {
  const [first, ...others] = writtenAs(facts, statement);
  return first?.op === "assign" && others.length === 0 && !mayBeList(facts, first.value, before);
}

function isText(one: Expression): boolean {
  return one.op === "constant" && typeof one.value === "string";
}

/** What answers with lists, whatever it is called on. */
const listing: ReadonlySet<string> = new Set(
  "dict filter findall keys list map range read readlines set sorted split splitlines to_list tolist tuple zip".split(
    " ",
  ),
);

/** Whether a value surely is an array of NumPy before a statement. */
function isArray(facts: NotebookFacts, value: Expression, before: number): boolean {
  switch (value.op) {
    case "name": {
      const { giver, given } = givenBefore(facts, value.name, before);
      return given !== null && isArray(facts, given, giver);
    }
    case "attribute":
      return value.name === "values";
    case "call": {
      const name = calledName(value);
      if (value.callee.op !== "attribute") return false;
      const { of } = value.callee;
      if (name === "to_numpy") return true;
      if (of.op === "name" && /^(np|numpy)$/.test(of.name)) return ofNumPy.has(name);
      return name === "fit_transform" && givesArrays(facts, of, before);
    }
    default:
      return false;
  }
}

/** Functions that answer with arrays, whatever they are given. */
const ofNumPy: ReadonlySet<string> = new Set(["array", "asarray"]);

/** Whether a transformer surely answers with arrays: by its class, and because nothing tells scikit-learn to answer with tables. */
function givesArrays(facts: NotebookFacts, transformer: Expression, before: number): boolean {
  const made = transformer.op === "name" ? givenBefore(facts, transformer.name, before).given : transformer;
  if (made?.op !== "call" || !ofArrays.test(calledName(made))) return false;
  return !facts
    .flow()
    .some((one) =>
      callsIn(writtenAs(facts, one)).some((call) => /^set_(output|config)$/.test(calledName(call))),
    );
}

const ofArrays =
  /^((Standard|MinMax|MaxAbs|Robust)Scaler|(Simple|KNN)Imputer|Normalizer|PCA|TruncatedSVD|(Power|Quantile)Transformer)$/;
