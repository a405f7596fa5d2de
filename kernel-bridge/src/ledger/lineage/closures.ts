import { foldersOf, isLoose, type LinkedRuns, type Place } from "./link-runs.ts";
import { sourcesOf } from "./origins.ts";

/**
 * All that some runs rest on, themselves included: every run that may have written what they read, and those before in their kernels,
 * whose variables they found, through any number of steps. What may be is taken as what is. Linear in what was used.
 */
export function restsOn(linked: LinkedRuns, from: Iterable<number>): Set<number> {
  const reached = new Set<number>(from);
  const waiting = [...reached];
  // How far each list was gone through: it is in the order of ranks.
  const done = new Map<readonly Place[], number>();
  const reach = (rank: number) => {
    if (reached.has(rank)) return;
    reached.add(rank);
    waiting.push(rank);
  };
  for (let rank = waiting.pop(); rank !== undefined; rank = waiting.pop()) {
    const before = linked.predecessor(rank);
    if (before !== null) reach(before);
    const until = linked.until(rank);
    for (const use of linked.runs[rank]!.uses) {
      if (use.access === "write") continue;
      for (const { places } of sourcesOf(linked, use)) {
        let at = done.get(places) ?? 0;
        for (; at < places.length && places[at]!.rank < until; at++) reach(places[at]!.rank);
        done.set(places, at);
      }
    }
  }
  return reached;
}

/** A run that may rest on another, and by what: a path it read, or null for the variables of its kernel. */
export interface Dependant {
  readonly rank: number;
  readonly by: string | null;
}

/** The runs that may rest on any of some directly, oldest first. */
export function directDependants(linked: LinkedRuns, of: ReadonlySet<number>): Dependant[] {
  const earliest = earliestOf(linked, of);
  return linked.runs.flatMap((_, rank) => {
    const by = of.has(rank) ? undefined : reasonOf(linked, rank, of, earliest);
    return by === undefined ? [] : [{ rank, by }];
  });
}

/** All that rests on some runs, themselves included, through any number of steps. */
export function dependsOn(linked: LinkedRuns, from: Iterable<number>): Set<number> {
  const reached = new Set<number>(from);
  for (let before = -1; before !== reached.size; ) {
    before = reached.size;
    const earliest = earliestOf(linked, reached);
    for (const rank of linked.runs.keys()) {
      if (reached.has(rank) || reasonOf(linked, rank, reached, earliest) === undefined) continue;
      reached.add(rank);
      note(linked, rank, earliest);
    }
  }
  return reached;
}

/** List of writes → the rank of the earliest among some runs. */
type Earliest = Map<readonly Place[], number>;

function earliestOf(linked: LinkedRuns, ranks: ReadonlySet<number>): Earliest {
  const earliest: Earliest = new Map();
  for (const rank of ranks) note(linked, rank, earliest);
  return earliest;
}

function note({ runs, writes }: LinkedRuns, rank: number, earliest: Earliest): void {
  for (const use of runs[rank]!.uses) {
    const { access, path, sha256 } = use;
    if (access !== "write") continue;
    const lists = [sha256 === null ? undefined : writes.bySha256.get(sha256)];
    for (const { byPath, below } of isLoose(use) ? [writes.all, writes.loose] : [writes.all])
      lists.push(byPath.get(path), ...foldersOf(path).map((folder) => below.get(folder)));
    for (const list of lists)
      if (list !== undefined) earliest.set(list, Math.min(rank, earliest.get(list) ?? rank));
  }
}

/** By what a run rests on any of some; undefined when it does not. */
function reasonOf(
  linked: LinkedRuns,
  rank: number,
  of: ReadonlySet<number>,
  earliest: Earliest,
): string | null | undefined {
  const until = linked.until(rank);
  for (const use of linked.runs[rank]!.uses) {
    if (use.access === "write") continue;
    for (const { places } of sourcesOf(linked, use))
      if ((earliest.get(places) ?? Number.POSITIVE_INFINITY) < until) return use.path;
  }
  const before = linked.predecessor(rank);
  return before !== null && of.has(before) ? null : undefined;
}
