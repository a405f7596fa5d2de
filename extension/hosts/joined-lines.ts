import type { JsonValue } from "@lookback/protocol/json.ts";
import type { NotebookContent } from "@lookback/protocol/runs.ts";

/**
 * An nbformat 4 notebook as editors hold it: every text that its file may keep as a list of lines is one string. That is
 * the source of cells, what streams printed, and each MIME value of outputs and attachments that is not JSON itself.
 */
export function joinedLines(notebook: NotebookContent): NotebookContent {
  return { ...notebook, cells: each(notebook.cells, cell) };
}

/** Whether a MIME value is JSON, which nbformat keeps as it is: a list in it is a list. */
export function isJsonMime(mime: string): boolean {
  return /^application\/(json$|.*\+json$)/.test(mime);
}

function cell(of: JsonValue): JsonValue {
  if (!isRecord(of)) return of;
  const { source, outputs, attachments } = of;
  return {
    ...of,
    ...(source === undefined ? {} : { source: text(source) }),
    ...(outputs === undefined ? {} : { outputs: each(outputs, output) }),
    ...(isRecord(attachments) ? { attachments: mapped(attachments, bundle) } : {}),
  };
}

function output(of: JsonValue): JsonValue {
  if (!isRecord(of)) return of;
  return {
    ...of,
    ...(of.text === undefined ? {} : { text: text(of.text) }),
    ...(of.data === undefined ? {} : { data: bundle(of.data) }),
  };
}

function bundle(of: JsonValue): JsonValue {
  return isRecord(of) ? mapped(of, (value, mime) => (isJsonMime(mime) ? value : text(value))) : of;
}

function text(value: JsonValue): JsonValue {
  return Array.isArray(value) && value.every((line) => typeof line === "string") ? value.join("") : value;
}

function each(list: JsonValue | undefined, change: (item: JsonValue) => JsonValue): JsonValue {
  return Array.isArray(list) ? list.map(change) : (list ?? []);
}

function mapped(
  record: { readonly [key: string]: JsonValue },
  change: (value: JsonValue, key: string) => JsonValue,
): { [key: string]: JsonValue } {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value, key)]));
}

function isRecord(value: JsonValue | undefined): value is { [key: string]: JsonValue } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
