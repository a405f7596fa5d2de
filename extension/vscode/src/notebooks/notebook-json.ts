import { isJsonMime } from "@lookback/extension/hosts/joined-lines.ts";
import { identifyCells } from "@lookback/notebook-file/identify-cells.ts";
import type { JsonValue } from "@lookback/protocol/json.ts";
import type { NotebookContent } from "@lookback/protocol/runs.ts";
import type { NotebookCell, NotebookCellOutput, NotebookDocument } from "vscode";

/**
 * The notebook as nbformat 4 JSON, outputs included, as the editor holds it now. Cell ids, cell and notebook metadata
 * come from where VS Code's notebook serializer keeps them; text is split into lines as nbformat does.
 */
export function notebookJson(notebook: NotebookDocument): NotebookContent {
  const kept = record(notebook.metadata);
  return {
    cells: notebook.getCells().map(cellJson),
    metadata: json(record(kept.metadata)),
    nbformat: typeof kept.nbformat === "number" ? kept.nbformat : 4,
    nbformat_minor: typeof kept.nbformat_minor === "number" ? kept.nbformat_minor : 5,
  };
}

/** The name of a cell, as the language server, a run and the checks call it: its nbformat id, where it has one of its own. */
export function cellIdOf(cell: NotebookCell): string {
  const names = identifyCells(cell.notebook.getCells().map((each) => record(each.metadata).id));
  return names[cell.index]?.id ?? cell.document.uri.toString();
}

const CODE = 2;

function cellJson(cell: NotebookCell): JsonValue {
  const kept = record(cell.metadata);
  const base: { [key: string]: JsonValue } = {
    ...(typeof kept.id === "string" ? { id: kept.id } : {}),
    metadata: json(record(kept.metadata)),
    source: lines(cell.document.getText()),
  };
  if (cell.kind === CODE) {
    return {
      cell_type: "code",
      ...base,
      execution_count: cell.executionSummary?.executionOrder ?? null,
      outputs: cell.outputs.map((output) => outputJson(output, cell)),
    };
  }
  const attachments = kept.attachments === undefined ? {} : { attachments: json(kept.attachments) };
  return { cell_type: cell.document.languageId === "raw" ? "raw" : "markdown", ...base, ...attachments };
}

function outputJson(output: NotebookCellOutput, cell: NotebookCell): JsonValue {
  const kept = record(output.metadata);
  const [first] = output.items;
  if (first?.mime === ERROR) return errorJson(textOf(first.data), kept.originalError);
  if (first?.mime === STDOUT || first?.mime === STDERR) {
    const text = output.items.map((item) => textOf(item.data)).join("");
    return { output_type: "stream", name: first.mime === STDOUT ? "stdout" : "stderr", text: lines(text) };
  }
  const data = Object.fromEntries(output.items.map((item) => [item.mime, dataJson(item.mime, item.data)]));
  const metadata = json(record(kept.metadata));
  if (kept.outputType !== "execute_result") return { output_type: "display_data", data, metadata };
  const count =
    typeof kept.executionCount === "number" ? kept.executionCount : cell.executionSummary?.executionOrder;
  return { output_type: "execute_result", data, metadata, execution_count: count ?? null };
}

const ERROR = "application/vnd.code.notebook.error";
const STDOUT = "application/vnd.code.notebook.stdout";
const STDERR = "application/vnd.code.notebook.stderr";

function errorJson(text: string, original: unknown): JsonValue {
  const kept = record(original);
  const shown = record(JSON.parse(text));
  return {
    output_type: "error",
    ename: String(kept.ename ?? shown.name ?? ""),
    evalue: String(kept.evalue ?? shown.message ?? ""),
    traceback: Array.isArray(kept.traceback) ? json(kept.traceback) : String(shown.stack ?? "").split("\n"),
  };
}

function dataJson(mime: string, data: Uint8Array): JsonValue {
  if (isJsonMime(mime)) return JSON.parse(textOf(data));
  if (mime.startsWith("image/") && mime !== "image/svg+xml") return Buffer.from(data).toString("base64");
  return lines(textOf(data));
}

function lines(text: string): string[] {
  return text === "" ? [] : text.replaceAll("\r\n", "\n").split(/(?<=\n)/);
}

function textOf(data: Uint8Array): string {
  return new TextDecoder().decode(data);
}

function record(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
}

function json(value: unknown): JsonValue {
  return JSON.parse(JSON.stringify(value ?? {}));
}
