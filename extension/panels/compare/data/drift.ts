import { columnKind, type SharedColumn } from "./column-kind.ts";
import { frequencySql, spreadSql } from "./diff-sql.ts";
import type { Ask } from "./guess-key.ts";

/** How one column spreads in two tables: shares of their rows, bar by bar. */
export interface Drift {
  readonly name: string;
  readonly bars: readonly { readonly label: string | null; readonly left: number; readonly right: number }[];
  /** Total variation distance of the two, 0 to 1: the share of rows that would have to move. */
  readonly distance: number;
}

/** The drift of each column that can be drawn, most first. Of values that are nearly all different nothing can be said. */
export async function driftOf(
  ask: Ask,
  columns: readonly SharedColumn[],
  rows: { readonly left: number; readonly right: number },
): Promise<Drift[]> {
  if (rows.left === 0 || rows.right === 0) return [];
  const drifts: Drift[] = [];
  for (const column of columns.slice(0, mostColumns)) {
    const kinds = [columnKind(column.left), columnKind(column.right)];
    const isSpread = kinds.every((kind) => kind === "number" || kind === "time") && kinds[0] === kinds[1];
    const counted = isSpread
      ? (await ask(spreadSql(column, bins))).map((row) => barOf(row, String(row.bin)))
      : kinds.every((kind) => kind === "category")
        ? (await ask(frequencySql(column, bins))).map((row) =>
            barOf(row, row.value == null ? "none" : String(row.value)),
          )
        : [];
    const bars = isSpread ? everyBin(counted) : withRest(counted, rows);
    if (counted.length === 0 || (!isSpread && isScattered(counted, rows))) continue;
    const shares = bars.map(({ label, left, right }) => ({
      label,
      left: left / rows.left,
      right: right / rows.right,
    }));
    const distance = shares.reduce((sum, { left, right }) => sum + Math.abs(left - right), 0) / 2;
    drifts.push({ name: column.name, bars: shares, distance });
  }
  return drifts.sort((a, b) => b.distance - a.distance);
}

/** A distance in words; the figure stands beside it. */
export function driftWords(distance: number): string {
  if (distance < 0.01) return "spread as before";
  if (distance < 0.1) return "drifted a little";
  return distance < 0.25 ? "drifted" : "drifted far";
}

/** More would be waited for. */
export const mostColumns = 40;
const bins = 11;

interface Bar {
  readonly label: string | null;
  readonly left: number;
  readonly right: number;
}

function barOf(row: Readonly<Record<string, unknown>>, label: string | null): Bar {
  return { label, left: Number(row.before), right: Number(row.after) };
}

/** Bins that hold nothing are bars too; what is missing is one more, where anything is. */
function everyBin(counted: readonly Bar[]): Bar[] {
  const byBin = new Map(counted.map((bar) => [bar.label, bar]));
  const missing = byBin.get("-1");
  const all = Array.from({ length: bins }, (_, at): Bar => {
    const { left = 0, right = 0 } = byBin.get(String(at)) ?? {};
    return { label: null, left, right };
  });
  return missing === undefined ? all : [...all, { ...missing, label: "none" }];
}

function withRest(counted: readonly Bar[], rows: { readonly left: number; readonly right: number }): Bar[] {
  const sum = (side: "left" | "right") => counted.reduce((total, bar) => total + bar[side], 0);
  const rest = { label: "others", left: rows.left - sum("left"), right: rows.right - sum("right") };
  return rest.left + rest.right === 0 ? [...counted] : [...counted, rest];
}

/** The most frequent values are a small part of all. */
function isScattered(
  counted: readonly Bar[],
  rows: { readonly left: number; readonly right: number },
): boolean {
  const shown = counted.reduce((sum, { left, right }) => sum + left + right, 0);
  return shown < (rows.left + rows.right) / 4;
}
