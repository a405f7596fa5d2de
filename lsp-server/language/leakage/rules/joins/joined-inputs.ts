import { isScored } from "../../facts/reach.ts";
import type { Evaluation } from "../../facts/values/fit.ts";
import type { JoinFact, Side } from "../../facts/values/join-fact.ts";
import type { Mark } from "../../facts/values/mark.ts";
import { distinct, leaksOf, type NotebookFacts, scoreStep, step } from "../../rule.ts";

/** A join that brought in what models learned from, and the scores that rest on it. */
export interface JoinedInput {
  readonly mark: Mark;
  readonly join: JoinFact;
  readonly evaluations: readonly Evaluation[];
  /** The columns of neither side are known, and what is to be predicted may be all that came in. */
  readonly isPerhapsOfTarget: boolean;
}

/** The joins of some kind that brought in inputs of models that were scored. */
export function joinedInputs(facts: NotebookFacts, isMeant: (join: JoinFact) => boolean): JoinedInput[] {
  const isLeak = ({ kind, join }: Mark, evaluation: Evaluation) =>
    kind === "join" && join !== null && isMeant(join) && (evaluation.isFolds || isScored(facts, evaluation));
  return [...leaksOf(facts, ({ fit }) => fit.inputs.marks, isLeak)].flatMap(({ mark, evaluations }) =>
    mark.join
      ? [
          {
            mark,
            join: mark.join,
            evaluations,
            isPerhapsOfTarget: isPerhapsOfTarget(mark, mark.join, evaluations),
          },
        ]
      : [],
  );
}

function isPerhapsOfTarget(
  mark: Mark,
  { left, right }: JoinFact,
  evaluations: readonly Evaluation[],
): boolean {
  const isKnown = left.columns !== null || right.columns !== null;
  return !isKnown && evaluations.every(({ fit }) => fit.target?.marks.has(mark.id) === true);
}

/** How it reaches the scores. */
export function pathOf(facts: NotebookFacts, { mark, evaluations }: JoinedInput, source: string) {
  return distinct([
    step("source", mark.at, source),
    ...evaluations.map((one) => step("fit", one.fit.statement, `${one.fit.model} is fitted`)),
    ...evaluations.map((one) => scoreStep(facts, one)),
  ]);
}

/** A side of a join, as a reader would say it: its file, else its part of the sentence. */
export function sideText({ path }: Side, otherwise: string): string {
  return path === null ? otherwise : `\`${path.slice(path.lastIndexOf("/") + 1)}\``;
}

/** The model that learned from it first. */
export function modelOf({ evaluations }: JoinedInput): string {
  return `\`${evaluations[0]?.fit.model}\``;
}
