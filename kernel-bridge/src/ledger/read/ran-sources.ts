import { Failure } from "../../failure.ts";
import { readFolder } from "../chain/read-commit.ts";
import type { Run } from "../format/run.ts";
import { type ObjectReader, readObjects } from "../git/read-objects.ts";
import type { Store } from "../store/store.ts";
import { findRun } from "./find-run.ts";

/** What a run ran and its notebook does not hold, by its SHA-256. */
export type RanSources = ReadonlyMap<string, string>;

/** Of a run in its commit. Runs that were recorded before it was kept have none. */
export async function ranSourcesOf(
  objects: ObjectReader,
  commit: string,
  { cells }: Pick<Run, "cells">,
): Promise<RanSources> {
  if (!cells.some(({ edited, index }) => edited || index === null)) return new Map();
  return readFolder(objects, commit, "ran").catch((cause: unknown) => {
    if (cause instanceof Failure && cause.code === "ledger/no-such-file") return new Map();
    throw cause;
  });
}

/** Of a run of a store. */
export async function readRanSources(store: Store, run: Pick<Run, "id" | "cells">): Promise<RanSources> {
  const { commit } = await findRun(store, run.id);
  return readObjects(store, (objects) => ranSourcesOf(objects, commit, run));
}
