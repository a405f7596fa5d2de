import { createHash } from "node:crypto";
import type { Metric, ModelFit, Run, ScoreTable } from "../format/run.ts";

/** The looks of a run at the same rows, known by their true values. */
export interface RowsLooks {
  readonly truth: string;
  readonly looks: readonly Look[];
}

/** A model judged by rows that it was not fitted on, as far as that is known. */
export interface Look {
  /** The fit, in its kernel's session; of scores whose model is not known, the class that they are of, or nothing. */
  readonly model: { readonly fit: string } | { readonly estimator: string | null };
  /** The same for fits of one class with the same parameters on the same rows; null where that is not known. */
  readonly likeness: string | null;
  /** By name; of an unknown model all that were computed, of a known one the last. */
  readonly scores: Readonly<Record<string, readonly number[]>>;
  /** Names of the scores that are known to be of rows held out. */
  readonly heldOut: readonly string[];
}

/** What a run looked at, for the index. A score on training rows is no look: nobody chooses by it what they believe to be unseen. */
export function looksOfRun(run: Pick<Run, "models" | "metrics" | "tables" | "session">): RowsLooks[] {
  const fits = new Map(run.models.map((model) => [model.model, model]));
  const rows = new Map<string, Map<string, Building>>();
  for (const score of [...run.metrics, ...run.tables]) {
    const { truth, split } = score;
    if (truth === null || split === "train") continue;
    const looks = rows.get(truth.digest) ?? new Map<string, Building>();
    rows.set(truth.digest, looks);
    const model =
      score.model === null ? { estimator: score.estimator } : { fit: `${run.session.id} ${score.model}` };
    const key = JSON.stringify(model);
    const likeness = score.model === null ? null : likenessOf(fits.get(score.model));
    const look = looks.get(key) ?? { model, likeness, scores: new Map(), heldOut: new Set() };
    looks.set(key, look);
    add(look, score);
  }
  return [...rows].map(([truth, looks]) => ({
    truth,
    looks: [...looks.values()].map(({ scores, heldOut, ...look }) => ({
      ...look,
      scores: Object.fromEntries(scores),
      heldOut: [...heldOut],
    })),
  }));
}

interface Building extends Pick<Look, "model" | "likeness"> {
  readonly scores: Map<string, readonly number[]>;
  readonly heldOut: Set<string>;
}

function add(look: Building, score: Metric | ScoreTable): void {
  if (!("value" in score)) return;
  const { name, value, values, folds, split } = score;
  const given = values === null || folds !== null ? [value] : values;
  const before = "fit" in look.model ? [] : (look.scores.get(name) ?? []);
  look.scores.set(name, "fit" in look.model ? [value] : [...new Set([...before, ...given])]);
  if (split === "held out") look.heldOut.add(name);
}

function likenessOf(fit: ModelFit | undefined): string | null {
  // Of rows that were only sampled it is not known that they are the same.
  if (fit?.digest?.startsWith("sha256:") !== true) return null;
  const { className, method, calls, steps, stepParameters, parameters, digest } = fit;
  const all = JSON.stringify([className, method, calls, steps, stepParameters, parameters, digest]);
  return createHash("sha256").update(all).digest("hex").slice(0, 32);
}
