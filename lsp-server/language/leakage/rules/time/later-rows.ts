import { isScored, laterColumn } from "../../facts/reach.ts";
import type { Evaluation, Mark } from "../../facts/values/value.ts";
import { distinct, leaksOf, type NotebookFacts, step } from "../../rule.ts";

/** A value of later rows that models take as a feature, and the scores that rest on it. */
export interface LaterValue {
  readonly mark: Mark;
  /** The column that it stands in. */
  readonly column: string;
  readonly evaluations: readonly Evaluation[];
}

/** Values that one of these calls took from later rows, in a column that a model learned from and was scored on. */
export function laterValues(facts: NotebookFacts, calls: ReadonlySet<string>): LaterValue[] {
  const found: LaterValue[] = [];
  const isFeature = (mark: Mark, evaluation: Evaluation) =>
    mark.kind === "ahead" &&
    calls.has(mark.label) &&
    evaluation.fit.inputs.marks.has(mark.id) &&
    (evaluation.isFolds || isScored(facts, evaluation)) &&
    laterColumn(mark, evaluation) !== null;
  for (const { mark, evaluations } of leaksOf(facts, ({ inputs }) => inputs.marks, isFeature)) {
    const [first] = evaluations;
    const column = first && laterColumn(mark, first);
    if (column) found.push({ mark, column, evaluations });
  }
  return found;
}

/** How it reaches the scores. */
export function pathOf({ mark, evaluations }: LaterValue) {
  return distinct([
    step("source", mark.at, `${mark.label} takes later rows`),
    ...evaluations.map((one) => step("fit", one.fit.statement, `${one.fit.model} is fitted`)),
    ...evaluations.map((one) => step("evaluate", one.statement, one.how)),
  ]);
}
