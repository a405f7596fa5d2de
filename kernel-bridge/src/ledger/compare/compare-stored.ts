import { Failure } from "../../failure.ts";
import { newBytes } from "../../objects/new-bytes.ts";
import { headlineMetric } from "../format/headline-metric.ts";
import { readOdometers } from "../odometer/read-odometer.ts";
import { sayOdometer } from "../odometer/say-odometer.ts";
import { pinsByCommit } from "../pins/pins.ts";
import { findRun } from "../read/find-run.ts";
import { readRanSources } from "../read/ran-sources.ts";
import { readRunNotebook } from "../read/read-run-notebook.ts";
import { showRun } from "../read/show-run.ts";
import type { Store } from "../store/store.ts";
import { compareRuns } from "./compare-runs.ts";
import type { Comparison, DataComparison } from "./comparison.ts";
import { type Side, sideOf } from "./side.ts";

/** Where a run is recorded: those of several open folders may be compared. */
export interface StoredRun {
  readonly store: Store;
  /** Its id, or the beginning of it. */
  readonly id: string;
}

/** Recorded runs compared. A notebook that cannot be read is said to be that. Fails as `findRun` does, and with `compare/too-few`. */
export async function compareStored(runs: readonly StoredRun[]): Promise<Comparison> {
  const sides = await Promise.all(runs.map(readSide));
  if (new Set(sides.map(({ run }) => run.id)).size < 2) {
    throw new Failure("compare/too-few", "Two different runs are needed. Nothing was compared.", {
      advice: "`lookback runs` lists them.",
    });
  }
  const comparison = compareRuns(sides);
  const [left, right] = runs;
  const isOneStore = left !== undefined && left.store.dir === right?.store.dir;
  if (comparison.pair === null || !isOneStore) return comparison;
  const data = await Promise.all(comparison.pair.data.map((each) => withNewBytes(left.store, each)));
  return { ...comparison, pair: { ...comparison.pair, data }, looks: await looksAt(left.store, sides) };
}

/** Whoever takes the better of two has looked twice at the same rows. */
async function looksAt(store: Store, sides: readonly Side[]): Promise<string | null> {
  const [one, other] = sides.map(({ run }) => headlineMetric(run));
  if (one == null || other == null || one.name !== other.name) return null;
  if (one.truth === null || one.truth.digest !== other.truth?.digest) return null;
  const [odometer = null] = await readOdometers(store, { metrics: [other] });
  return odometer === null ? null : sayOdometer(other, odometer);
}

async function readSide({ store, id }: StoredRun): Promise<Side> {
  const [{ commit }, run, notebook, { pins }] = await Promise.all([
    findRun(store, id),
    showRun(store, id),
    readRunNotebook(store, id).catch((error) => {
      if (error instanceof Failure && error.code === "ledger/notebook-differs") return null;
      throw error;
    }),
    pinsByCommit(store),
  ]);
  return sideOf(run, notebook, pins.get(commit) ?? [], await readRanSources(store, run));
}

async function withNewBytes(store: Store, data: DataComparison): Promise<DataComparison> {
  const { left, right, state } = data;
  const isThere = left?.isStored && right?.isStored && left.sha256 !== null && right.sha256 !== null;
  if (state !== "changed" || !isThere) return data;
  return { ...data, newBytes: await newBytes(store.objects, left.sha256!, right.sha256!) };
}
