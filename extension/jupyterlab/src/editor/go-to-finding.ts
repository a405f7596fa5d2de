import { offsetAt } from "../lsp.ts";
import type { Findings } from "../notebooks/findings.ts";
import { indexOfCell } from "../notebooks/index-of-cell.ts";
import type { OpenNotebooks } from "../notebooks/open-notebooks.ts";
import type { AttachedEditors } from "./attached-editors.ts";

/** Brings the first leak of the notebook in front, or else the first text that was not read, into view and puts the cursor on it. */
export async function goToFinding(
  notebooks: OpenNotebooks,
  findings: Findings,
  editors: AttachedEditors,
): Promise<void> {
  const document = notebooks.current();
  const first = document === null ? undefined : (findings.leaks(document)[0] ?? findings.unread(document)[0]);
  if (document === null || first === undefined) return;
  const notebook = document.panel.content;
  const index = indexOfCell(notebook, first.cellId);
  if (index === -1) return;
  notebook.activeCellIndex = index;
  await notebook.scrollToItem(index);
  await notebook.widgets[index]?.ready;
  notebook.mode = "edit";
  const view = editors.cell(document, first.cellId)?.view;
  if (view === undefined) return;
  view.dispatch({ selection: { anchor: offsetAt(view.state.doc.toString(), first.finding.range.start) } });
  view.focus();
}
