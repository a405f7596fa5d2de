import type { Split } from "../../facts/values/split.ts";
import type { Edit } from "../../finding.ts";
import type { NotebookFacts } from "../../rule.ts";
import { writtenAs } from "../../written-as.ts";
import { withMoreArguments, withoutArgument } from "../call-text.ts";
import type { FixKind } from "../fix-kind.ts";
import { importLine } from "../imports.ts";
import { expressionAt, outermost, positionOf, statementIndex } from "../names.ts";
import { Obstacle, quoted } from "../obstacle.ts";
import { calledName, callsIn, given } from "../statements/written.ts";
import { keepsOrder } from "../training-rows/keeps-rows.ts";

/** Cuts rows in time's order where they stand, or by a splitter that does; where they are not known to stand in it, sorts them first, or is not offered. */
export const keepInOrder: FixKind = {
  id: "keep-in-order",
  rules: ["random-split-on-time"],
  plan({ split, isOrdered = false }, facts) {
    const edits = split && orderEdits(facts, split);
    if (!split || !edits) return [];
    if (edits instanceof Obstacle) return edits;
    const isCut = split.label === "train_test_split";
    if (isOrdered && isStillSorted(facts, split)) {
      // Whoever is met on both sides of a random cut may be met on both sides of this one.
      const isOfMany = [...facts.groupings.values()].some(({ rows }) =>
        rows?.tables.some((table) => split.inputs.rows?.tables.includes(table)),
      );
      const title = isCut ? "Keep the rows in order: shuffle=False" : "Use TimeSeriesSplit";
      return [{ title, kind: isCut && !isOfMany ? "automatic" : "suggestion", edits }];
    }
    const sorting = isOrdered
      ? new Obstacle(
          "the rows are put into another order since they were sorted: sort them again right above the split",
        )
      : sortingEdit(facts, split);
    const title = `Sort by time first, then ${isCut ? "shuffle=False" : "use TimeSeriesSplit"}`;
    return sorting instanceof Obstacle
      ? sorting
      : [{ title, kind: "suggestion", edits: [sorting, ...edits] }];
  },
};

/** Whether nothing since the rows were sorted may have put them into another order. */
function isStillSorted(facts: NotebookFacts, { inputs, statement }: Split): boolean {
  const sorted = inputs.frame?.sortedBy;
  const flow = facts.flow();
  const after = sorted ? flow[statementIndex(facts, sorted.at) + 1] : undefined;
  // Sorted inside the call of the split itself.
  if (sorted && statementIndex(facts, sorted.at) === statementIndex(facts, statement)) return true;
  return after !== undefined && keepsOrder(facts, after, [statement]);
}

/** Sorts the one table, as it is read, by the one column that it is told to read as moments; else why the text does not say so, or rows move later. */
function sortingEdit(facts: NotebookFacts, { inputs, statement }: Split): Edit | Obstacle {
  const [file = "", ...others] = inputs.rows?.tables ?? [];
  const flow = facts.flow();
  const path = file.replace(/^file:/, "");
  const reads = flow.filter(({ text }) => path !== "" && text.includes(path));
  const [read] = reads;
  const [, table, moments] =
    /^(\w+)\s*=\s*\w+\.read_\w+\([^()]*\bparse_dates\s*=\s*\[\s*["']([^"']+)["']\s*\][^()]*\)$/.exec(
      read?.text ?? "",
    ) ?? [];
  const next = read && flow[flow.indexOf(read) + 1];
  if (!read || !next || table === undefined || others.length + reads.length !== 1)
    return new Obstacle(
      "the rows are not known to stand in time's order, and which column says when they happened is not written where they are read: sort them by it, then cut them in order",
    );
  if (!keepsOrder(facts, next, [statement]))
    return new Obstacle("rows are put into another order before the split: sort them by time right above it");
  const end = positionOf(facts, read.cell, read.to);
  return {
    cellId: read.cell,
    range: { start: end, end },
    newText: `\n${table} = ${table}.sort_values(${JSON.stringify(moments)})`,
  };
}

/** What makes a split cut behind each other the rows that it is given; else why its call does not say it. */
export function orderEdits(facts: NotebookFacts, split: Split): readonly Edit[] | Obstacle {
  const { decidedAt: at } = split;
  const text = facts.textOf(at);
  if (!text.endsWith(")")) return new Obstacle(`how the rows are cut is not written out in ${quoted(text)}`);
  if (split.label === "train_test_split") {
    const kept = ["stratify", "shuffle", "random_state"].reduce(
      (kept, name) => withoutArgument(kept, name) ?? kept,
      text,
    );
    return [{ cellId: at.cell, range: at, newText: withMoreArguments(kept, "shuffle=False") }];
  }
  const count = countOf(facts, split);
  if (at.from === split.at.from || count === null)
    return new Obstacle(
      `how many folds ${quoted(text)} makes is not written there: write a \`TimeSeriesSplit\` of as many`,
    );
  if (answersEach(facts, split))
    return new Obstacle(
      "folds behind each other answer for no row of the first, and each row is to be answered: score them instead",
    );
  const needed = importLine(facts, "sklearn.model_selection", "TimeSeriesSplit", at);
  return [...needed.edits, { cellId: at.cell, range: at, newText: `${needed.name}(n_splits=${count})` }];
}

/** How many folds a splitter makes, as its call says it; null where it is one, or nobody knows. */
function countOf(facts: NotebookFacts, { decidedAt, folds }: Split): string | null {
  const call = expressionAt(facts, decidedAt);
  if (call?.op !== "call") return null;
  const [first] = call.args;
  const said = given(call, "n_splits") ?? (first?.name === null ? first.value : null);
  if (said === null) return call.args.some(({ spread }) => spread !== null) ? null : String(folds ?? 5);
  if (said.op === "constant")
    return typeof said.value === "number" && said.value > 1 ? String(said.value) : null;
  return said.op === "name" ? facts.textOf(said.at) : null;
}

/** Whether a splitter parts rows that each are to be answered: folds behind each other answer for no row of the first. */
function answersEach(facts: NotebookFacts, { decidedAt, at }: Split): boolean {
  const [made, used] = [outermost(facts, decidedAt), outermost(facts, at)];
  return facts
    .flow()
    .filter((one) => one === used || (made && [...made.binds].some((name) => one.needs.has(name))))
    .some((one) => callsIn(writtenAs(facts, one)).some((call) => calledName(call) === "cross_val_predict"));
}
