import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";
import type { ColumnSchema } from "./column-schema.ts";
import type { ResolvedFeature, ResolvedTrainingSet, ResolvedView } from "./resolved-training-set.ts";

/**
 * SHA-256, in hex, of what a training set's join does: all that decides its result besides the rows of its files, and nothing else. Files
 * count by their path as written, columns by their name and the type they are read as. How things are called in the text does not count
 * unless a column of the result is called so; neither do definitions that the training set takes nothing from.
 */
export function joinDigest(set: ResolvedTrainingSet): string {
  const { source, columns, time } = set.spine;
  const parts = [
    [source.path, columns.map(columnPart), time.name],
    set.views.map(viewPart),
    set.features.map((feature) => featurePart(set, feature)),
  ];
  return bytesToHex(sha256(utf8ToBytes(JSON.stringify(parts))));
}

function viewPart({ source, time, created, keys, values, join }: ResolvedView) {
  const hasLatest = join.values.length > 0;
  const decides = created !== null && (hasLatest || join.availability.mode === "created");
  return [
    source.path,
    columnPart(time),
    decides ? columnPart(created) : null,
    // What they are compared with is the spine's column of the same name.
    keys.map(({ column }) => JSON.stringify(columnPart(column))).sort(),
    join.availability,
    join.upper,
    // It bounds latest values alone, and 0 is no bound. All of them decide between rows of one instant, in their order.
    hasLatest ? join.ttlUs || null : null,
    join.values.map((as) => columnPart(columnOf(values, as))),
  ];
}

function featurePart(set: ResolvedTrainingSet, { output, view, value }: ResolvedFeature) {
  const { values, join } = set.views[view]!;
  const window = join.windows.find((each) => each.output === value);
  if (!window) return [output, view, columnPart(columnOf(values, value))];
  return [output, view, columnPart(columnOf(values, window.column)), window.function, window.edge];
}

function columnOf(values: ResolvedView["values"], as: string): ColumnSchema {
  return values.find((value) => value.as === as)!.column;
}

function columnPart({ name, type }: ColumnSchema): readonly string[] {
  return [name, type];
}
