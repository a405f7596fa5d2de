import type { LanguageServer } from "../connection/language-server.ts";
import type { CodeAction, Finding, Range, TextEdit, WorkspaceEdit } from "../lsp.ts";
import type { NotebookDocument } from "./notebook-document.ts";

/** What the server offers to do about what stands in a range of a cell. */
export async function askCodeActions(
  server: LanguageServer,
  document: NotebookDocument,
  cellId: string,
  range: Range,
  signal?: AbortSignal,
): Promise<readonly CodeAction[]> {
  const params = { textDocument: { uri: document.cellUri(cellId) }, range, context: { diagnostics: [] } };
  return (await server.ask<readonly CodeAction[] | null>("textDocument/codeAction", params, signal)) ?? [];
}

/** Whether an action is about this finding: two findings of one rule may stand in one cell. */
export function answers({ diagnostics = [] }: CodeAction, finding: Finding): boolean {
  const same = (a: Range["start"], b: Range["start"]) => a.line === b.line && a.character === b.character;
  return diagnostics.some(
    ({ code, range }) =>
      code === finding.code && same(range.start, finding.range.start) && same(range.end, finding.range.end),
  );
}

/** The changes of an edit by the document they change. */
export function editsByDocument({
  changes = {},
  documentChanges = [],
}: WorkspaceEdit): Map<string, TextEdit[]> {
  const edits = new Map<string, TextEdit[]>();
  const add = (uri: string, more: readonly TextEdit[]) =>
    edits.set(uri, [...(edits.get(uri) ?? []), ...more]);
  for (const [uri, more] of Object.entries(changes)) add(uri, more);
  for (const { textDocument, edits: more } of documentChanges) {
    if (textDocument !== undefined && more !== undefined) add(textDocument.uri, more);
  }
  return edits;
}
