import type { NotebookDocument } from "vscode";
import type { Server } from "../language-client.ts";
import { type Log, reasonOf } from "../log.ts";
import { notebookJson } from "../notebooks/notebook-json.ts";
import { recordsRuns } from "../settings.ts";
import { nameOf } from "../workspace-files.ts";

/** Records what ran in a kernel since the last call. A run that cannot be recorded now stays in the journal: it is logged, never thrown. */
export async function recordRun(
  server: Server,
  log: Log,
  notebook: NotebookDocument,
  kernelId: string,
): Promise<void> {
  if (!recordsRuns()) return;
  const path = nameOf(notebook.uri);
  try {
    const run = await server.request("lookback/runs/record", {
      notebook: path,
      kernelId,
      content: notebookJson(notebook),
    });
    log("info", "recorded", { notebook: path, run: run?.id ?? null });
  } catch (error) {
    log("error", "not recorded", { notebook: path, reason: reasonOf(error) });
  }
}

/** Code to run in a kernel before any cell: it brings the SDK, and keeps a journal where runs are wanted; null when it cannot be had. */
export async function observerCode(
  server: Server,
  log: Log,
  notebook: NotebookDocument,
  kernelId: string,
): Promise<string | null> {
  const path = nameOf(notebook.uri);
  const record = recordsRuns();
  try {
    const { code, problem } = await server.request("lookback/kernel/observe", {
      notebook: path,
      kernelId,
      record,
    });
    if (problem !== null) log("error", "not observed", { notebook: path, reason: problem.message });
    return code;
  } catch (error) {
    log("error", "not observed", { notebook: path, reason: reasonOf(error) });
    return null;
  }
}
