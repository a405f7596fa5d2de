import type { DatasetUse } from "../../format/run.ts";
import type { DataComparison, DataSide, SchemaComparison, State } from "../comparison.ts";

/**
 * The files of two runs: the same only where both were hashed and neither changed while it was read. The same bytes under another path
 * are one row. Of a file used in several versions the last that differs is compared.
 */
export function compareData(left: readonly DatasetUse[], right: readonly DatasetUse[]): DataComparison[] {
  const before = byPlace(left);
  const after = byPlace(right);
  const rows: DataComparison[] = [];
  const goneBefore = [...before].filter(([key]) => !after.has(key));
  for (const [key, uses] of after) {
    const others = before.get(key) ?? takeSameBytes(goneBefore, uses);
    rows.push(others === undefined ? oneSided(uses.at(-1)!, "right") : twoSided(others, uses));
  }
  return [...rows, ...goneBefore.map(([, uses]) => oneSided(uses.at(-1)!, "left"))];
}

function byPlace(uses: readonly DatasetUse[]): Map<string, DatasetUse[]> {
  const places = new Map<string, DatasetUse[]>();
  for (const use of uses) {
    const key = `${use.access} ${use.path} ${use.query ?? ""}`;
    places.set(key, [...(places.get(key) ?? []), use]);
  }
  return places;
}

/** The uses of a path that is gone and whose bytes these are, taken from the list. */
function takeSameBytes(
  gone: [string, DatasetUse[]][],
  uses: readonly DatasetUse[],
): DatasetUse[] | undefined {
  const wanted = uses.at(-1)!;
  if (wanted.sha256 === null) return undefined;
  const at = gone.findIndex(
    ([, others]) => others.at(-1)?.sha256 === wanted.sha256 && others.at(-1)?.access === wanted.access,
  );
  return at < 0 ? undefined : gone.splice(at, 1)[0]?.[1];
}

function oneSided(use: DatasetUse, side: "left" | "right"): DataComparison {
  const isLeft = side === "left";
  return {
    access: use.access,
    kind: use.kind ?? "file",
    query: use.query ?? null,
    path: use.path,
    leftPath: null,
    state: isLeft ? "removed" : "added",
    reason: null,
    left: isLeft ? sideOfUse(use) : null,
    right: isLeft ? null : sideOfUse(use),
    isSameRows: null,
    schema: null,
    newBytes: null,
  };
}

function twoSided(lefts: readonly DatasetUse[], rights: readonly DatasetUse[]): DataComparison {
  const [left, right] = versionsThatDiffer(lefts, rights);
  const reason = whyUnknown(lefts, "left") ?? whyUnknown(rights, "right");
  const isSame = hashesOf(lefts) === hashesOf(rights);
  const state: State = reason !== null ? "unknown" : isSame ? "same" : "changed";
  return {
    access: right.access,
    kind: right.kind ?? "file",
    query: right.query ?? null,
    path: right.path,
    leftPath: left.path === right.path ? null : left.path,
    state,
    reason,
    left: sideOfUse(left),
    right: sideOfUse(right),
    isSameRows: isSame ? null : sameRows(left, right),
    schema: schemaOf(left.columns, right.columns),
    newBytes: null,
  };
}

function sameRows(left: DatasetUse, right: DatasetUse): boolean | null {
  if (left.rowsDigest == null || right.rowsDigest == null) return null;
  return left.rowsDigest === right.rowsDigest;
}

function versionsThatDiffer(
  lefts: readonly DatasetUse[],
  rights: readonly DatasetUse[],
): [DatasetUse, DatasetUse] {
  const known = (uses: readonly DatasetUse[]) => new Set(uses.map(({ sha256 }) => sha256));
  const inLeft = known(lefts);
  const inRight = known(rights);
  const left = lefts.findLast(({ sha256 }) => !inRight.has(sha256)) ?? lefts.at(-1)!;
  return [left, rights.findLast(({ sha256 }) => !inLeft.has(sha256)) ?? rights.at(-1)!];
}

function whyUnknown(uses: readonly DatasetUse[], side: "left" | "right"): string | null {
  if (uses.some(({ unstable }) => unstable)) return `it changed while the ${side} run read it`;
  return uses.some(({ sha256 }) => sha256 === null) ? `it was not hashed in the ${side} run` : null;
}

function hashesOf(uses: readonly DatasetUse[]): string {
  return [...new Set(uses.map(({ sha256 }) => sha256))].sort().join();
}

function sideOfUse({ sha256, size, rows, stored, unstable }: DatasetUse): DataSide {
  return { sha256, size, rows, isStored: stored, isUnstable: unstable };
}

function schemaOf(left: DatasetUse["columns"], right: DatasetUse["columns"]): SchemaComparison | null {
  if (left === null || right === null) return null;
  const before = new Map(left.map(({ name, type }) => [name, type]));
  const after = new Map(right.map(({ name, type }) => [name, type]));
  const kept = left.filter(({ name }) => after.has(name));
  return {
    added: right.filter(({ name }) => !before.has(name)),
    removed: left.filter(({ name }) => !after.has(name)),
    retyped: kept
      .filter(({ name, type }) => after.get(name) !== type)
      .map(({ name, type }) => ({ name, left: type, right: after.get(name)! })),
    isReordered:
      kept.map(({ name }) => name).join("\n") !==
      right
        .filter(({ name }) => before.has(name))
        .map(({ name }) => name)
        .join("\n"),
  };
}
