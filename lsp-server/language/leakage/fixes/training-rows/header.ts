import type { Split } from "../../facts/values/split.ts";
import type { Expression } from "../../ir.ts";
import type { NotebookFacts } from "../../rule.ts";
import type { FlowStatement } from "../flow.ts";
import { broughtBy } from "../imports.ts";
import { expressionAt, isGiven, statementIndex } from "../names.ts";
import { givenTo } from "../statements/changes.ts";
import { namesIn } from "../statements/written.ts";
import type { Cut } from "./cut.ts";

/** The call that splits row numbers or labels as a later split does rows, for use above a statement; null where that is not known there. */
export function earlySplit(
  facts: NotebookFacts,
  { splits: [split], how }: Cut,
  first: FlowStatement,
  rows: string,
): { readonly call: string; readonly needs: readonly string[] } | null {
  const call = expressionAt(facts, split.at);
  if (call?.op !== "call") return null;
  const given = how.map(({ name, value }) => {
    const text = earlier(facts, value, first, split);
    return text === null ? null : `${name}=${text}`;
  });
  if (given.includes(null)) return null;
  const written = facts.textOf(call.callee.at);
  const isThere = isGiven(facts, written.split(".")[0] ?? "", first);
  const { name, lines } = isThere
    ? { name: written, lines: [] }
    : broughtBy(facts, { module: "sklearn.model_selection", name: "train_test_split" }, first);
  return { call: `${name}(${[rows, ...given].join(", ")})`, needs: lines };
}

/** What an argument says, in words that are known above a statement; null where there are none. */
function earlier(facts: NotebookFacts, value: Expression, first: FlowStatement, split: Split): string | null {
  const isKnown = (one: Expression): boolean =>
    [...namesIn(one)].every((name) => isGiven(facts, name, first)) && isSteady(facts, one, first, split);
  if (value.op === "constant" || isKnown(value)) return facts.textOf(value.at);
  if (value.op !== "name") return null;
  const flow = facts.flow();
  const giver = flow.slice(0, statementIndex(facts, split.at)).findLast(({ binds }) => binds.has(value.name));
  const written = giver && givenTo(facts, giver, value.name);
  return written && isKnown(written) ? facts.textOf(written.at) : null;
}

/** Whether the names of an expression are not given anew between a statement and a split. */
function isSteady(facts: NotebookFacts, value: Expression, first: FlowStatement, split: Split): boolean {
  const names = namesIn(value);
  const flow = facts.flow();
  return !flow
    .slice(flow.indexOf(first), statementIndex(facts, split.at))
    .some(({ binds }) => [...binds].some((name) => names.has(name)));
}
