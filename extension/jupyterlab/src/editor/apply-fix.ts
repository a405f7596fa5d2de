import { Notification } from "@jupyterlab/apputils";
import { type Fix, offsetAt } from "../lsp.ts";
import type { NotebookDocument } from "../notebooks/notebook-document.ts";

/** Applies a fix as one change of the notebook, undoable in each cell it touches; across cells a notification offers to undo all. */
export function applyFix(document: NotebookDocument, fix: Fix): void {
  const cells = document.cells().map(({ sharedModel, id }) => ({ sharedModel, id }));
  const touched = cells.filter(({ id }) => fix.edits.some((edit) => edit.cellId === id));
  if (touched.length === 0) return;
  for (const { sharedModel, id } of touched) {
    endUndoStep(sharedModel);
    const text = sharedModel.getSource();
    const edits = fix.edits
      .filter((edit) => edit.cellId === id)
      .map(({ range, newText }) => ({
        from: offsetAt(text, range.start),
        to: offsetAt(text, range.end),
        newText,
      }))
      .sort((a, b) => b.from - a.from || b.to - a.to);
    // Each cell in its own transaction: a cell's undo follows only what it began itself.
    sharedModel.transact(() => {
      for (const { from, to, newText } of edits) sharedModel.updateSource(from, to, newText);
    });
    endUndoStep(sharedModel);
  }
  if (touched.length < 2) return;
  Notification.info(`${fix.title}: ${touched.length} cells changed.`, {
    autoClose: 8000,
    actions: [
      {
        label: "Undo",
        callback: () => {
          for (const { sharedModel } of touched) sharedModel.undo();
        },
      },
    ],
  });
}

/** Typing before and the fix after shall be two steps of undo. The manager is there but not in the shared model's type. */
function endUndoStep(sharedModel: object): void {
  const manager: unknown = Reflect.get(sharedModel, "undoManager");
  if (
    manager instanceof Object &&
    "stopCapturing" in manager &&
    typeof manager.stopCapturing === "function"
  ) {
    manager.stopCapturing();
  }
}
