import type { ShownOutput } from "@lookback/kernel-bridge/ledger/compare/comparison.ts";
import type { DeletePlan } from "@lookback/kernel-bridge/ledger/delete/delete-runs.ts";
import type { DeletedRun } from "@lookback/kernel-bridge/ledger/delete/deleted-runs.ts";
import type { Run, RunMarks, RunSummary, UnreadableRun } from "@lookback/kernel-bridge/ledger/format/run.ts";
import type { MarkWish } from "@lookback/kernel-bridge/ledger/marks/mark-run.ts";
import type { WaitingRun } from "@lookback/kernel-bridge/ledger/record/waiting-runs.ts";
import type { NotRestored } from "@lookback/kernel-bridge/ledger/restore/contents-of-run.ts";
import type { FailureData } from "./failures.ts";
import type { JsonValue } from "./json.ts";

export type {
  GitChanges,
  Run,
  RunMarks,
  RunSummary,
  UnreadableRun,
} from "@lookback/kernel-bridge/ledger/format/run.ts";

export type { MarkWish } from "@lookback/kernel-bridge/ledger/marks/mark-run.ts";

export type { WaitingRun } from "@lookback/kernel-bridge/ledger/record/waiting-runs.ts";

/** nbformat 4 JSON as the editor holds it now, outputs included. */
export type NotebookContent = { [key: string]: JsonValue };

/** A run with what is not in it: what was said of it, and the score that stands for it. */
export interface ShownRun extends Run {
  readonly marks: RunMarks;
  readonly headline: Run["metrics"][number] | null;
  /** Of each score, in their order, how many models its rows have judged, and what that makes of the best: one sentence; null where there is nothing to say. */
  readonly looks: readonly (string | null)[];
}

/** What a cell of a run showed. */
export interface CellOutputs {
  readonly cellId: string;
  /** 0-based place among the notebook's cells. */
  readonly index: number;
  readonly outputs: readonly ShownOutput[];
}

export interface RunRequests {
  /** Called when the kernel's queue is empty: records what ran since the last call. Null when nothing ran. */
  "lookback/runs/record": {
    params: { notebook: string; kernelId: string; content: NotebookContent };
    result: RunSummary | null;
  };
  /** Of every open folder, newest first; `unreadable` is recorded and cannot be read, and has its row too; `problems` says why the runs of a folder are not among them. */
  "lookback/runs/list": {
    params: { notebook?: string; limit?: number };
    result: { runs: RunSummary[]; total: number; unreadable: UnreadableRun[]; problems: FailureData[] };
  };
  /** What runs or ran in a kernel and is in no run yet, of every open folder, the oldest first. */
  "lookback/runs/waiting": { params: Record<string, never>; result: { runs: WaitingRun[] } };
  "lookback/runs/show": { params: { id: string }; result: ShownRun };
  /** What the cells showed that the run ran, by their places in its notebook; of very long notebooks the first, and `left` more. Nothing in it was evaluated or cleaned. */
  "lookback/runs/outputs": {
    params: { id: string };
    result: { cells: CellOutputs[]; left: number };
  };
  /** The notebook as it ran, byte for byte; `sources` are those of the run's cells, in their order, null where the notebook no longer holds what ran. */
  "lookback/runs/notebook": {
    params: { id: string };
    result: { text: string; sources: (string | null)[] };
  };
  /** Stars, names, notes, tags a run, or makes it the official answer to a question; what is absent stays. Answers its marks, and the run that was official until now. */
  "lookback/runs/mark": {
    params: { id: string; marks: MarkWish };
    result: { run: string; marks: RunMarks; insteadOf: string | null };
  };
  /** Runs of one ledger. Answers what it means; deletes them unless something is refused, or there are warnings and it is not `confirmed`. */
  "lookback/runs/delete": {
    params: { ids: string[]; confirmed: boolean };
    result: DeletePlan & { readonly deleted: boolean };
  };
  /** Brings deleted runs back; fails for those whose bytes are freed. */
  "lookback/runs/undelete": { params: { ids: string[] }; result: { runs: string[] } };
  /** Of every open folder, the last to be deleted first. */
  "lookback/runs/deleted": { params: Record<string, never>; result: { runs: DeletedRun[] } };
  /**
   * Writes the run's notebook beside the original, with `data` into a folder beside it with what it read; never overwrites. `inPlace`: in
   * place of what is there, of which a copy is kept; fails with `restore/unsaved` where that is in no run and not committed, unless
   * `force`, and with `restore/open` where the notebook is open with unsaved edits.
   */
  "lookback/runs/restore": {
    params: { id: string; data?: boolean; inPlace?: boolean; force?: boolean };
    result: {
      path: string;
      written: string[];
      missing: NotRestored[];
      unstable: string[];
      replaced: { path: string; copy: string }[];
    };
  };
}

export interface RunNotifications {
  /** A run was recorded; null: any may be new, or otherwise marked, deleted or brought back. */
  "lookback/runs/changed": { id: string | null };
  /** Other runs wait than before: a cell began, ended, or its run was recorded. What ends at once is not told of. */
  "lookback/runs/waits": Record<string, never>;
}
