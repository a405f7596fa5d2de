import type { Evaluation } from "../../facts/values/fit.ts";
import type { FlowStatement } from "../../fixes/flow.ts";
import { expressionAt, statementIndex } from "../../fixes/names.ts";
import { givenTo } from "../../fixes/statements/changes.ts";
import {
  type Call,
  calledName,
  callsIn,
  expressionsIn,
  given,
  isConstant,
  rootOf,
} from "../../fixes/statements/written.ts";
import type { Expression } from "../../ir.ts";
import type { NotebookFacts } from "../../rule.ts";
import { writtenAs } from "../../written-as.ts";

/**
 * Whether the rows that a model is asked about are surely as a split gave them: they stand there under the name that they got, and nothing between
 * speaks of it but to ask models or to look. What changes each row by itself leaves no other trace.
 */
export function isUntouched(facts: NotebookFacts, { at, inputs }: Evaluation): boolean {
  const asked = expressionAt(facts, inputs.at);
  const name = asked && partOfName(asked);
  if (!name) return false;
  const cuts = new Set(inputs.rows?.limits.map(({ cut }) => cut));
  const split = [...facts.splits.values()].findLast(
    ({ id, targets }) => cuts.has(id) && targets?.includes(name) === true,
  );
  if (!split) return false;
  const [from, to] = [statementIndex(facts, split.statement), statementIndex(facts, at)];
  const flow = facts.flow();
  const scalers = new Set(flow.flatMap((one) => scalersIn(facts, one)));
  return (
    from >= 0 &&
    from < to &&
    flow.slice(from + 1, to + 1).every((one) => isLookedAtOnly(facts, one, name, scalers))
  );
}

/** Whether what a model learned from was turned back again, as far as the text that gives it says. */
export function isTurnedBack(facts: NotebookFacts, { fit }: Evaluation): boolean {
  const learned = expressionAt(facts, fit.inputs.at);
  const name = learned && rootOf(learned);
  if (!name) return false;
  return facts
    .flow()
    .some(
      (one) =>
        one.binds.has(name) &&
        callsIn(writtenAs(facts, one)).some((call) => turningBack.has(calledName(call))),
    );
}

const turningBack: ReadonlySet<string> = new Set(["exp", "expm1", "inverse_transform", "square"]);

/** Names of what gives others for the rows that it is given, and leaves those as they are. */
function scalersIn(facts: NotebookFacts, statement: FlowStatement): string[] {
  return [...statement.binds].filter((name) => {
    const made = givenTo(facts, statement, name);
    return (
      made?.op === "call" &&
      /Scaler$|^(Power|Quantile)Transformer$/.test(calledName(made)) &&
      given(made, "copy") === null
    );
  });
}

/** Whether a statement asks a model about a name's rows, makes others of them, or only looks at them. */
function isLookedAtOnly(
  facts: NotebookFacts,
  statement: FlowStatement,
  name: string,
  scalers: ReadonlySet<string>,
): boolean {
  if (statement.binds.has(name)) return false;
  const said = writtenAs(facts, statement);
  const expressions = expressionsIn(said);
  const uses = expressions.filter((one) => one.op === "name" && one.name === name);
  // What was not read, or runs as a text, may do anything.
  if (uses.length === 0) return !statement.needs.has(name) && !callsIn(said).some(runsText);
  const looks = new Set<Expression | null>();
  for (const one of expressions) {
    if (one.op === "attribute" && looking.has(one.name)) looks.add(one.of);
    if (one.op === "call") for (const each of lookedAtBy(one, scalers)) looks.add(each);
  }
  return uses.every((one) => looks.has(one));
}

const looking: ReadonlySet<string> = new Set(["describe", "dtypes", "head", "info", "shape"]);

function runsText({ callee }: Call): boolean {
  return callee.op === "name" && (callee.name === "exec" || callee.name === "eval");
}

/** The tables that a call asks about, copies, or is handed parts of. */
function lookedAtBy(call: Call, scalers: ReadonlySet<string>): (Expression | null)[] {
  const { callee, args } = call;
  const [first] = args;
  const name = calledName(call);
  const rows = first?.name === null && first.spread === null ? first.value : null;
  const found = args
    .filter((one) => one.name === null && one.spread === null && one.value.op === "index")
    .map(({ value }) => rowsOf(value));
  if (callee.op === "name" && name === "len") found.push(rows);
  if (callee.op !== "attribute") return found;
  if (rows && asking.has(name)) found.push(rowsOf(rows));
  if (rows && name === "transform" && scalers.has(rootOf(callee.of) ?? ""))
    found.push(rowsOf(rows.op === "attribute" && rows.name === "values" ? rows.of : rows));
  const isDeep = args.length === 0 || (args.length === 1 && isConstant(given(call, "deep"), true));
  if (name === "copy" && isDeep) found.push(callee.of);
  return found;
}

const asking: ReadonlySet<string> = new Set([
  "decision_function",
  "evaluate",
  "predict",
  "predict_proba",
  "score",
]);

/** The name that an expression is, or some of whose columns or rows it is; null where anything is called on the way. */
function rowsOf(one: Expression): Expression | null {
  if (one.op === "name") return one;
  return one.op === "index" && one.of.op === "name" && callsIn([one.index]).length === 0 ? one.of : null;
}

/** The name whose columns or rows an expression is, as an array too; null where it is anything else. */
function partOfName(one: Expression): string | null {
  const isArray = one.op === "attribute" && one.name === "values";
  const isMade = one.op === "call" && one.callee.op === "attribute" && calledName(one) === "to_numpy";
  const of = isArray ? one.of : isMade && one.callee.op === "attribute" ? one.callee.of : one;
  const rows = rowsOf(of);
  return rows?.op === "name" ? rows.name : null;
}
