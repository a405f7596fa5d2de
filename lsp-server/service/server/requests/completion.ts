import { complete } from "@lookback/language/features/assist/complete.ts";
import type { SuggestionKind } from "@lookback/language/features/assist/suggestions.ts";
import { CompletionItemKind, type CompletionList, type CompletionParams } from "vscode-languageserver";
import { cellUnder, placeIn } from "../places.ts";
import type { Session } from "../session.ts";

/** What can stand at the cursor among feature definitions; null elsewhere, so that other completers have the word. */
export function completions(
  session: Session,
  { textDocument, position }: CompletionParams,
): CompletionList | null {
  const snapshot = session.documents.snapshot(textDocument.uri);
  const under = snapshot && cellUnder(snapshot, textDocument.uri, position);
  if (!snapshot || !under) return null;
  const schemaOf = (path: string) => session.schemaOf(snapshot, path);
  const items = complete(session.definitions(snapshot), under.cell, under.position, { schemaOf });
  if (items.length === 0) return null;
  return {
    isIncomplete: false,
    items: items.map(({ label, kind, detail, documentation, insert, range }, at) => ({
      label,
      kind: kinds[kind],
      detail,
      ...(documentation === "" ? {} : { documentation }),
      // Best first is the order given: editors sort by this text.
      sortText: String(at).padStart(4, "0"),
      filterText: label,
      textEdit: { range: placeIn(snapshot, under.cell.id, range), newText: insert },
    })),
  };
}

const kinds: Readonly<Record<SuggestionKind, CompletionItemKind>> = {
  argument: CompletionItemKind.Property,
  class: CompletionItemKind.Class,
  column: CompletionItemKind.Field,
  duration: CompletionItemKind.Unit,
  entity: CompletionItemKind.Reference,
  feature: CompletionItemKind.Field,
  function: CompletionItemKind.Function,
  source: CompletionItemKind.File,
  type: CompletionItemKind.TypeParameter,
  value: CompletionItemKind.Value,
  view: CompletionItemKind.Interface,
};
