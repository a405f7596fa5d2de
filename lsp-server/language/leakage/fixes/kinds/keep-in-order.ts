import type { Split } from "../../facts/values/value.ts";
import type { Edit } from "../../finding.ts";
import type { NotebookFacts } from "../../rule.ts";
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
    const kept = withoutArguments(text, ["stratify", "shuffle", "random_state"]).replace(/,?\s*\)$/, "");
    return [{ cellId: at.cell, range: at, newText: `${kept}, shuffle=False)` }];
  }
  if (at.from === split.at.from) return null;
  const needed = importLine(facts, "sklearn.model_selection", "TimeSeriesSplit", at);
  return [
    ...needed.edits,
    { cellId: at.cell, range: at, newText: `${needed.name}(n_splits=${split.folds ?? 5})` },
  ];
}

/** A call's text without some of its named arguments. Arguments with brackets or strings inside are followed to their end. */
function withoutArguments(call: string, names: readonly string[]): string {
  let text = call;
  for (const name of names) {
    const start = new RegExp(`,\\s*${name}\\s*=`).exec(text);
    if (!start) continue;
    let depth = 0;
    let at = start.index + start[0].length;
    for (; at < text.length; at++) {
      const char = text[at] ?? "";
      if ("([{".includes(char)) depth++;
      else if (")]}".includes(char) && depth-- === 0) break;
      else if (char === "," && depth === 0) break;
    }
    text = text.slice(0, start.index) + text.slice(at);
  }
  return text;
}
