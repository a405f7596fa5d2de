import type { Place } from "@lookback/protocol/findings.ts";
import { RequestFailure } from "../connection/json-rpc.ts";
import { offsetAt } from "../lsp.ts";
import { indexOfCell } from "../notebooks/index-of-cell.ts";
import type { NotebookDocument } from "../notebooks/notebook-document.ts";
import type { OpenNotebooks } from "../notebooks/open-notebooks.ts";
import type { AttachedEditors } from "./attached-editors.ts";

/** Brings a place of an open notebook into view, its tab to the front, and puts the cursor on it. */
export async function goToPlace(
  place: Pick<Place, "uri" | "cellId" | "range">,
  { notebooks, editors, activate }: GoToParts,
): Promise<void> {
  const document = [...notebooks.all.values()].find((each) => each.cellUri(place.cellId) === place.uri);
  const notebook = document?.panel.content;
  const index = notebook === undefined ? -1 : indexOfCell(notebook, place.cellId);
  if (document === undefined || notebook === undefined || index === -1) throw notOpen();
  activate(document);
  notebook.activeCellIndex = index;
  await notebook.scrollToItem(index);
  await notebook.widgets[index]?.ready;
  notebook.mode = "edit";
  const view = editors.cell(document, place.cellId)?.view;
  if (view === undefined) return;
  const anchor = offsetAt(view.state.doc.toString(), place.range.start);
  view.dispatch({ selection: { anchor }, scrollIntoView: true });
  view.focus();
}

export interface GoToParts {
  readonly notebooks: OpenNotebooks;
  readonly editors: AttachedEditors;
  activate(document: NotebookDocument): void;
}

function notOpen(): RequestFailure {
  return new RequestFailure("That cell is in no notebook that is open.", {
    code: "host/no-such-cell",
    advice: "Open its notebook and try again.",
  });
}
