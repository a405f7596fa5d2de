import type { Evaluation } from "../../facts/values/fit.ts";
import type { Mark } from "../../facts/values/mark.ts";
import type { Fix } from "../../finding.ts";
import type { Expression } from "../../ir.ts";
import type { NotebookFacts } from "../../rule.ts";
import { writtenAs } from "../../written-as.ts";
import type { FixKind } from "../fix-kind.ts";
import type { FlowStatement } from "../flow.ts";
import { isLeftAlone } from "../left-alone.ts";
import { expressionAt, isGiven, outermost, positionOf, statementIndex } from "../names.ts";
import { Obstacle } from "../obstacle.ts";
import { callsIn, rootOf } from "../statements/written.ts";

/** Prepares the rows that are asked about by what prepared the training rows: the fitted object, or the same function, for the same columns. */
export const prepareAlike: FixKind = {
  id: "prepare-alike",
  rules: ["train-only-transform"],
  plan({ mark, evaluations = [] }, facts) {
    const [first] = evaluations;
    const call = mark && expressionAt(facts, mark.at);
    const statement = mark && outermost(facts, mark.at);
    if (!first || first.inputs.at.module || call?.op !== "call" || !statement) return [];
    const by = preparedBy(facts, mark, call, first);
    if (by === null)
      return new Obstacle(
        "what prepared the training rows is not at hand any more: fit it, keep it, and transform these rows by it",
      );
    if (evaluations.some((one) => !isAllThatPrepared(one, mark)))
      return new Obstacle(
        "the training rows were prepared by more than this: prepare these rows by all of it, in the same order",
      );
    const [given] = call.args;
    const [table, columns] = partsOf(given && !given.spread ? facts.textOf(given.value.at) : "");
    const { at } = first.inputs;
    const [asked, askedColumns] = partsOf(facts.textOf(at));
    if (table === undefined || asked === undefined) return new Obstacle(notAlike);
    if (
      statement.text.replace(/\s/g, "") === `${table}${columns}=${facts.textOf(mark.at)}`.replace(/\s/g, "")
    ) {
      // Some columns in place, or all.
      if (columns === "" && askedColumns === "" && isOfAll(facts, evaluations, mark, table))
        return [fixOf(by, [{ cellId: at.cell, range: at, newText: `${by}(${asked})` }])];
      if (columns === "" || !isGiven(facts, asked, mark.at) || !isLeftToAsk(facts, first, mark, asked))
        return new Obstacle(notAlike);
      const end = positionOf(facts, statement.cell, statement.to);
      const newText = `\n${asked}${columns} = ${by}(${asked}${columns})`;
      return [fixOf(by, [{ cellId: statement.cell, range: { start: end, end }, newText }])];
    }
    const learned = /^([A-Za-z_]\w*)\s*=\s*(?:\w+\.DataFrame\(\s*)?/.exec(statement.text);
    const isWhole = learned !== null && statement.text.startsWith(facts.textOf(mark.at), learned[0].length);
    const isHere = evaluations.every(
      ({ fit }) => fit.inputs.at.from === mark.at.from && fit.inputs.at.cell === mark.at.cell,
    );
    if (
      columns !== askedColumns ||
      !(isHere || (isWhole && isOfAll(facts, evaluations, mark, learned[1] ?? "")))
    )
      return new Obstacle(notAlike);
    return [fixOf(by, [{ cellId: at.cell, range: at, newText: `${by}(${facts.textOf(at)})` }])];
  },
};

const notAlike =
  "which columns were prepared is not said alike of both: prepare these rows by hand, column by column, with what was fitted";

function fixOf(by: string, edits: Fix["edits"]) {
  return { title: `Prepare them too: ${by}(…)`, kind: "suggestion" as const, edits };
}

/** The method of the fitted object, or the function, as long as it still is that where it is asked of. */
function preparedBy(
  facts: NotebookFacts,
  mark: Mark,
  call: Extract<Expression, { op: "call" }>,
  { at }: Evaluation,
): string | null {
  const [, named, method] = /^([A-Za-z_][\w.]*?)(\.fit_transform)?\(/.exec(facts.textOf(mark.at)) ?? [];
  const by = method !== undefined ? `${named}.transform` : mark.kind === "mapped" ? named : undefined;
  const [root] = by?.split(".") ?? [];
  if (
    by === undefined ||
    root === undefined ||
    !isGiven(facts, root, at) ||
    call.args.some(({ spread }) => spread !== null)
  )
    return null;
  // What a function is told besides would have to be told again.
  if (method === undefined && call.args.length > 1) return null;
  const between = facts.flow().slice(statementIndex(facts, mark.at) + 1, statementIndex(facts, at));
  return between.some((one) => one.binds.has(root) || fitsAgain(facts, one, root)) ? null : by;
}

function fitsAgain(facts: NotebookFacts, statement: FlowStatement, name: string): boolean {
  return callsIn(writtenAs(facts, statement)).some(
    ({ callee }) =>
      callee.op === "attribute" &&
      /^(fit|partial_fit|set_params)/.test(callee.name) &&
      rootOf(callee.of) === name,
  );
}

/** Whether nothing else that learned from rows, or put them on another scale, was done to the training rows alone. */
function isAllThatPrepared({ fit, inputs }: Evaluation, { at }: Mark): boolean {
  return [...fit.inputs.marks.values()].every(
    (one) =>
      !preparing.has(one.kind) ||
      inputs.marks.has(one.id) ||
      (one.at.cell === at.cell && one.at.from === at.from),
  );
}

const preparing: ReadonlySet<Mark["kind"]> = new Set([
  "statistic",
  "supervised",
  "scaled",
  "mapped",
  "dummies",
]);

/** A table's name, and which of its columns are picked. */
function partsOf(text: string): readonly [string | undefined, string] {
  const [, table, columns = ""] =
    /^([A-Za-z_]\w*)((?:\[[^[\]]*\]|\[\[[^[\]]*\]\]|\.values|\.to_numpy\(\))?)$/.exec(text) ?? [];
  return [table, columns];
}

/** Whether the models learned from what a name was given, all of it and as it was. */
function isOfAll(
  facts: NotebookFacts,
  evaluations: readonly Evaluation[],
  mark: Mark,
  name: string,
): boolean {
  const from = statementIndex(facts, mark.at);
  return evaluations.every(({ fit }) => {
    const until = statementIndex(facts, fit.at);
    return facts.textOf(fit.inputs.at) === name && isLeftAlone(facts, [name], from, until);
  });
}

/** Whether nobody who learned before is asked about the rows later: then they are prepared at once, for all who are. */
function isLeftToAsk(facts: NotebookFacts, { inputs }: Evaluation, mark: Mark, asked: string): boolean {
  const from = statementIndex(facts, mark.at);
  return (
    [...facts.evaluations.values()].every(
      (one) =>
        partsOf(facts.textOf(one.inputs.at))[0] !== asked ||
        statementIndex(facts, one.at) < from ||
        statementIndex(facts, one.fit.at) > from,
    ) && inputs.rows !== null
  );
}
