import { NotebookActions } from "@jupyterlab/notebook";
import type { Kernel } from "@jupyterlab/services";
import { mayBeSeen, notObserved } from "@lookback/extension/hosts/not-observed.ts";
import type { RunRecorder } from "@lookback/extension/hosts/run-recorder.ts";
import { seenLate } from "@lookback/extension/hosts/seen-late.ts";
import { failureOf } from "@lookback/protocol/failures.ts";
import type { LanguageServer } from "../connection/language-server.ts";
import type { NotebookDocument } from "../notebooks/notebook-document.ts";
import type { OpenNotebooks } from "../notebooks/open-notebooks.ts";

/**
 * Puts the SDK, and where runs are `wanted` the observer, into each kernel of an open notebook as soon as it starts, restarts or is found running.
 * Asked for while the kernel is still starting: JupyterLab keeps what is executed then in order, so the observer
 * runs before any cell. Nothing of it shows: silent, no history, no execution count.
 */
export function observeKernels(
  server: LanguageServer,
  notebooks: OpenNotebooks,
  wanted: () => boolean,
  recorder: RunRecorder<NotebookDocument>,
): void {
  /** Those whose kernel is not let in yet, and whether cells were faster. */
  const asking = new Map<NotebookDocument, boolean>();
  NotebookActions.executionScheduled.connect((_, { notebook }) => {
    for (const document of asking.keys()) if (document.panel.content === notebook) asking.set(document, true);
  });
  const observe = async (document: NotebookDocument, kernel: Kernel.IKernelConnection) => {
    asking.set(document, false);
    try {
      const { code, problem } = await server.request("lookback/kernel/observe", {
        notebook: document.path,
        kernelId: kernel.id,
        record: wanted(),
      });
      if (problem === null) recorder.seen(document);
      else recorder.unseen(document, problem);
      if (problem === null && asking.get(document) && wanted()) recorder.missed(document, late);
      asking.delete(document);
      if (kernel.isDisposed) return;
      const done = kernel.requestExecute({
        code,
        silent: true,
        store_history: false,
        allow_stdin: false,
      }).done;
      const reply = await done;
      if (reply?.content.status === "error")
        recorder.unseen(document, notObserved(`${reply.content.ename}: ${reply.content.evalue}`));
    } catch (error) {
      // A kernel that restarts drops what waits; its restart asks again.
      if (!String(error).includes("Canceled")) recorder.unseen(document, failureOf(error));
    } finally {
      asking.delete(document);
    }
  };
  recorder.onUnseen((document) => {
    const { kernel } = document.panel.context.sessionContext.session ?? {};
    const state = recorder.of(document);
    if (!kernel || state === null || !("failure" in state) || !mayBeSeen(state.failure)) return;
    void observe(document, kernel).then(() => {
      if (recorder.of(document) !== null) return;
      // Its journal tells whether it was seen before; an empty one says nothing of what ran meanwhile.
      recorder.missed(document, late);
      recorder.record(document);
    });
  });

  notebooks.opened.connect((_, document) => {
    const { sessionContext } = document.panel.context;
    const current = () => sessionContext.session?.kernel ?? null;
    const start = async () => {
      const kernel = current();
      if (kernel !== null) await observe(document, kernel);
    };
    const onStatus = (_sender: unknown, status: Kernel.Status) => {
      if (status !== "restarting" && status !== "autorestarting") return;
      // What it was cut off from is recorded once its successor is seen: only then it is known that there is one.
      void start().then(() => {
        if (wanted()) recorder.record(document);
      });
    };
    sessionContext.kernelChanged.connect(start);
    sessionContext.statusChanged.connect(onStatus);
    notebooks.closed.connect(function stop(_sender, gone) {
      if (gone !== document) return;
      sessionContext.kernelChanged.disconnect(start);
      sessionContext.statusChanged.disconnect(onStatus);
      notebooks.closed.disconnect(stop);
    });
    void start();
  });
}

const late = seenLate("To have all of it recorded, restart the kernel and run all cells.");
