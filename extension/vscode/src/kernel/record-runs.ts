import { notObserved } from "@lookback/extension/hosts/not-observed.ts";
import { type RunRecorder, runRecorder } from "@lookback/extension/hosts/run-recorder.ts";
import { seenLate } from "@lookback/extension/hosts/seen-late.ts";
import { type FailureData, failureOf } from "@lookback/protocol/failures.ts";
import type { NotebookDocument } from "vscode";
import type { Server } from "../language-client.ts";
import type { Log } from "../log.ts";
import { notebookJson } from "../notebooks/notebook-json.ts";
import { recordsRuns } from "../settings.ts";
import { nameOf } from "../workspace-files.ts";

/** What makes kernels keep a journal, and records from it. */
export interface KernelRecorder {
  /** What became of each notebook's newest run. */
  readonly runs: RunRecorder<NotebookDocument>;
  /** Records what ran in a kernel since the last call, unless runs are not wanted. */
  record(notebook: NotebookDocument, kernelId: string): void;
  /** Says that the observer's own code raised in the notebook's kernel, and what: nothing of it is recorded. */
  notObserved(notebook: NotebookDocument, reason: string): void;
  /** Says that what the notebook's kernel ran so far was not seen; what it runs from now on is. */
  seenLate(notebook: NotebookDocument): void;
  /** Code to run in a kernel before any cell: it brings the SDK, and keeps a journal where runs are wanted; null when it cannot be had. What keeps runs from being recorded is shown. */
  observerCode(notebook: NotebookDocument, kernelId: string): Promise<string | null>;
}

/** Records through the server; what could not be recorded is asked for again with the notebook as it is then. */
export function kernelRecorder(server: Server, log: Log): KernelRecorder {
  const kernels = new WeakMap<NotebookDocument, string>();
  const runs = runRecorder<NotebookDocument>({
    async ask(notebook) {
      const kernelId = kernels.get(notebook);
      if (kernelId === undefined) return null;
      const name = nameOf(notebook.uri);
      const content = notebookJson(notebook);
      const run = await server.request("lookback/runs/record", { notebook: name, kernelId, content });
      log("info", "recorded", { notebook: name, run: run?.id ?? null });
      return run;
    },
    failureOf(error) {
      const failure = failureOf(error);
      log("error", "not recorded", { ...failure });
      return failure;
    },
    now: Date.now,
    later: (ms, work) => void setTimeout(work, ms),
  });
  const unseen = (notebook: NotebookDocument, failure: FailureData) => {
    log("error", "not observed", { notebook: nameOf(notebook.uri), ...failure });
    runs.unseen(notebook, failure);
  };
  return {
    runs,
    record(notebook, kernelId) {
      if (!recordsRuns()) return;
      kernels.set(notebook, kernelId);
      runs.record(notebook);
    },
    notObserved(notebook, reason) {
      if (recordsRuns()) unseen(notebook, notObserved(reason));
    },
    seenLate(notebook) {
      // What keeps a kernel from being observed at all says more.
      if (recordsRuns() && runs.of(notebook)?.state !== "unseen") runs.missed(notebook, late);
    },
    async observerCode(notebook, kernelId) {
      try {
        const { code, problem } = await server.request("lookback/kernel/observe", {
          notebook: nameOf(notebook.uri),
          kernelId,
          record: recordsRuns(),
        });
        if (problem === null) runs.seen(notebook);
        else unseen(notebook, problem);
        return code;
      } catch (error) {
        unseen(notebook, failureOf(error));
        return null;
      }
    },
  };
}

const late = seenLate(
  "To have a kernel's first run too, use the command Lookback: See Kernels From Their Start.",
);
