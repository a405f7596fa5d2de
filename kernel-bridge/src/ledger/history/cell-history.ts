import { createHash } from "node:crypto";
import { memberOf } from "@lookback/notebook-file/json-tree.ts";
import { readNotebookFile } from "@lookback/notebook-file/read-notebook-file.ts";
import { Failure } from "../../failure.ts";
import { readFileOf, readFolder } from "../chain/read-commit.ts";
import { matchCells } from "../compare/cells/match-cells.ts";
import { type SideCell, sideOf } from "../compare/side.ts";
import { readRun } from "../format/read-run.ts";
import type { Author, CellRun, DatasetUse, Metric, ModelFit, Run } from "../format/run.ts";
import { notebookBytes } from "../format/split-notebook.ts";
import { type ObjectReader, readObjects } from "../git/read-objects.ts";
import { readIndex } from "../index/run-index.ts";
import { ranSourcesOf } from "../read/ran-sources.ts";
import type { Store } from "../store/store.ts";

/** Every version of one cell that ran, newest first. */
export interface CellHistory {
  readonly notebook: string;
  /** The id that the notebook gives it; null where it gives none: then it was followed by its source. */
  readonly cellId: string | null;
  readonly versions: readonly CellVersion[];
  /** Records that could not be read, in sentences: a version may be missing. */
  readonly unread: readonly string[];
  /** Whether older runs were not looked at. */
  readonly isCut: boolean;
}

/** A source, and the runs in a row that ran it, newest first. */
export interface CellVersion {
  /** Null where the cell was edited after it ran and before its run ended, in runs that were recorded before what ran was kept. */
  readonly source: string | null;
  /** Of the source that ran. */
  readonly sha256: string;
  readonly runs: readonly CellInRun[];
}

/** What a cell did in one run. */
export interface CellInRun {
  readonly run: string;
  readonly author: Author | null;
  readonly startedAt: string;
  readonly durationMs: number | null;
  readonly outcome: CellRun["outcome"];
  /** 1-based place among the notebook's cells. */
  readonly number: number;
  /** As the notebook holds them. */
  readonly outputs: readonly unknown[];
  readonly datasets: readonly DatasetUse[];
  readonly models: readonly ModelFit[];
  readonly metrics: readonly Metric[];
}

export interface HistoryOptions {
  /** The notebook as it is now, where it is there: what the cell's number is of. */
  readonly now?: Uint8Array | null;
  /** How many runs are looked at. */
  readonly most?: number;
}

/**
 * The history of a cell, by its id, the name it has without one, the beginning of its id, or its 1-based number, in the runs of a notebook. Fails with
 * `history/no-such-cell` and `history/no-runs`.
 */
export async function cellHistory(
  store: Store,
  notebook: string,
  cell: string,
  { now = null, most = 500 }: HistoryOptions = {},
): Promise<CellHistory> {
  const { entries, unreadable } = await readIndex(store);
  // What a kept honest score ran nobody wrote into the notebook.
  const runs = entries
    .filter(({ summary }) => summary.notebook === notebook && summary.origin?.kind !== "honest")
    .reverse();
  if (runs.length === 0)
    throw new Failure("history/no-runs", `No run of ${notebook} is recorded.`, {
      advice: "`lookback runs` lists the runs.",
    });
  const unread = unreadable
    .filter((each) => each.notebook === notebook || each.notebook === null)
    .map(({ reason }) => reason);
  const versions: (CellVersion & { readonly runs: CellInRun[] })[] = [];
  let followed = now === null ? null : chosen(cellsOf(now), cell);
  let cellId = followed?.id ?? null;
  let wasThere = followed !== null;
  await readObjects(store, async (objects) => {
    for (const { commit, summary } of runs.slice(0, most)) {
      try {
        const run = readRun(await readFileOf(objects, commit, "run.json"));
        // By its id it is in runs that name it, and there is no need to look into others.
        if (cellId !== null && !run.cells.some((each) => each.cellId === cellId)) continue;
        const cells = await cellsIn(objects, commit, run);
        const found = followed === null ? chosen(cells, cell) : counterpart(followed, cells);
        if (found === null) continue;
        wasThere = true;
        followed = found;
        cellId ??= found.id;
        if (found.ran !== null) add(versions, run, found, found.ran);
      } catch (error) {
        unread.push(`Run ${summary.id}: ${error instanceof Error ? error.message : String(error)}`);
      }
    }
  });
  if (!wasThere) {
    throw new Failure("history/no-such-cell", `${notebook} has no cell ${cell}, and no run of it had one.`, {
      advice: "Give its id, or its number from 1: `lookback show RUN` lists both.",
    });
  }
  return { notebook, cellId, versions, unread, isCut: runs.length > most };
}

function add(
  versions: (CellVersion & { readonly runs: CellInRun[] })[],
  run: Run,
  cell: SideCell,
  ran: CellRun,
) {
  const of = (each: { readonly cellId: string }) => each.cellId === ran.cellId;
  const inRun: CellInRun = {
    run: run.id,
    author: run.author,
    startedAt: ran.startedAt,
    durationMs: ran.durationMs,
    outcome: ran.outcome,
    number: cell.index + 1,
    outputs: cell.outputs,
    datasets: run.datasets.filter(of),
    models: run.models.filter(of),
    metrics: run.metrics.filter(of),
  };
  const last = versions.at(-1);
  if (last?.sha256 === ran.sourceSha256) last.runs.push(inRun);
  else {
    const isKnown = !ran.edited || cell.sha256 === ran.sourceSha256;
    versions.push({ source: isKnown ? cell.source : null, sha256: ran.sourceSha256, runs: [inRun] });
  }
}

async function cellsIn(objects: ObjectReader, commit: string, run: Run): Promise<readonly SideCell[]> {
  const bytes = notebookBytes(await readFolder(objects, commit, "nb"));
  return sideOf(run, bytes, [], await ranSourcesOf(objects, commit, run)).cells ?? [];
}

/** The same cell in an earlier notebook. */
function counterpart(followed: SideCell, cells: readonly SideCell[]): SideCell | null {
  return matchCells([followed], cells)[0]?.[1] ?? null;
}

function chosen(cells: readonly SideCell[], wanted: string): SideCell | null {
  const exact = cells.find(({ id }) => id === wanted) ?? cells.find(({ name }) => name === wanted);
  if (exact !== undefined) return exact;
  if (/^\d{1,5}$/.test(wanted)) return cells.find(({ index }) => index + 1 === Number(wanted)) ?? null;
  const begun = cells.filter(({ id }) => wanted !== "" && id?.startsWith(wanted));
  return begun.length === 1 ? begun[0]! : null;
}

/** The cells of a notebook that is no run's. */
function cellsOf(bytes: Uint8Array): SideCell[] {
  return (readNotebookFile(bytes).value?.cells ?? []).map(({ id, index, type, source, node }) => ({
    name: id,
    id: memberOf(node, "id")?.kind === "string" ? id : null,
    index,
    type,
    source,
    sha256: createHash("sha256").update(source, "utf8").digest("hex"),
    outputs: [],
    ran: null,
  }));
}
