import { Failure } from "../../failure.ts";
import type { Author, RunMarks, RunSummary } from "../format/run.ts";
import { noMarks } from "../format/run-summary.ts";
import { type RunIndex, readIndex } from "../index/run-index.ts";
import { directDependants } from "../lineage/closures.ts";
import { appendEvent } from "../marks/append-event.ts";
import { foldMarks } from "../marks/fold-marks.ts";
import { alone } from "../pins/alone.ts";
import { findIn } from "../read/find-run.ts";
import { refreshPins } from "../remotes/remote-pins.ts";
import type { Store, WritableStore } from "../store/store.ts";
import { protectionOf } from "./protect.ts";

/** What deleting some runs means. */
export interface DeletePlan {
  readonly runs: readonly RunSummary[];
  /** Why some of them may not be deleted at all. */
  readonly refused: readonly Refusal[];
  /** What would lose by it, and is lost all the same when it is confirmed. */
  readonly warnings: readonly Warning[];
}

/** That a deployment rests on a run, or rested until some time, directly or through what it produced. */
export interface Refusal {
  readonly run: string;
  readonly deployments: readonly { readonly name: string; readonly until: string | null }[];
}

/** A run that may have read what a run to be deleted wrote, or found its variables (`path` is null); one that is kept as its honest score; or marks that it has. */
export type Warning =
  | { readonly kind: "honest"; readonly run: string; readonly of: string }
  | {
      readonly kind: "dependant";
      readonly run: string;
      readonly notebook: string;
      readonly path: string | null;
    }
  | { readonly kind: "marked"; readonly run: string; readonly marks: RunMarks };

/** What deleting runs would mean; changes nothing. Fails as finding a run does, and with `ledger/unsure`. */
export async function planDelete(store: Store, ids: readonly string[]): Promise<DeletePlan> {
  await refreshPins(store);
  return planIn(store, await readIndex(store), ids);
}

/**
 * Deletes runs: they are no longer listed, found or restored, here and wherever the ledger is shared, and can be brought back until their
 * bytes are freed. Refuses with `delete/rested-on` what a deployment rests or ever rested on, and, unless it is confirmed, with
 * `delete/not-confirmed` where there are warnings. Either deletes none.
 */
export function deleteRuns(
  store: WritableStore,
  ids: readonly string[],
  { by, confirmed }: { readonly by: Author; readonly confirmed: boolean },
): Promise<DeletePlan> {
  return alone(store, async () => {
    await refreshPins(store);
    const seen = await readIndex(store);
    const plan = await planIn(store, seen, ids);
    const { refused, warnings } = plan;
    if (refused.length > 0) {
      throw new Failure("delete/rested-on", `${sayRefusals(refused)} Nothing was deleted.`, {
        advice: "What a deployment rests or ever rested on stays, so that it can always be explained.",
        data: { refused },
      });
    }
    if (warnings.length > 0 && !confirmed) {
      throw new Failure("delete/not-confirmed", "Something would lose by it. Nothing was deleted.", {
        advice: "Confirm it: `--yes` on the command line.",
        data: { warnings },
      });
    }
    const runs = plan.runs.map(({ id }) => id);
    await appendEvent(store, { kind: "delete", runs }, { by, seen });
    return plan;
  });
}

/** Brings deleted runs back. Fails with `delete/not-deleted`, and with `delete/freed` for one whose bytes are gone; then brings back none. */
export function undeleteRuns(store: WritableStore, ids: readonly string[], by: Author): Promise<string[]> {
  return alone(store, async () => {
    const seen = await readIndex(store);
    const runs = ids.map((id) => deletedRun(seen, id));
    await appendEvent(store, { kind: "undelete", runs }, { by, seen });
    return runs;
  });
}

async function planIn(store: Store, index: RunIndex, wanted: readonly string[]): Promise<DeletePlan> {
  const entries = [
    ...new Map(wanted.map((id) => findIn(index, id)).map((entry) => [entry.commit, entry])).values(),
  ];
  const protection = await protectionOf(store, index);
  const { linked } = protection;
  const ranks = new Set(entries.map(({ summary }) => linked.rankOf.get(summary.id)!));
  const marks = foldMarks(index.events);
  const refused = [...ranks].flatMap((rank) => {
    if (!protection.ranks.has(rank)) return [];
    const deployments = protection.restsOn(rank).map(({ deployment: name, until }) => ({ name, until }));
    return [{ run: linked.runs[rank]!.summary.id, deployments }];
  });
  const dependants = directDependants(linked, ranks).flatMap(({ rank, by: path }): Warning[] => {
    const { id: run, notebook } = linked.runs[rank]!.summary;
    return index.tombstones.has(run) ? [] : [{ kind: "dependant", run, notebook, path }];
  });
  const marked = entries.flatMap(({ summary: { id: run } }): Warning[] => {
    const its = marks.get(run) ?? noMarks;
    return its.starred || its.name !== null || its.official.length > 0
      ? [{ kind: "marked", run, marks: its }]
      : [];
  });
  const ids = new Set(entries.map(({ summary }) => summary.id));
  const honest = index.entries.flatMap(({ summary: { id: run, origin } }): Warning[] =>
    origin?.kind === "honest" && origin.run !== null && ids.has(origin.run) && !ids.has(run)
      ? [{ kind: "honest", run, of: origin.run }]
      : [],
  );
  return {
    runs: entries.map(({ summary }) => summary),
    refused,
    warnings: [...marked, ...dependants, ...honest],
  };
}

function deletedRun({ tombstones }: RunIndex, id: string): string {
  const wanted = id.toUpperCase();
  const found = tombstones.has(wanted)
    ? [wanted]
    : [...tombstones.keys()].filter((each) => wanted !== "" && each.startsWith(wanted));
  const [run] = found;
  if (run === undefined || found.length > 1) {
    const what =
      found.length > 1 ? `${found.length} deleted runs begin with ${id}` : `No run ${id} is deleted`;
    throw new Failure("delete/not-deleted", `${what}. Nothing was brought back.`, {
      advice: "`lookback delete --list` lists the deleted runs.",
    });
  }
  if (tombstones.get(run)?.freedAt == null) return run;
  throw new Failure("delete/freed", `The bytes of run ${run} were freed. Nothing was brought back.`);
}

function sayRefusals(refused: readonly Refusal[]): string {
  return refused
    .map(({ run, deployments }) => {
      const said = deployments.map(({ name, until }) =>
        until === null ? name : `${name} (until ${until.slice(0, 10)})`,
      );
      const rest = deployments.every(({ until }) => until !== null)
        ? "rested"
        : said.length > 1
          ? "rest"
          : "rests";
      return `${[...new Set(said)].join(", ")} ${rest} on run ${run}.`;
    })
    .join(" ");
}
