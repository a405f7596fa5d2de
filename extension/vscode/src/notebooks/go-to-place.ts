import { cellName } from "@lookback/extension/hosts/cell-name.ts";
import type { Place } from "@lookback/protocol/findings.ts";
import {
  commands,
  type NotebookDocument,
  Range,
  type TextDocumentShowOptions,
  Uri,
  ViewColumn,
  window,
  workspace,
} from "vscode";
import { hostFailure } from "../host-failure.ts";

/** Brings a place of an open cell or script into view, where it is shown already, and puts the cursor on it. */
export async function goToPlace({ uri, range }: Place): Promise<void> {
  const document = workspace.textDocuments.find((open) => open.uri.toString() === Uri.parse(uri).toString());
  if (document === undefined)
    throw hostFailure("host/no-such-cell", {
      message: "That text is not open.",
      advice: "Open its notebook and try again.",
    });
  const notebook = workspace.notebookDocuments.find((open) =>
    open.getCells().some((cell) => cell.document === document),
  );
  const { start, end } = range;
  const options: TextDocumentShowOptions = {
    selection: new Range(start.line, start.character, end.line, end.character),
    viewColumn: notebook === undefined ? columnOfText(document.uri) : columnOf(notebook),
  };
  await commands.executeCommand("vscode.open", document.uri, options);
}

/** Where a notebook is shown, so that it does not open a second time. */
export function columnOf(notebook: NotebookDocument): ViewColumn {
  return (
    window.visibleNotebookEditors.find((editor) => editor.notebook === notebook)?.viewColumn ??
    ViewColumn.Active
  );
}

function columnOfText(uri: Uri): ViewColumn {
  const shown = window.visibleTextEditors.find(({ document }) => document.uri.toString() === uri.toString());
  return shown?.viewColumn ?? ViewColumn.Active;
}

/** What a person calls the code cells of a notebook, by the URIs of their texts. */
export function namesOfCells(notebook: NotebookDocument | undefined): Readonly<Record<string, string>> {
  return Object.fromEntries(
    (notebook?.getCells() ?? []).map((cell) => [
      cell.document.uri.toString(),
      cellName(cell.executionSummary?.executionOrder, cell.index),
    ]),
  );
}
