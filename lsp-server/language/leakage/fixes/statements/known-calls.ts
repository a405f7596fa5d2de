import { changesReceiver, writesBy } from "../../../slice/in-place.ts";
import { isPureCall } from "../../../slice/pure-calls.ts";
import {
  callerEffect,
  classRole,
  estimatorEffect,
  functionEffect,
  groupEffect,
  methodEffect,
} from "../../api/known.ts";
import { isLibrary } from "../../api/libraries.ts";
import type { Expression } from "../../ir.ts";
import type { NotebookFacts } from "../../rule.ts";
import { givenTo } from "./changes.ts";
import { type Call, callsIn, expressionsIn, rootOf, writtenAs } from "./written.ts";

/**
 * Whether a call only asks what it meets: it is a library's own, which is known to answer anew, and it is handed no code that nobody has
 * read. `rows` tells the names of what surely is a library's table, column or array.
 */
export function onlyAsks(facts: NotebookFacts, call: Call, rows: Rows): boolean {
  const { callee, args } = call;
  const isTold = args.some(
    ({ name, spread, value }) =>
      spread === "**" || writesBy(name, value.op === "constant" ? value.value : undefined) !== null,
  );
  if (isTold || args.some(({ value }) => mayBeCode(facts, value, rows))) return false;
  const path = pathOf(facts, callee);
  if (path !== null) return isAnswering(path);
  if (callee.op === "name") return isPureCall(callee.name) && isBuiltIn(facts, callee.name);
  if (callee.op !== "attribute") return false;
  if (callee.of.op === "constant") return true;
  if (isEstimator(facts, callee.of)) {
    const effect = estimatorEffect(callee.name);
    const root = rootOf(callee.of);
    const isAsked = root !== null && rows(root);
    return effect !== undefined && !(isAsked && learning.has(effect));
  }
  if (changesReceiver(callee.name) || !isMadeOfRows(facts, callee.of, rows)) return false;
  const effect = methodEffect(callee.name);
  const ofGroups = groupEffect(callee.name);
  return (effect ?? ofGroups) !== undefined && !(effect && changing.has(effect)) && ofGroups !== "pipe";
}

type Rows = (name: string) => boolean;

/** Effects of methods on what they are called on. */
const changing: ReadonlySet<string> = new Set(["insert", "pop", "shuffle"]);

/** Effects of methods on the estimator itself, where that is what must stay as it is. */
const learning: ReadonlySet<string> = new Set([
  "fit",
  "fit-predict",
  "fit-transform",
  "itself",
  "learner",
  "resample",
]);

/** A library's function or class, by where it is imported from; not one that writes into what it is given. */
function isAnswering(path: string): boolean {
  const effect = functionEffect(path);
  if (effect === "shuffle" || callerEffect(path) === "set-attribute") return false;
  return isPureCall(path) || effect !== undefined || classRole(path) !== undefined;
}

/** The dotted path of what is a library's by its import, and nothing else anywhere; null for anything else. */
export function pathOf(facts: NotebookFacts, expression: Expression): string | null {
  if (expression.op === "attribute") {
    const outer = pathOf(facts, expression.of);
    return outer === null ? null : `${outer}.${expression.name}`;
  }
  return expression.op === "name" ? pathOfName(facts, expression.name) : null;
}

function pathOfName(facts: NotebookFacts, name: string): string | null {
  const paths = [...facts.imports].flatMap(([path, own]) => (own === name ? [path] : []));
  const [path] = paths;
  const isAllOfLibraries = paths.every((one) => isLibrary(one.split(".")[0] ?? ""));
  const isElse = giversOf(facts, name).some((one) => writtenAs(facts, one).some(({ op }) => op !== "import"));
  return path !== undefined && isAllOfLibraries && !isElse ? path : null;
}

/** Whether a name is Python's own: nothing in the notebook gives it, nor may a module that was not read. */
function isBuiltIn(facts: NotebookFacts, name: string): boolean {
  const isHidden = [...facts.imports].some(
    ([path, own]) => own === name || (own === "*" && !isLibrary(path.split(".")[0] ?? "")),
  );
  return !isHidden && giversOf(facts, name).length === 0;
}

/** Whether an expression surely is a library's estimator, made of nothing but what libraries hold. */
function isEstimator(facts: NotebookFacts, expression: Expression, depth = 0): boolean {
  if (depth > deepest) return false;
  if (expression.op === "name") {
    const givers = giversOf(facts, expression.name);
    return (
      givers.length > 0 &&
      givers.every((one) => {
        const value = givenTo(facts, one, expression.name);
        return value !== null && isEstimator(facts, value, depth + 1);
      })
    );
  }
  if (expression.op !== "call") return false;
  const { callee, args } = expression;
  const path = pathOf(facts, callee);
  if (path !== null) {
    const effect = functionEffect(path);
    const isMade = classRole(path) !== undefined || effect === "pipeline" || effect === "union";
    return isMade && !args.some(({ value }) => mayHoldCode(facts, value, depth + 1));
  }
  if (callee.op !== "attribute") return false;
  const effect = estimatorEffect(callee.name);
  return (effect === "itself" || effect === "fit") && isEstimator(facts, callee.of, depth + 1);
}

/** What a model is made with: anything but settings and estimators may be somebody's own. */
function mayHoldCode(facts: NotebookFacts, value: Expression, depth: number): boolean {
  if (isEstimator(facts, value, depth) || pathOf(facts, value) !== null) return false;
  switch (value.op) {
    case "constant":
      return false;
    case "list":
    case "tuple":
      return value.items.some((one) => mayHoldCode(facts, one, depth));
    case "dict":
      return value.entries.some(([, one]) => mayHoldCode(facts, one, depth));
    case "name": {
      const givers = giversOf(facts, value.name);
      return (
        givers.length === 0 ||
        depth > deepest ||
        givers.some((one) => {
          const held = givenTo(facts, one, value.name);
          return held === null || mayHoldCode(facts, held, depth + 1);
        })
      );
    }
    default:
      return mayBeCode(facts, value, none);
  }
}

/** Whether an expression may be, or hold, a function that nobody knows. */
function mayBeCode(facts: NotebookFacts, value: Expression, rows: Rows, depth = 0): boolean {
  return expressionsIn([value]).some((one) => {
    if (one.op === "lambda") return true;
    return one.op === "name" && !rows(one.name) && isCode(facts, one.name, rows, depth);
  });
}

function isCode(facts: NotebookFacts, name: string, rows: Rows, depth: number): boolean {
  const paths = [...facts.imports].flatMap(([path, own]) => (own === name ? [path] : []));
  if (paths.some((path) => !isLibrary(path.split(".")[0] ?? ""))) return true;
  return giversOf(facts, name).some((giver) => {
    const said = writtenAs(facts, giver);
    if (said.some(({ op }) => op === "import")) return paths.length === 0;
    if (said.some(({ op }) => op !== "assign")) return true;
    const value = givenTo(facts, giver, name);
    if (value?.op === "name") return depth > deepest || mayBeCode(facts, value, rows, depth + 1);
    // What one's own code answers with may be code again.
    return (
      expressionsIn(said).some(({ op }) => op === "lambda") ||
      callsIn(said).some(({ callee }) => callee.op === "name" && isOwn(facts, callee.name))
    );
  });
}

function isOwn(facts: NotebookFacts, name: string): boolean {
  return pathOfName(facts, name) === null && !isBuiltIn(facts, name);
}

/** Whether an expression is of some rows, or what a library makes of them. */
function isMadeOfRows(facts: NotebookFacts, expression: Expression, rows: Rows): boolean {
  const root = rootOf(expression);
  if (root !== null && rows(root)) return true;
  switch (expression.op) {
    case "attribute":
    case "index":
    case "unary":
      return isMadeOfRows(facts, expression.of, rows);
    case "binary":
      return isMadeOfRows(facts, expression.left, rows) || isMadeOfRows(facts, expression.right, rows);
    case "call": {
      if (pathOf(facts, expression.callee) !== null) return true;
      return expression.callee.op === "attribute" && isMadeOfRows(facts, expression.callee.of, rows);
    }
    default:
      return false;
  }
}

function giversOf(facts: NotebookFacts, name: string) {
  return facts.flow().filter(({ binds }) => binds.has(name));
}

const none: Rows = () => false;

/** Names that stand for each other are followed as far as anybody reads. */
const deepest = 4;
