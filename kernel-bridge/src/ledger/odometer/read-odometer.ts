import type { Metric, Run } from "../format/run.ts";
import type { RunEntry } from "../index/index-file.ts";
import { readIndex } from "../index/run-index.ts";
import type { Store } from "../store/store.ts";
import { countModels, type LookOf, type ModelCount } from "./count-models.ts";
import { expectedOptimism, type Optimism } from "./expected-optimism.ts";

/** How often the rows of a score have judged, over all notebooks and copies of the ledger, and what that makes of the best score. */
export interface Odometer {
  readonly models: number;
  /** Whether there may be more of them. */
  readonly isLeast: boolean;
  /** In which somebody ran them. */
  readonly notebooks: readonly string[];
  readonly runs: number;
  /** Of these, how many were not run by somebody: honest scores that were kept, of copies of a notebook. */
  readonly copies: number;
  /** How many models each of these runs judged, the oldest first: one that ran again from the top counts in each. */
  readonly byRun: readonly { readonly run: string; readonly at: string; readonly models: number }[];
  /** Of `runs`, how many were deleted: what was seen stays seen. */
  readonly deletedRuns: number;
  /** Start of the first of them. */
  readonly since: string;
  readonly optimism: Optimism;
}

/** The odometer of each score of a run, in their order: null of training rows, and of rows that are not known. */
export async function readOdometers(store: Store, run: Pick<Run, "metrics">): Promise<(Odometer | null)[]> {
  if (!run.metrics.some(isLook)) return run.metrics.map(() => null);
  const { recorded, tombstones } = await readIndex(store);
  return odometersOf(run.metrics, recorded, new Set(tombstones.keys()));
}

/** The same, of the runs that were ever recorded, the oldest first. */
export function odometersOf(
  metrics: readonly Metric[],
  recorded: readonly RunEntry[],
  deleted: ReadonlySet<string>,
): (Odometer | null)[] {
  const counts = new Map<string, Counted>();
  const optimisms = new Map<string, Optimism>();
  return metrics.map((metric) => {
    if (!isLook(metric)) return null;
    const { truth, name, split, rows } = metric;
    const counted = counts.get(truth.digest) ?? countOf(truth.digest, recorded, deleted);
    counts.set(truth.digest, counted);
    const { scores, ...odometer } = counted;
    const key = JSON.stringify([truth.digest, name]);
    const optimism =
      optimisms.get(key) ?? expectedOptimism(name, scores.get(name) ?? [], { rows, rarest: truth.rarest });
    optimisms.set(key, optimism);
    return { ...odometer, optimism: split === "held out" ? optimism : notHeldOut };
  });
}

const notHeldOut: Optimism = { notKnown: "whether all of its rows were held out is not known" };

type Counted = Omit<Odometer, "optimism"> & Pick<ModelCount, "scores">;

function countOf(digest: string, recorded: readonly RunEntry[], deleted: ReadonlySet<string>): Counted {
  const looks: LookOf[] = [];
  const runs = new Map<string, RunEntry["summary"]>();
  const byRun: Odometer["byRun"][number][] = [];
  for (const { summary, looks: all } of recorded) {
    // A run that came back from a remote stands in two chains.
    if (runs.has(summary.id)) continue;
    const same = all.filter(({ truth }) => truth === digest).flatMap((each) => each.looks);
    if (same.length === 0) continue;
    runs.set(summary.id, summary);
    byRun.push({ run: summary.id, at: summary.startedAt, models: same.length });
    for (const look of same) looks.push({ ...look, notebook: summary.notebook });
  }
  const starts = [...runs.values()].map(({ startedAt }) => startedAt).sort();
  return {
    ...countModels(looks),
    notebooks: [
      ...new Set(
        [...runs.values()].filter(({ origin }) => origin?.kind !== "honest").map(({ notebook }) => notebook),
      ),
    ].sort(),
    runs: runs.size,
    copies: [...runs.values()].filter(({ origin }) => origin?.kind === "honest").length,
    byRun,
    deletedRuns: [...runs.keys()].filter((id) => deleted.has(id)).length,
    since: starts[0] ?? "",
  };
}

function isLook(metric: Metric): metric is Metric & { readonly truth: NonNullable<Metric["truth"]> } {
  return metric.truth !== null && metric.split !== "train";
}
