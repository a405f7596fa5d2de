import { type Cell, CodeCell } from "@jupyterlab/cells";
import { type Notebook, NotebookActions } from "@jupyterlab/notebook";
import type { Kernel } from "@jupyterlab/services";
import { type RunRecorder, runRecorder } from "@lookback/extension/hosts/run-recorder.ts";
import { failureOf } from "@lookback/protocol/failures.ts";
import type { NotebookContent } from "@lookback/protocol/runs.ts";
import type { LanguageServer } from "../connection/language-server.ts";
import type { NotebookDocument } from "../notebooks/notebook-document.ts";
import type { OpenNotebooks } from "../notebooks/open-notebooks.ts";
import { heedOthers } from "./heed-others.ts";

/** Asks for a run to be recorded whenever a notebook's queue has emptied: after one cell, after Run All, after an error, an interrupt or the kernel's death. */
export function recordRuns(
  server: LanguageServer,
  notebooks: OpenNotebooks,
  wanted: () => boolean,
): RunRecorder<NotebookDocument> {
  const scheduled = new Map<NotebookDocument, Set<string>>();
  const lastKernel = new Map<NotebookDocument, string>();
  /** Kernels whose journal may hold what no page was there to ask for. */
  const owed = new Set<NotebookDocument>();
  /** What a restart cuts off is asked for by whoever observes the kernel that comes: only then it is known that one does. */
  const restarting = new Set<NotebookDocument>();

  const recorder = runRecorder<NotebookDocument>({
    async ask(document) {
      const { panel } = document;
      const kernelId = panel.context.sessionContext.session?.kernel?.id ?? lastKernel.get(document);
      const content = panel.content.model?.toJSON();
      if (kernelId === undefined || content === undefined) return null;
      lastKernel.set(document, kernelId);
      document.flush();
      return server.request("lookback/runs/record", {
        notebook: document.path,
        kernelId,
        content: content as NotebookContent,
      });
    },
    failureOf,
    now: Date.now,
    later: (ms, work) => void setTimeout(work, ms),
  });
  const record = (document: NotebookDocument) => {
    owed.delete(document);
    if (wanted() && !restarting.has(document)) recorder.record(document);
  };
  recorder.onChange((document) => {
    if (recorder.of(document)?.state === "recording") restarting.delete(document);
  });

  const documentOf = (notebook: Notebook) =>
    [...notebooks.all.values()].find(({ panel }) => panel.content === notebook);
  const isOpen = (document: NotebookDocument) => notebooks.all.get(document.panel) === document;
  const settle = (document: NotebookDocument, cellId: string) => {
    const waiting = scheduled.get(document);
    if (waiting === undefined) return;
    waiting.delete(cellId);
    if (waiting.size > 0) return;
    scheduled.delete(document);
    record(document);
  };

  NotebookActions.executionScheduled.connect((_, { notebook, cell }) => {
    const document = documentOf(notebook);
    if (document === undefined) return;
    restarting.delete(document);
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
    void hasArrived(cell).then(() => settle(document, cell.model.id));
  });
  notebooks.opened.connect((_, document) => {
    const { sessionContext } = document.panel.context;
    // What ran while no page was there to ask is in the kernel's journal still: ask once the kernel is free.
    const catchUp = () => {
      const { kernel } = sessionContext.session ?? {};
      if (kernel === undefined || kernel === null) return;
      owed.add(document);
      if (kernel.status === "idle" && !scheduled.has(document)) record(document);
    };
    const others = heedOthers(
      () => sessionContext.session?.kernel?.clientId,
      // Whoever ran it asks first: the outputs are theirs.
      () =>
        setTimeout(() => {
          if (isOpen(document) && !scheduled.has(document)) record(document);
        }, OTHERS_FIRST_MS),
    );
    const onStatus = (_sender: unknown, status: Kernel.Status) => {
      // A canceled execution is never reported as executed: what waits is over when the kernel stops or starts anew.
      if (status === "restarting" || status === "autorestarting") {
        scheduled.delete(document);
        restarting.add(document);
      }
      if (status === "dead" || status === "terminating") {
        const isCutOff = restarting.delete(document) || scheduled.delete(document);
        if (isCutOff) record(document);
      }
      if (status === "idle" && owed.has(document) && !scheduled.has(document)) record(document);
    };
    sessionContext.kernelChanged.connect(catchUp);
    sessionContext.iopubMessage.connect(others);
    sessionContext.statusChanged.connect(onStatus);
    // A notebook that gets another name is opened anew on the same session: under its old one nothing more is recorded.
    notebooks.closed.connect(function stop(_sender, gone) {
      if (gone !== document) return;
      sessionContext.kernelChanged.disconnect(catchUp);
      sessionContext.iopubMessage.disconnect(others);
      sessionContext.statusChanged.disconnect(onStatus);
      notebooks.closed.disconnect(stop);
    });
    catchUp();
  });
  notebooks.closed.connect((_, document) => {
    for (const kept of [scheduled, lastKernel]) kept.delete(document);
    for (const kept of [owed, restarting]) kept.delete(document);
    recorder.close(document);
  });
  return recorder;
}

/** Where the server runs a page's cells, their count and what they showed come by another way than the news of their end. */
async function hasArrived(cell: Cell): Promise<void> {
  if (!(cell instanceof CodeCell) || cell.model.sharedModel.getSource().trim() === "") return;
  const until = Date.now() + ARRIVES_WITHIN_MS;
  while (!cell.isDisposed && cell.model.executionCount === null && Date.now() < until)
    await new Promise((resolve) => setTimeout(resolve, 20));
}

const ARRIVES_WITHIN_MS = 2_000;
const OTHERS_FIRST_MS = 2_000;
