import { counted } from "../../../counted.ts";
import { isImported } from "../../format/is-imported.ts";
import type { CellsComparison } from "../comparison.ts";
import type { Side } from "../side.ts";
import type { Clause } from "./clause.ts";

/** What became of the code. `lead` begins the sentence where not all of it is the same. */
export function codeClause(
  left: Side,
  right: Side,
  cells: CellsComparison,
): Clause & { readonly lead: string | null } {
  const { total, same, unknown } = cells.code;
  const elsewhere = left.run.notebook === right.run.notebook ? [] : ["different notebooks"];
  const nothing = { same: [], changes: elsewhere, unknown: null, doubts: [], lead: null };
  const imported = [left, right].filter(({ run }) => isImported(run));
  if (imported.length > 0) {
    const which =
      imported.length === 2 ? "either run" : imported[0] === left ? "the left run" : "the right run";
    return {
      ...nothing,
      unknown: "code",
      doubts: [`Which cells ran in ${which} is not known: it was imported from another tool.`],
    };
  }
  if (!cells.isKnown) {
    const which =
      left.cells === null ? (right.cells === null ? "either run" : "the left run") : "the right run";
    return {
      ...nothing,
      unknown: "code",
      doubts: [`The notebook of ${which} cannot be read, so nothing is said of its cells.`],
    };
  }
  if (total === 0) return nothing;
  const doubts =
    unknown === 0
      ? []
      : [
          `Whether ${counted(unknown, "cell is", "cells are")} the same is not known: edited since they ran, and what ran was not kept.`,
        ];
  if (same === total) {
    const changes = [...elsewhere, ...orderChanges(left, right, cells)];
    return { same: ["code"], changes, unknown: null, doubts, lead: null };
  }
  const changed = total - same - unknown;
  const isLost = unknown > 0 ? `, ${unknown} not known` : "";
  const lead =
    same > 0
      ? `Same code in ${same} of ${total} cells${isLost}`
      : total === 1 && changed === 1
        ? "The only cell changed"
        : changed === total
          ? `Other code in all ${total} cells`
          : `Same code in none of ${counted(total, "cell")}${isLost}`;
  return { same: [], changes: elsewhere, unknown: null, doubts, lead };
}

/** The same cells may have run otherwise. */
function orderChanges(left: Side, right: Side, cells: CellsComparison): string[] {
  const moved = cells.rows.filter(({ isMoved, type }) => isMoved && type === "code").length;
  if (cells.isSameExecution) return moved > 0 ? [`${counted(moved, "cell")} moved`] : [];
  const [before, after] = [left.run.cells.length, right.run.cells.length];
  if (before !== after) return [`${before} of its cells ran, then ${after}`];
  return moved > 0 ? [`${counted(moved, "cell")} moved`] : ["other cells ran, or in another order"];
}
