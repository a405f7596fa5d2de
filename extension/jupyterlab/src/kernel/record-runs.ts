import { type Notebook, NotebookActions } from "@jupyterlab/notebook";
import type { NotebookContent, RunSummary } from "@lookback/protocol/runs.ts";
import { type ISignal, Signal } from "@lumino/signaling";
import type { LanguageServer } from "../connection/language-server.ts";
import type { NotebookDocument } from "../notebooks/notebook-document.ts";
import type { OpenNotebooks } from "../notebooks/open-notebooks.ts";

/** What became of the runs of this page. */
export interface RunRecorder {
  readonly recorded: ISignal<object, { readonly document: NotebookDocument; readonly run: RunSummary }>;
  /** The run could not be recorded now; it is in the journal and is asked for again. */
  readonly failed: ISignal<object, { readonly document: NotebookDocument; readonly message: string }>;
}

const RETRY_MS = 5_000;

/** Asks for a run to be recorded whenever a notebook's queue has emptied: after one cell, after Run All, after an error, an interrupt or the kernel's death. */
export function recordRuns(
  server: LanguageServer,
  notebooks: OpenNotebooks,
  wanted: () => boolean,
): RunRecorder {
  const recorded = new Signal<object, { document: NotebookDocument; run: RunSummary }>(notebooks);
  const failed = new Signal<object, { document: NotebookDocument; message: string }>(notebooks);
  const scheduled = new Map<NotebookDocument, Set<string>>();
  const owed = new Set<NotebookDocument>();
  const busy = new Set<NotebookDocument>();

  const documentOf = (notebook: Notebook) =>
    [...notebooks.all.values()].find(({ panel }) => panel.content === notebook);

  const record = async (document: NotebookDocument): Promise<void> => {
    owed.add(document);
    if (busy.has(document) || !wanted()) return;
    busy.add(document);
    try {
      while (owed.delete(document)) await recordNow(document);
    } catch (error) {
      owed.add(document);
      failed.emit({ document, message: error instanceof Error ? error.message : String(error) });
      setTimeout(
        () => owed.has(document) && notebooks.all.has(document.panel) && void record(document),
        RETRY_MS,
      );
    } finally {
      busy.delete(document);
    }
  };
  const recordNow = async (document: NotebookDocument) => {
    const { panel } = document;
    const kernelId = panel.context.sessionContext.session?.kernel?.id ?? lastKernel.get(document);
    const content = panel.content.model?.toJSON();
    if (kernelId === undefined || content === undefined) return;
    lastKernel.set(document, kernelId);
    document.flush();
    const run = await server.request("lookback/runs/record", {
      notebook: document.path,
      kernelId,
      content: content as NotebookContent,
    });
    if (run !== null) recorded.emit({ document, run });
  };
  const lastKernel = new Map<NotebookDocument, string>();

  const settle = (document: NotebookDocument, cellId: string | null) => {
    const waiting = scheduled.get(document);
    if (waiting === undefined) return;
    if (cellId === null) waiting.clear();
    else waiting.delete(cellId);
    if (waiting.size > 0) return;
    scheduled.delete(document);
    void record(document);
  };

  NotebookActions.executionScheduled.connect((_, { notebook, cell }) => {
    const document = documentOf(notebook);
    if (document === undefined) return;
    const kernelId = document.panel.context.sessionContext.session?.kernel?.id;
    if (kernelId !== undefined) lastKernel.set(document, kernelId);
    const waiting = scheduled.get(document) ?? new Set();
    const { id } = cell.model;
    scheduled.set(document, waiting.add(id));
    // A cell deleted or moved while it waits is never reported as executed.
    cell.disposed.connect(() => settle(document, id));
  });
  NotebookActions.executed.connect((_, { notebook, cell, success }) => {
    const document = documentOf(notebook);
    if (document === undefined || cell.isDisposed) return;
    if (cell.model.type === "code") document.executed(cell.model.id, success);
    settle(document, cell.model.id);
  });
  notebooks.opened.connect((_, document) => {
    const { sessionContext } = document.panel.context;
    // What ran while no page was there to ask is in the kernel's journal still: ask once the kernel is free.
    const catchUp = () => {
      const { kernel } = sessionContext.session ?? {};
      if (kernel === undefined || kernel === null) return;
      owed.add(document);
      if (kernel.status === "idle" && !scheduled.has(document)) void record(document);
    };
    sessionContext.kernelChanged.connect(catchUp);
    sessionContext.statusChanged.connect((_sender, status) => {
      // A canceled execution is never reported as executed: what waits is over when the kernel stops or starts anew.
      if (["restarting", "autorestarting", "dead", "terminating"].includes(status)) settle(document, null);
      if (status === "idle" && owed.has(document) && !scheduled.has(document)) void record(document);
    });
    catchUp();
  });
  notebooks.closed.connect((_, document) => {
    for (const kept of [scheduled, lastKernel]) kept.delete(document);
    owed.delete(document);
  });
  return { recorded, failed };
}
