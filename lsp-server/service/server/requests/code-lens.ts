import { lenses } from "@lookback/language/features/assist/lens.ts";
import type { CodeLens, CodeLensParams } from "vscode-languageserver";
import { belongsTo, placeIn } from "../places.ts";
import type { Session } from "../session.ts";

/** `Preview join` above each training set, with what it amounts to. */
export function codeLenses(session: Session, { textDocument }: CodeLensParams): CodeLens[] {
  const snapshot = session.documents.snapshot(textDocument.uri);
  if (snapshot === null) return [];
  return lenses(session.definitions(snapshot))
    .filter(({ place }) => belongsTo(snapshot, textDocument.uri, place.cellId))
    .map(({ title, summary, trainingSet, place }) => ({
      range: placeIn(snapshot, place.cellId ?? "", place),
      command: {
        title: `${title} · ${summary}`,
        command: "lookback.previewJoin",
        arguments: [snapshot.uri, trainingSet],
      },
    }));
}
