import type { Evaluation } from "../../facts/values/fit.ts";
import type { NotebookFacts } from "../../rule.ts";

/** Equal for the same test rows: those that were repeated or made up in between are others. */
export function testRowsOf({ inputs: { rows, marks } }: Evaluation): string {
  const made = [...marks.values()].flatMap(({ id, kind }) => (kind === "resample" ? [id] : []));
  return [rows?.key ?? "", ...made.sort()].join(" ");
}

/** Each time another model was made and judged: by its place, its class, and the turn of the loops that the rows were not cut in. */
export function modelsOf(facts: NotebookFacts, evaluations: readonly Evaluation[]): ReadonlySet<string> {
  const models = new Set<string>();
  const turnsAt = new Map<string, Set<string>>();
  for (const { fit } of evaluations) {
    const known = turnsAt.get(placeOf(fit)) ?? new Set();
    turnsAt.set(placeOf(fit), known);
    for (const turn of fit.turns) known.add(turn);
  }
  for (const { fit, inputs, turns } of evaluations) {
    // A baseline is there to be beaten, not to be chosen.
    if (/^Dummy(Classifier|Regressor)$/.test(fit.model)) continue;
    const cutIn = new Set(
      inputs.rows?.limits.flatMap(({ cut }) => [...(facts.splits.get(cut)?.loops ?? [])]),
    );
    const isFittedThere = (turnsAt.get(placeOf(fit))?.size ?? 0) > 1;
    for (const turn of isFittedThere ? turns : [""]) {
      const left = turn
        .split(" ")
        .filter((part) => !cutIn.has(part.slice(0, Math.max(part.indexOf("#"), 0))));
      models.add(`${placeOf(fit)} ${fit.model} ${left.join(" ")}`);
    }
  }
  return models;
}

/** Those that predict one thing and those that predict another are not held against each other; what is not told apart stays with the first. */
export function byTarget(evaluations: readonly Evaluation[]): Evaluation[][] {
  const targets = new Map<string, Evaluation[]>();
  const others: Evaluation[] = [];
  for (const one of evaluations) {
    const [from, another] = one.fit.target?.origins ?? [];
    if (from === undefined || another !== undefined) others.push(one);
    else targets.set(from, [...(targets.get(from) ?? []), one]);
  }
  const [first = [], ...rest] = targets.values();
  return [[...first, ...others], ...rest].map((group) => evaluations.filter((one) => group.includes(one)));
}

/** Where a model was fitted. */
export function placeOf({ at }: Evaluation["fit"]): string {
  return `${at.cell}:${at.from}`;
}

/** Turns of loops are counted as they are followed, which is not as often as they run; a network is the same one in each. */
export function howMany(evaluations: readonly Evaluation[], models: ReadonlySet<string>): string {
  const places = new Set(evaluations.map(({ fit }) => placeOf(fit)));
  const count = evaluations.some(({ fit }) => fit.isContinued) ? places.size : models.size;
  return count > 20 ? "many" : String(count);
}
