import type { ShownFinding } from "@lookback/protocol/findings.ts";
import type { Cursor } from "./command.ts";

/** The finding that a cursor stands in, else the first on its line, else the only one in its text; null when there is none such. */
export function findingAt(findings: readonly ShownFinding[], cursor: Cursor): ShownFinding | null {
  const here = findings.filter(({ at, isLeak }) => isLeak && at.uri === cursor.uri);
  const inside = here.find(({ at }) => !isBefore(cursor, at.range.start) && !isBefore(at.range.end, cursor));
  const onLine = here.find(
    ({ at }) => at.range.start.line <= cursor.line && cursor.line <= at.range.end.line,
  );
  return inside ?? onLine ?? (here.length === 1 ? (here[0] ?? null) : null);
}

/**
 * The finding after the cursor, or with `back` the one before it, in the order of the notebook's cells and around its ends; null when
 * there is none. What is information alone is passed over while anything else is there.
 */
export function findingBeyond(
  findings: readonly ShownFinding[],
  cursor: Cursor | null,
  cellIds: readonly string[],
  back: boolean,
): ShownFinding | null {
  const raised = findings.filter(({ severity }) => severity !== "information");
  const all = (raised.length > 0 ? raised : findings).map((finding) => ({
    finding,
    key: keyOf(cellIds, finding.at.cellId, finding.at.range.start),
  }));
  all.sort((a, b) => inOrder(a.key, b.key));
  if (back) all.reverse();
  if (cursor === null) return all[0]?.finding ?? null;
  const own = keyOf(cellIds, cursor.cellId, cursor);
  const beyond = all.find(({ key }) => (back ? inOrder(key, own) < 0 : inOrder(key, own) > 0));
  return (beyond ?? all[0])?.finding ?? null;
}

type Key = readonly [number, number, number];

function keyOf(cellIds: readonly string[], cellId: string | null, at: Position): Key {
  return [cellId === null ? -1 : cellIds.indexOf(cellId), at.line, at.character];
}

function inOrder(a: Key, b: Key): number {
  return a[0] - b[0] || a[1] - b[1] || a[2] - b[2];
}

interface Position {
  readonly line: number;
  readonly character: number;
}

function isBefore(a: Position, b: Position): boolean {
  return a.line < b.line || (a.line === b.line && a.character < b.character);
}
