import { isJsonMime } from "@lookback/extension/hosts/joined-lines.ts";
import type { JsonValue } from "@lookback/protocol/json.ts";
import type { NotebookContent } from "@lookback/protocol/runs.ts";
import {
  NotebookCellData,
  NotebookCellKind,
  NotebookCellOutput,
  NotebookCellOutputItem,
  NotebookData,
} from "vscode";

/** An nbformat 4 notebook as VS Code shows it, its texts in one piece (`joinedLines`). What is no cell is left out. */
export function notebookData(notebook: NotebookContent): NotebookData {
  return new NotebookData(list(notebook.cells).flatMap(cellData));
}

function cellData(cell: Fields): NotebookCellData[] {
  const source = text(cell.source);
  if (cell.cell_type === "code") {
    const data = new NotebookCellData(NotebookCellKind.Code, source, "python");
    data.outputs = list(cell.outputs).map(output);
    data.metadata = { id: cell.id };
    if (typeof cell.execution_count === "number")
      data.executionSummary = { executionOrder: cell.execution_count };
    return [data];
  }
  const language = cell.cell_type === "markdown" ? "markdown" : "raw";
  return [new NotebookCellData(NotebookCellKind.Markup, source, language)];
}

function output(of: Fields): NotebookCellOutput {
  if (of.output_type === "stream") {
    const show = of.name === "stderr" ? NotebookCellOutputItem.stderr : NotebookCellOutputItem.stdout;
    return new NotebookCellOutput([show(text(of.text))]);
  }
  if (of.output_type === "error") {
    const traceback = Array.isArray(of.traceback) ? of.traceback.map(text).join("\n") : text(of.traceback);
    const error = { name: text(of.ename), message: text(of.evalue), stack: traceback };
    return new NotebookCellOutput([NotebookCellOutputItem.error(error)]);
  }
  const data = fields(of.data) ?? {};
  return new NotebookCellOutput(Object.entries(data).map(([mime, value]) => outputItem(mime, value)));
}

/** One MIME value as VS Code takes it: JSON as JSON, pictures as bytes, all else as text. */
export function outputItem(mime: string, value: unknown): NotebookCellOutputItem {
  if (isJsonMime(mime) || typeof value !== "string") return NotebookCellOutputItem.json(value, mime);
  if (mime.startsWith("image/") && mime !== "image/svg+xml") {
    return new NotebookCellOutputItem(Buffer.from(value, "base64"), mime);
  }
  return NotebookCellOutputItem.text(value, mime);
}

type Fields = { readonly [key: string]: JsonValue };

function fields(value: JsonValue | undefined): Fields | null {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? value : null;
}

function list(value: JsonValue | undefined): Fields[] {
  return (Array.isArray(value) ? value : []).map(fields).filter((item) => item !== null);
}

function text(value: JsonValue | undefined): string {
  return typeof value === "string" ? value : "";
}
