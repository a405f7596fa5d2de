import type { Evaluation } from "../../facts/values/fit.ts";
import type { Mark } from "../../facts/values/mark.ts";
import { inside } from "../../inside.ts";
import type { Expression, Place, Statement } from "../../ir.ts";
import type { NotebookFacts } from "../../rule.ts";
import { writtenAs } from "../../written-as.ts";
import type { FixKind } from "../fix-kind.ts";
import { isLeftAlone } from "../left-alone.ts";
import { expressionAt, leftmostName, positionOf, statementIndex } from "../names.ts";
import { Obstacle, quoted } from "../obstacle.ts";
import { statementsAround } from "../statements/around.ts";
import { type Call, callsIn, expressionsIn, namesIn, rootOf } from "../statements/written.ts";

/**
 * Only transforms the rows that a score asks about, where the same object has learned from the model's own rows by then, and from nothing
 * since: in code that training rows go through as well, it would have learned nothing.
 */
export const onlyTransform: FixKind = {
  id: "only-transform",
  rules: ["refit-on-test"],
  plan({ mark, evaluations = [], isOfValidation = false }, facts) {
    if (!mark || mark.at.module) return [];
    const call = expressionAt(facts, mark.at);
    const how = quoted(facts.textOf(mark.at));
    if (call?.op !== "call" || call.callee.op !== "attribute" || call.callee.name !== "fit_transform")
      return new Obstacle(
        `${how} keeps nothing that training rows could have taught it: fit it on these, and apply it to both`,
      );
    const { of, name } = call.callee;
    if (!isNamed(of))
      return new Obstacle(
        `${how} is fitted where it is made: make it above, fit it on the training rows, and only transform here`,
      );
    const learned = learnedBefore(facts, call, of);
    if (!learned)
      return new Obstacle(
        `whether ${quoted(facts.textOf(of.at))} has learned from the training rows by then, and from nothing since, is not sure`,
      );
    if (!evaluations.every((one) => isOfTraining(facts, one, learned, call)))
      return new Obstacle(
        `${quoted(facts.textOf(learned.at))} did not learn from the model's rows by the same columns: fit one for each set of columns`,
      );
    const start = positionOf(facts, mark.at.cell, call.callee.at.to - name.length);
    const end = positionOf(facts, mark.at.cell, call.callee.at.to);
    return [
      {
        title: `Only transform the ${isOfValidation ? "validation" : "test"} rows`,
        kind: "suggestion",
        edits: [{ cellId: mark.at.cell, range: { start, end }, newText: "transform" }],
      },
    ];
  },
};

/** `scaler`, `self.scaler`. */
function isNamed(one: Expression): boolean {
  return one.op === "name" || (one.op === "attribute" && isNamed(one.of));
}

/** The call by which an object learned last before another call, whenever that is run; null where that is not sure. */
function learnedBefore(facts: NotebookFacts, call: Call, learner: Expression): Call | null {
  const around = statementsAround(facts, call.at);
  const own = around.at(-1);
  if (!own || isInTurns(own, call)) return null;
  // `a, b = scaler.fit_transform(train), scaler.fit_transform(test)`: one after the other.
  const beside = learnedIn(facts, [own], learner, call.at.from);
  if (beside) return beside;
  for (let depth = around.length - 1; depth > 0; depth--) {
    const [outer, one] = [around[depth - 1], around[depth]];
    if (!outer || !one) return null;
    const body = bodiesOf(outer).find((each) => each.includes(one)) ?? [];
    for (const before of body.slice(0, body.indexOf(one)).reverse()) {
      const learned = learnedIn(facts, [before], learner);
      if (learned !== undefined) return learned;
    }
    // A function may be called with anything, and a class makes another object each time.
    if (outer.op === "function" || outer.op === "class") return null;
  }
  const flow = facts.flow();
  const at = statementIndex(facts, call.at);
  const root = rootOf(learner);
  for (let before = at - 1; before >= 0 && root !== null; before--) {
    const statement = flow[before];
    if (!statement) return null;
    const learned = statement.binds.has("*") ? null : learnedIn(facts, writtenAs(facts, statement), learner);
    if (learned) return isLeftAlone(facts, [root], before, at) ? learned : null;
    if (learned === null) return null;
  }
  return null;
}

/** The call of a statement by which an object learns; undefined where it stays what it is, null where it may be something else behind it. */
function learnedIn(
  facts: NotebookFacts,
  said: readonly Statement[],
  learner: Expression,
  until = Number.POSITIVE_INFINITY,
): Call | null | undefined {
  const [statement, ...others] = said;
  if (!statement) return undefined;
  const text = facts.textOf(learner.at);
  const isGiven = said.some((one) => [...inside(one)].some((each) => gives(each, rootOf(learner))));
  const calls = callsIn(said).filter(
    ({ callee }) => callee.op === "attribute" && learning.has(callee.name) && !isNamedOtherwise(callee.of),
  );
  const last = calls
    .filter(({ at }) => at.from < until)
    .sort((a, b) => a.at.from - b.at.from)
    .at(-1);
  if (!last && !isGiven) return undefined;
  const isPlain = others.length === 0 && plain.has(statement.op);
  return last && isPlain && !isInTurns(statement, last) && (!isGiven || isMadeBy(last)) ? last : null;

  function isNamedOtherwise(of: Expression): boolean {
    return facts.textOf(of.at) !== text && !(isGiven && of.op === "call");
  }

  /** `scaler = StandardScaler().fit(X)`, `scaler = scaler.fit(X)`. */
  function isMadeBy(call: Call): boolean {
    return statement?.op === "assign" && statement.value === call && call.callee.op === "attribute"
      ? call.callee.name === "fit"
      : false;
  }
}

function gives(one: Statement | Expression, name: string | null): boolean {
  const targets =
    one.op === "assign"
      ? one.targets
      : one.op === "bind" || one.op === "loop" || one.op === "augment"
        ? [one.target]
        : [];
  return targets.some(
    (target) =>
      target &&
      name !== null &&
      (rootOf(target) === name || (target.op === "tuple" && namesIn(target).has(name))),
  );
}

const plain: ReadonlySet<Statement["op"]> = new Set(["assign", "do", "return"]);

const learning: ReadonlySet<string> = new Set(["fit", "fit_predict", "fit_transform", "partial_fit"]);

/** Whether a call is run for one thing after the other, or in some cases alone, inside of a statement. */
function isInTurns(statement: Statement, { at }: Call): boolean {
  return expressionsIn([statement]).some(
    (one) =>
      (one.op === "lambda" || one.op === "each" || one.op === "choose") &&
      one.at.from <= at.from &&
      one.at.to >= at.to,
  );
}

function bodiesOf(statement: Statement): readonly (readonly Statement[])[] {
  if (statement.op === "branch") return statement.arms;
  return "body" in statement ? [statement.body] : [];
}

/** Whether a model learned from rows that an object had learned from, by the columns that it is asked about now, and nowhere from what this call says. */
function isOfTraining(facts: NotebookFacts, { fit }: Evaluation, learned: Call, asked: Call): boolean {
  const marks = [...fit.inputs.marks.values()].filter(
    ({ kind }) => kind === "statistic" || kind === "supervised",
  );
  const isAt = ({ at }: Pick<Mark, "at">, place: Place) => at.cell === place.cell && at.from === place.from;
  if (marks.some((one) => isAt(one, asked.at)) || !marks.some((one) => isAt(one, learned.at))) return false;
  const columns = (call: Call): string | null => {
    const rows = call.args[0]?.value;
    const root = rows ? leftmostName(rows, facts) : null;
    const isOfRoot = rows && root !== null && rootOf(rows) === root;
    return isOfRoot ? facts.textOf(rows.at).slice(root.length).replace(/\s/g, "") : null;
  };
  return columns(learned) !== null && columns(learned) === columns(asked);
}
