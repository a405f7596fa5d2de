import { Notification } from "@jupyterlab/apputils";
import { mayBeSeen } from "@lookback/extension/hosts/not-observed.ts";
import type { RunRecorder } from "@lookback/extension/hosts/run-recorder.ts";
import { failureText } from "@lookback/protocol/failures.ts";
import type { NotebookDocument } from "../notebooks/notebook-document.ts";

/** Says where a person looks that a run was not recorded, why, and what to do: once until it is recorded, and whenever it is asked for. */
export function sayRecordings(recorder: RunRecorder<NotebookDocument>): {
  explain(document: NotebookDocument): void;
} {
  const said = new Map<NotebookDocument, string>();
  const forget = (document: NotebookDocument) => {
    const id = said.get(document);
    // Without an id every notification would go, other people's too.
    if (id !== undefined) Notification.dismiss(id);
    said.delete(document);
  };
  // What fails again is said again.
  const again = (document: NotebookDocument) => {
    forget(document);
    recorder.record(document);
  };
  const explain = (document: NotebookDocument) => {
    const state = recorder.of(document);
    if (state === null || !("failure" in state)) return;
    const mayHelp = state.state === "failed" || (state.state === "unseen" && mayBeSeen(state.failure));
    forget(document);
    const id = Notification.error(failureText(state.failure), {
      autoClose: false,
      actions: mayHelp ? [{ label: "Try again", callback: () => again(document) }] : [],
    });
    said.set(document, id);
  };
  recorder.onChange((document) => {
    const state = recorder.of(document);
    if (state !== null && "failure" in state && !said.has(document)) explain(document);
    if (state === null || state.state === "recorded") forget(document);
  });
  return { explain };
}
