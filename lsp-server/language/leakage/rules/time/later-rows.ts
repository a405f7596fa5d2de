import { isScored, laterColumn } from "../../facts/reach.ts";
import type { Evaluation } from "../../facts/values/fit.ts";
import type { Along, Mark } from "../../facts/values/mark.ts";
import { type TimeOrder, timeOrderOf } from "../../facts/values/time-order.ts";
import { distinct, leaksOf, type NotebookFacts, scoreStep, step } from "../../rule.ts";
import { listed } from "../names.ts";

/** A value of later rows that models take as a feature, and the scores that rest on it. */
export interface LaterValue {
  readonly mark: Mark;
  /** The column that it stands in; null where it is all of them. */
  readonly column: string | null;
  readonly evaluations: readonly Evaluation[];
}

/** Values that some calls took from later rows, in a column that a model learned from and was scored on. */
export function laterValues(facts: NotebookFacts, isCall: (mark: Mark) => boolean): LaterValue[] {
  return found(
    facts,
    isCall,
    (mark, evaluation) => evaluation.fit.inputs.marks.has(mark.id) && laterColumn(mark, evaluation) !== null,
  );
}

/** What some calls filled from later rows, in one column or in all, among the rows that a model was scored on. */
export function laterFills(facts: NotebookFacts, isCall: (mark: Mark) => boolean): LaterValue[] {
  return found(facts, isCall, (mark, evaluation) => {
    const { inputs, fit } = evaluation;
    const isOfAll = fit.target !== null && inputs.column === null && !inputs.isClosed;
    return isOfAll || laterColumn(mark, evaluation) !== null;
  });
}

function found(
  facts: NotebookFacts,
  isCall: (mark: Mark) => boolean,
  isFeature: (mark: Mark, evaluation: Evaluation) => boolean,
): LaterValue[] {
  const isLeak = (mark: Mark, evaluation: Evaluation) =>
    mark.kind === "ahead" &&
    isCall(mark) &&
    (evaluation.isFolds || isScored(facts, evaluation)) &&
    isFeature(mark, evaluation);
  return [...leaksOf(facts, ({ inputs }) => inputs.marks, isLeak)].map(({ mark, evaluations }) => ({
    mark,
    column: evaluations[0] ? laterColumn(mark, evaluations[0]) : null,
    evaluations,
  }));
}

/** How it reaches the scores. */
export function pathOf(facts: NotebookFacts, { mark, evaluations }: LaterValue) {
  return distinct([
    step("source", mark.at, `${mark.label} takes later rows`),
    ...evaluations.map((one) => step("fit", one.fit.statement, `${one.fit.model} is fitted`)),
    ...evaluations.map((one) => scoreStep(facts, one)),
  ]);
}

/** What filling from later rows rests on. */
export interface FillInTime {
  readonly along: Along;
  readonly order: TimeOrder | null;
}

/** The order in time of what was filled; null where nothing says that its rows are rows in time. */
export function fillInTime({ along }: Mark): FillInTime | null {
  if (!along) return null;
  const order = timeOrderOf(along.frame);
  return order || (along.frame?.timeColumns.length ?? 0) > 0 ? { along, order } : null;
}

/** What was filled, as a reader would say it, with its verb: all features that were, of their file where nothing was joined to it. */
export function filledText({ mark, column, evaluations }: LaterValue): string {
  const isJoined = evaluations.some(({ inputs }) =>
    [...inputs.marks.values()].some(({ kind }) => kind === "join"),
  );
  const of = isJoined ? "" : tableText(" of", mark);
  const names = listed([...new Set(evaluations.flatMap((one) => featuresWith(mark, one)))]);
  if (names === null) return column === null ? `Every column${of} is` : `\`${column}\`${of} is`;
  return `${names}${of} ${/` (and|,) /.test(names) ? "are" : "is"}`;
}

/** Names of features that carry a mark; columns that the text does not name are left out. */
function featuresWith(mark: Mark, { inputs, fit }: Evaluation): string[] {
  return [...(inputs.columns ?? [])].flatMap(([name, traits]) =>
    traits.marks.has(mark.id) && name !== fit.target?.column && !name.startsWith("?") ? [name] : [],
  );
}

/** The file that a value was taken along, behind a word; nothing where it is not known. */
export function tableText(word: string, { along }: Mark): string {
  const file = along?.frame?.file;
  return file ? `${word} \`${file.slice(file.lastIndexOf("/") + 1)}\`` : "";
}
