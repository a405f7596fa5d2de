import type { Place } from "../../ir.ts";
import type { Program } from "../program.ts";
import { unknown } from "../values/kinds.ts";
import { markOf } from "../values/learn.ts";
import type { Mark } from "../values/mark.ts";
import type { Reference } from "../values/reference.ts";
import { noTraits } from "../values/traits.ts";
import type { Value } from "../values/value.ts";

/** The path of what Keras says of each epoch: `model.fit(…).history`. */
const historyPath = "History";

/** `fit(…).history` of a model that was watched by rows while it learned; null of any other. */
export function readHistory({ store }: Program, value: Value): Reference | null {
  const isWatched = value.model?.fits.some(({ watched }) => watched.length > 0) === true;
  return isWatched ? store.allocate({ ...unknown, path: historyPath, model: value.model }) : null;
}

/** `history["val_accuracy"]`: a score of the watched rows for each epoch. Null of what is no history, or says nothing of those rows. */
export function readEpochs(
  program: Program,
  { path, model }: Value,
  key: unknown,
  at: Place,
): Reference | null {
  if (path !== historyPath || typeof key !== "string") return null;
  const marks = new Map<string, Mark>();
  for (const { watched, inputs } of key.startsWith("val_") ? (model?.fits ?? []) : [])
    for (const { rows } of watched) {
      // Answers may be a table of their own.
      if (!rows?.tables.some((table) => inputs.rows?.tables.includes(table))) continue;
      const mark = markOf("score", key, at, rows);
      marks.set(mark.id, mark);
      program.repeated.add(mark.id);
    }
  return program.store.allocate({ ...unknown, rest: { marks, columns: noTraits.columns } });
}
