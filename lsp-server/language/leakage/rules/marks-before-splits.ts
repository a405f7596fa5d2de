import type { Mark } from "../facts/values/mark.ts";
import { overlap } from "../facts/values/rows.ts";
import type { Split } from "../facts/values/split.ts";
import type { NotebookFacts } from "../rule.ts";

/** What the rows of splits went through before they were cut, where nobody has learned from the parts: somebody may be about to. */
export function marksBeforeSplits(
  facts: NotebookFacts,
): readonly { readonly mark: Mark; readonly split: Split }[] {
  const used = new Set(
    [...facts.fits.values()].flatMap(({ inputs }) => inputs.rows?.limits.map(({ cut }) => cut) ?? []),
  );
  const seen = new Map<string, { mark: Mark; split: Split }>();
  for (const split of facts.splits.values()) {
    if (used.has(split.id) || split.folds !== null) continue;
    for (const mark of split.inputs.marks.values()) {
      const isOfThese = mark.rows && split.inputs.rows && overlap(mark.rows, split.inputs.rows);
      const key = `${mark.at.cell}:${mark.at.from}:${mark.at.to}`;
      if (isOfThese && !seen.has(key)) seen.set(key, { mark, split });
    }
  }
  return [...seen.values()];
}
