import type { Author } from "../format/run.ts";
import type { EventEntry } from "../index/index-file.ts";

/** That a run was deleted, by whom, and whether its bytes were freed since: then it cannot come back. */
export interface Tombstone {
  readonly by: Author;
  readonly at: string;
  /** When; null until then. */
  readonly freedAt: string | null;
}

/** The tombstones that stand, by run, from events in the order they count. Whatever is said after its bytes were freed, a run stays deleted. */
export function foldTombstones(events: readonly EventEntry[]): ReadonlyMap<string, Tombstone> {
  const tombstones = new Map<string, Tombstone>();
  for (const { event } of events) {
    const { by, at, said } = event;
    if (said.kind !== "delete" && said.kind !== "undelete" && said.kind !== "free") continue;
    for (const run of said.runs) {
      const known = tombstones.get(run);
      if (known?.freedAt != null) continue;
      if (said.kind === "undelete") tombstones.delete(run);
      else if (said.kind === "delete") tombstones.set(run, known ?? { by, at, freedAt: null });
      else tombstones.set(run, { ...(known ?? { by, at }), freedAt: at });
    }
  }
  return tombstones;
}
