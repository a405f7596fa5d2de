import { diffLines } from "@lookback/kernel-bridge/ledger/compare/cells/diff-lines.ts";
import { applyFix } from "@lookback/language/leakage/apply-fix.ts";
import type { Edit } from "@lookback/language/leakage/finding.ts";
import { cellOf, type Notebook, offsetAt } from "@lookback/language/notebook/notebook.ts";
import type { TextChange } from "@lookback/protocol/findings.ts";
import type { Snapshot } from "./documents.ts";
import { placeIn } from "./places.ts";

/** Edits of cells as changes of the documents they stand in, with what they replace and how each cell looks then. */
export function textChanges(snapshot: Snapshot, edits: readonly Edit[]): TextChange[] {
  const { notebook, cellUris } = snapshot;
  const fixed = applyFix(notebook, { title: "", kind: "automatic", edits });
  return [...new Set(edits.map(({ cellId }) => cellId))].flatMap((cellId) => {
    const uri = cellUris.get(cellId);
    const before = cellOf(notebook, cellId)?.source;
    if (uri === undefined || before === undefined) return [];
    return [
      {
        uri,
        cellId,
        edits: edits
          .filter((edit) => edit.cellId === cellId)
          .map(({ range, newText }) => ({
            range: placeIn(snapshot, cellId, range),
            replaced: before.slice(offsetAt(before, range.start), offsetAt(before, range.end)),
            newText,
          })),
        lines: diffLines(before, cellOf(fixed, cellId)?.source ?? ""),
      },
    ];
  });
}

/** The edits that make a snapshot's cells those of another notebook: each that differs, whole. */
export function editsTo({ notebook }: Snapshot, other: Notebook): Edit[] {
  return other.cells.flatMap(({ id, source }) => {
    const before = cellOf(notebook, id)?.source ?? "";
    if (before === source) return [];
    const lines = before.split("\n");
    const end = { line: lines.length - 1, character: lines.at(-1)?.length ?? 0 };
    return [{ cellId: id, range: { start: { line: 0, character: 0 }, end }, newText: source }];
  });
}
