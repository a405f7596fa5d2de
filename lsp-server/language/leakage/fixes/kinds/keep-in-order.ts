import type { Split } from "../../facts/values/split.ts";
import type { Edit } from "../../finding.ts";
import type { NotebookFacts } from "../../rule.ts";
import { withMoreArguments, withoutArgument } from "../call-text.ts";
import type { FixKind } from "../fix-kind.ts";
import { importLine } from "../names.ts";

/** Cuts rows in time's order where they stand, or by a splitter that does. */
export const keepInOrder: FixKind = {
  id: "keep-in-order",
  rules: ["random-split-on-time"],
  plan({ split, isOrdered = false }, facts) {
    if (split === undefined) return [];
    const edits = orderEdits(facts, split);
    if (edits === null) return [];
    if (split.label !== "train_test_split")
      return [{ title: "Use TimeSeriesSplit", kind: "suggestion", edits }];
    return [
      {
        title: isOrdered ? "Keep the rows in order: shuffle=False" : "Sort by time first, then shuffle=False",
        kind: isOrdered ? "automatic" : "suggestion",
        edits,
      },
    ];
  },
};

/** What makes a split cut behind each other the rows that it is given; null where its call is not written out. */
export function orderEdits(facts: NotebookFacts, split: Split): readonly Edit[] | null {
  const { decidedAt: at } = split;
  const text = facts.textOf(at);
  if (!text.endsWith(")")) return null;
  if (split.label === "train_test_split") {
    const kept = ["stratify", "shuffle", "random_state"].reduce(
      (kept, name) => withoutArgument(kept, name) ?? kept,
      text,
    );
    return [{ cellId: at.cell, range: at, newText: withMoreArguments(kept, "shuffle=False") }];
  }
  if (at.from === split.at.from) return null;
  const needed = importLine(facts, "sklearn.model_selection", "TimeSeriesSplit", at);
  return [
    ...needed.edits,
    { cellId: at.cell, range: at, newText: `${needed.name}(n_splits=${split.folds ?? 5})` },
  ];
}
