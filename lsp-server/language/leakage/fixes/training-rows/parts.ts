import type { Split } from "../../facts/values/split.ts";
import type { Edit } from "../../finding.ts";
import type { Expression } from "../../ir.ts";
import type { NotebookFacts } from "../../rule.ts";
import { expressionAt, statementIndex } from "../names.ts";
import { givenTo } from "../statements/changes.ts";
import { calledName } from "../statements/written.ts";

/** What a split is given; null where it cannot be picked from by a mask. */
export function arraysOf(facts: NotebookFacts, split: Split): readonly Expression[] | null {
  const call = expressionAt(facts, split.at);
  if (call?.op !== "call" || call.args.some(({ spread }) => spread !== null)) return null;
  const arrays = call.args.filter(({ name }) => name === null).map(({ value }) => value);
  return arrays.length === 0 || arrays.some((value) => isList(facts, value, split)) ? null : arrays;
}

/** The parts of a split, as they are picked of each array: its call becomes the list of them. */
export function partsOf(
  facts: NotebookFacts,
  split: Split,
  arrays: readonly Expression[],
  parted: (array: string) => readonly string[],
): Edit {
  const parts = arrays.flatMap((value) => {
    const text = facts.textOf(value.at);
    const whole = value.op === "binary" || value.op === "unary" || value.op === "choose" ? `(${text})` : text;
    return parted(whole);
  });
  const isWhole = split.statement.to === split.at.to;
  const newText = isWhole ? parts.join(", ") : `(${parts.join(", ")})`;
  return { cellId: split.at.cell, range: split.at, newText };
}

function isList(facts: NotebookFacts, value: Expression, split: Split): boolean {
  if (value.op !== "name") return makesList(value);
  const giver = facts
    .flow()
    .slice(0, statementIndex(facts, split.at))
    .findLast(({ binds }) => binds.has(value.name));
  const made = giver && givenTo(facts, giver, value.name);
  return giver === undefined || (made != null && makesList(made));
}

function makesList(value: Expression): boolean {
  if (value.op === "list" || value.op === "each" || value.op === "tuple") return true;
  return value.op === "call" && listing.has(calledName(value));
}

const listing: ReadonlySet<string> = new Set(["list", "sorted", "to_list", "tolist", "tuple"]);
