import type { CellComparison, CellSide, CellsComparison, State } from "../comparison.ts";
import type { Side, SideCell } from "../side.ts";
import { compareOutputs } from "./compare-outputs.ts";
import { diffLines } from "./diff-lines.ts";
import { type CellMatch, matchCells } from "./match-cells.ts";
import { longestIncreasing } from "./sequence.ts";

/** The cells of two notebooks, each with its counterpart. What ran counts before what the notebook held when its run ended. */
export function compareCells(left: Side, right: Side): CellsComparison {
  const isSameExecution = executed(left) === executed(right);
  if (left.cells === null || right.cells === null)
    return { isKnown: false, rows: [], code: { total: 0, same: 0, unknown: 0 }, isSameExecution };
  const rows = inOrder(left.cells, right.cells);
  const code = rows.filter(({ type }) => type === "code");
  const count = (state: State) => code.filter((row) => row.state === state).length;
  return {
    isKnown: true,
    rows,
    code: { total: code.length, same: count("same"), unknown: count("unknown") },
    isSameExecution,
  };
}

function executed({ run }: Side): string {
  return run.cells.map(({ sourceSha256 }) => sourceSha256).join();
}

/** As the right notebook has them; what is gone follows what stood before it. */
function inOrder(left: readonly SideCell[], right: readonly SideCell[]): CellComparison[] {
  const matches = matchCells(left, right).sort(([a], [b]) => a.index - b.index);
  const steady = longestIncreasing(matches.map(([, { index }]) => index));
  const moved = new Set(matches.filter((_, at) => !steady.has(at)));
  const matchOfRight = new Map(matches.map((match) => [match[1], match]));
  const matchOfLeft = new Map(matches.map((match) => [match[0], match]));
  const goneAfter = new Map<SideCell | null, SideCell[]>();
  let last: SideCell | null = null;
  for (const cell of left) {
    const match = matchOfLeft.get(cell);
    if (match === undefined) goneAfter.set(last, [...(goneAfter.get(last) ?? []), cell]);
    else if (!moved.has(match)) last = match[1];
  }
  const gone = (after: SideCell | null) => (goneAfter.get(after) ?? []).map((cell) => oneSided(cell, "left"));
  return [
    ...gone(null),
    ...right.flatMap((cell) => {
      const match = matchOfRight.get(cell);
      const row = match === undefined ? oneSided(cell, "right") : twoSided(match, moved.has(match));
      return [row, ...gone(cell)];
    }),
  ];
}

function twoSided([left, right]: CellMatch, isMoved: boolean): CellComparison {
  const state = stateOf(left, right);
  return {
    state,
    isMoved,
    type: right.type,
    left: shown(left),
    right: shown(right),
    lines: left.sha256 === right.sha256 ? [] : diffLines(left.source, right.source),
    outputs: compareOutputs(left.outputs, right.outputs),
  };
}

function oneSided(cell: SideCell, side: "left" | "right"): CellComparison {
  const isLeft = side === "left";
  return {
    state: isLeft ? "removed" : "added",
    isMoved: false,
    type: cell.type,
    left: isLeft ? shown(cell) : null,
    right: isLeft ? null : shown(cell),
    lines: isLeft ? diffLines(cell.source, "") : diffLines("", cell.source),
    outputs: isLeft ? compareOutputs(cell.outputs, []) : compareOutputs([], cell.outputs),
  };
}

/** Where both ran, what ran decides; where one did, what it held must be what ran. */
function stateOf(left: SideCell, right: SideCell): State {
  if (left.ran !== null && right.ran !== null)
    return left.ran.sourceSha256 === right.ran.sourceSha256 ? "same" : "changed";
  const ran = left.ran?.sourceSha256 ?? left.sha256;
  if (ran === (right.ran?.sourceSha256 ?? right.sha256)) return "same";
  return isKnown(left) && isKnown(right) ? "changed" : "unknown";
}

/** Whether the text at hand is what ran. */
function isKnown({ ran, sha256 }: SideCell): boolean {
  return ran === null || !ran.edited || ran.sourceSha256 === sha256;
}

function shown({ name, index, ran, source }: SideCell): CellSide {
  return { id: name, index, ran: ran !== null, edited: ran?.edited ?? false, title: titleOf(source) };
}

/** The first line that is more than an import, else the first that is not blank. */
function titleOf(source: string): string {
  const lines = source
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");
  const telling = lines.find((line) => !/^(import |from \S+ import |#|%)/.test(line));
  return (telling ?? lines[0] ?? "").slice(0, 120);
}
