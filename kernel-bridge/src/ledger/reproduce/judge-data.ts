import { isAbsolute } from "node:path";
import type { DatasetUse, Run } from "../format/run.ts";
import type { Again } from "./again.ts";
import { cellThen } from "./cell-numbers.ts";
import type { Count, Difference, NotCompared } from "./reproduction.ts";

/** The files that were written: by their bytes, else by their rows in whichever order; and the data that libraries made. */
export function differencesOfData(
  { recorded, again }: Again,
  number: (cellId: string) => number | null,
  isWhole: boolean,
): {
  readonly differences: readonly Difference[];
  readonly notCompared: readonly NotCompared[];
  readonly count: Count;
} {
  const differences: Difference[] = [];
  const notCompared: NotCompared[] = [];
  const ran = new Set(recorded.run.cells.slice(0, again.run.cells.length).map(({ cellId }) => cellId));
  const now = lastWrites(again.run);
  const saved = new Set(recorded.run.models.flatMap((model) => model.saved));
  let [same, of] = [0, 0];
  for (const use of lastWrites(recorded.run).values()) {
    if (!ran.has(use.cellId)) continue;
    of++;
    const other = now.get(use.path);
    const put = (what: string, isChance: boolean) =>
      differences.push({ cell: number(use.cellId), what, isChance });
    if (other === undefined) {
      // Where it stopped short that is said already.
      if (!isWhole) continue;
      if (isAbsolute(use.path))
        notCompared.push({
          what: use.path,
          reason: "no file of this name was written outside the workspace",
        });
      else put(`${use.path} was not written`, false);
      continue;
    }
    if (isKnown(use) && isKnown(other) && use.sha256 === other.sha256) same++;
    else if (use.rowsDigest != null && use.rowsDigest === other.rowsDigest) same++;
    else if (!isKnown(use) || !isKnown(other))
      notCompared.push({
        what: use.path,
        reason: `it ${use.unstable || other.unstable ? "changed while it was recorded" : "was not hashed"}`,
      });
    else put(`${use.path} holds something else`, saved.has(use.path) || isAlike(use, other));
  }
  for (const [path, use] of now)
    if (!lastWrites(recorded.run).has(path) && !isAbsolute(path))
      differences.push({
        cell: number(cellThen(recorded.run, again.run, use)),
        what: `${path} was written, and was not then`,
        isChance: false,
      });
  return {
    differences: [...differences, ...madeOtherwise(recorded.run, again.run, number)],
    notCompared,
    count: { same, of },
  };
}

/** Inputs that are not known to be what they were: what was read in the place of each that could not be restored decides. */
export function inputsNotAlike({ recorded, again, missing }: Again): NotCompared[] {
  const reasons = new Map(missing.map(({ path, reason }) => [path, reason]));
  const reads = (run: Run, path: string) =>
    run.datasets.filter((use) => use.access === "read" && use.path === path);
  return [...reasons].flatMap(([path, reason]) => {
    const before = reads(recorded.run, path).map(versionOf);
    const after = reads(again.run, path).map(versionOf);
    const isSame = before.length > 0 && after.length > 0 && before[0] !== null && before[0] === after[0];
    if (isSame) return [];
    const isOther = before[0] != null && after[0] != null;
    return [{ what: path, reason: isOther ? "what was read is not what was read then" : clause(reason) }];
  });
}

function versionOf({ sha256, version, unstable }: DatasetUse): string | null {
  return unstable ? null : (sha256 ?? version ?? null);
}

/** A sentence as a clause. */
function clause(sentence: string): string {
  const text = sentence.replace(/\.$/, "");
  return text === "" ? text : text[0]!.toLowerCase() + text.slice(1);
}

function lastWrites({ datasets }: Run): Map<string, DatasetUse> {
  return new Map(datasets.filter(({ access }) => access === "write").map((use) => [use.path, use]));
}

function isKnown({ sha256, unstable }: DatasetUse): boolean {
  return sha256 !== null && !unstable;
}

/** A table of the same columns and as many rows: other values. */
function isAlike(left: DatasetUse, right: DatasetUse): boolean {
  const shape = ({ rows, columns }: DatasetUse) =>
    columns === null ? null : JSON.stringify([rows, columns]);
  return shape(left) !== null && shape(left) === shape(right);
}

/** What a library made, by chance where it was not told a seed. */
function madeOtherwise(recorded: Run, again: Run, number: (cellId: string) => number | null): Difference[] {
  const made = ({ datasets }: Run) => datasets.filter(({ kind }) => kind === "made");
  const after = made(again);
  return made(recorded).flatMap((use, at) => {
    const other = after[at];
    if (other?.path !== use.path || use.sha256 === null || other.sha256 === null) return [];
    if (use.sha256 === other.sha256) return [];
    return [{ cell: number(use.cellId), what: `${use.path} made other data`, isChance: true }];
  });
}
