import { describe } from "@lookback/language/features/assist/describe.ts";
import { type Hover, type HoverParams, MarkupKind } from "vscode-languageserver";
import { cellUnder, placeIn } from "../places.ts";
import type { Session } from "../session.ts";

/** What stands under the pointer among feature definitions. Findings have their own tooltip. */
export function hover(session: Session, { textDocument, position }: HoverParams): Hover | null {
  const snapshot = session.documents.snapshot(textDocument.uri);
  const under = snapshot && cellUnder(snapshot, textDocument.uri, position);
  if (!snapshot || !under) return null;
  const schemaOf = (path: string) => session.schemaOf(snapshot, path);
  const found = describe(session.definitions(snapshot), under.cell, under.position, { schemaOf });
  return (
    found && {
      contents: { kind: MarkupKind.Markdown, value: found.markdown },
      range: placeIn(snapshot, under.cell.id, found.range),
    }
  );
}
