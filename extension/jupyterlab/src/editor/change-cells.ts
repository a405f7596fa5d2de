import { Notification } from "@jupyterlab/apputils";
import type { Host } from "@lookback/extension/host.ts";
import type { TextEdit } from "../lsp.ts";
import type { NotebookDocument } from "../notebooks/notebook-document.ts";
import { changeTogether, type EditedText } from "./change-together.ts";
import { isTaken } from "./look-first.ts";

/** A cell and how it is to change. */
export interface ChangedCell {
  readonly id: string;
  readonly text: EditedText;
  readonly edits: readonly TextEdit[];
}

/**
 * Changes cells of a notebook as one step of undo, in whichever of them it is undone; with `drawDiff`, once somebody has looked at it.
 * `isOld` is asked before anything is changed: somebody else may have typed meanwhile. Says which cells changed where another than
 * `here` did.
 */
export async function changeCells(
  title: string,
  changed: readonly ChangedCell[],
  given: {
    readonly here: string | null;
    readonly drawDiff: NonNullable<Host["drawSourceDiff"]> | null;
    isOld(): boolean;
  },
): Promise<"changed" | "left" | "old"> {
  if (given.isOld()) return "old";
  if (given.drawDiff !== null && !(await isTaken(title, changed, given.drawDiff))) return "left";
  if (given.isOld()) return "old";
  changeTogether(changed, (left) =>
    Notification.warning(
      left === 1
        ? "1 other cell of this fix was edited since, so it was not undone there."
        : `${left} other cells of this fix were edited since, so it was not undone there.`,
    ),
  );
  if (changed.some(({ id }) => id !== given.here)) sayChanged(title, changed);
  return "changed";
}

/** What the cells of a notebook say. */
export function sourcesOf(document: NotebookDocument): ReadonlyMap<string, string> {
  return new Map(document.cells().map(({ id, sharedModel }) => [id, sharedModel.getSource()]));
}

function sayChanged(title: string, changed: readonly ChangedCell[]): void {
  const what = changed.length === 1 ? "1 cell" : `${changed.length} cells`;
  Notification.info(`${title.replace(/…$/, "")}: ${what} changed.`, {
    autoClose: 8000,
    actions: [{ label: "Undo", callback: () => void changed[0]?.text.undo() }],
  });
}
