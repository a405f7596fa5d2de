import type { DiffLine } from "@lookback/protocol/compare.ts";

/** A row of two columns: what is gone beside what came in its place. */
export type DiffRow =
  | { readonly kind: "line"; readonly left: DiffLine | null; readonly right: DiffLine | null }
  /** Lines that are equal, not shown. */
  | { readonly kind: "skipped"; readonly count: number };

/** Lines in two columns; of equal ones those near a change alone, unless so few are left out that it gains nothing. */
export function diffRows(lines: readonly DiffLine[]): DiffRow[] {
  const rows: Extract<DiffRow, { kind: "line" }>[] = [];
  for (let at = 0; at < lines.length; ) {
    const line = lines[at]!;
    if (line.left !== null && line.right !== null) {
      rows.push({ kind: "line", left: line, right: line });
      at++;
      continue;
    }
    const gone: DiffLine[] = [];
    const come: DiffLine[] = [];
    for (; at < lines.length; at++) {
      const next = lines[at]!;
      if (next.left !== null && next.right !== null) break;
      (next.right === null ? gone : come).push(next);
    }
    for (let row = 0; row < Math.max(gone.length, come.length); row++)
      rows.push({ kind: "line", left: gone[row] ?? null, right: come[row] ?? null });
  }
  return withoutFar(rows);
}

const near = 3;
const fewest = 4;

function withoutFar(rows: readonly Extract<DiffRow, { kind: "line" }>[]): DiffRow[] {
  const isChange = rows.map(({ left, right }) => left !== right);
  const isNear = rows.map((_, at) => isChange.slice(Math.max(0, at - near), at + near + 1).some(Boolean));
  const shown: DiffRow[] = [];
  for (let at = 0; at < rows.length; ) {
    let end = at;
    while (end < rows.length && !isNear[end]) end++;
    const count = end - at;
    if (count >= fewest) shown.push({ kind: "skipped", count });
    else shown.push(...rows.slice(at, end));
    if (end < rows.length) shown.push(rows[end]!);
    at = end + 1;
  }
  return shown;
}
