import type { DataUse } from "../index/index-file.ts";
import { foldersOf, isLoose, type LinkedRuns, type Place } from "./link-runs.ts";

/** Where what a run read came from, as far as it is recorded. */
export interface Origin {
  /**
   * `bytes`: a run wrote these very bytes. `name`: the bytes that were read or written are not known, only that a run had written a file
   * of this name. `other-bytes`: the last that a run wrote there were others, so that something unrecorded changed the file. `nobody`: no
   * run is known to have written it.
   */
  readonly by: "bytes" | "name" | "other-bytes" | "nobody";
  /** The run that most likely wrote it: the latest before, one that wrote it under this name first. Null for `nobody`. */
  readonly rank: number | null;
  /** Others that may have written it, latest first. */
  readonly others: readonly number[];
  /** Whether the run itself wrote it as well. */
  readonly itself: boolean;
}

/** The lists of writes of which each that began before the run ended, and is not its own, may be where what it read came from. */
export function sourcesOf({ writes }: LinkedRuns, use: DataUse): Source[] {
  const { path, sha256 } = use;
  // What a name does not tell on one side it does not tell at all.
  const { byPath, below } = isLoose(use) ? writes.all : writes.loose;
  const named = [byPath.get(path), below.get(path), ...foldersOf(path).map((folder) => byPath.get(folder))];
  const same = sha256 === null ? undefined : writes.bySha256.get(sha256);
  return [
    ...(same === undefined ? [] : [{ places: same, by: "bytes" as const }]),
    ...named.flatMap((places) => (places === undefined ? [] : [{ places, by: "name" as const }])),
  ];
}

/** Writes that may be the origin of a read. */
export interface Source {
  readonly places: readonly Place[];
  readonly by: "bytes" | "name";
}

/** Where one thing that a run read came from. */
export function originOf(linked: LinkedRuns, rank: number, use: DataUse): Origin {
  const until = linked.until(rank);
  const found = { bytes: [] as Place[], name: [] as Place[] };
  let itself = false;
  for (const { places, by } of sourcesOf(linked, use)) {
    for (const place of places) {
      if (place.rank >= until) break;
      if (place.rank === rank) itself ||= by === "bytes";
      else found[by].push(place);
    }
  }
  const latest = (places: readonly Place[]) => Math.max(...places.map((place) => place.rank));
  const all = new Set([...found.bytes, ...found.name].map((place) => place.rank));
  const others = (chosen: number) => [...all].filter((each) => each !== chosen).sort((a, b) => b - a);
  if (found.bytes.length > 0) {
    const here = found.bytes.filter((place) => place.use.path === use.path);
    const chosen = latest(here.length > 0 ? here : found.bytes);
    return { by: "bytes", rank: chosen, others: others(chosen), itself };
  }
  if (found.name.length > 0) {
    const chosen = latest(found.name);
    return { by: "name", rank: chosen, others: others(chosen), itself };
  }
  const here = (linked.writes.all.byPath.get(use.path) ?? []).findLast(
    (place) => place.rank < until && place.rank !== rank,
  );
  if (here !== undefined && !itself) return { by: "other-bytes", rank: here.rank, others: [], itself };
  return { by: "nobody", rank: null, others: [], itself };
}
