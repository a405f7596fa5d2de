import type { Program } from "../program.ts";
import type { Data } from "../values/data.ts";
import { dataOf } from "../values/data-of.ts";
import type { Fit } from "../values/fit.ts";
import { constantOf } from "../values/kinds.ts";
import type { ModelFacts } from "../values/model-facts.ts";
import type { Reference } from "../values/reference.ts";
import { within } from "../values/rows.ts";
import type { Passed } from "../values/value.ts";

/** The rows that a model is scored on while it learns, other than its own, and what it does by those scores. */
export function watchedRows(
  program: Program,
  model: ModelFacts | null,
  inputs: Data,
  args: readonly Passed[],
): Pick<Fit, "watched" | "stopping"> {
  const { read } = program.store;
  const watched: Data[] = [];
  const gather = (reference: Reference, depth: number): void => {
    const value = read(reference);
    const data = dataOf(value, program.current?.at ?? inputs.at, read);
    if (value.items && depth > 0) {
      // A pair of rows and labels, or several pairs: the labels are of the same rows.
      for (const item of value.items) gather(item, depth - 1);
      return;
    }
    if (!data.rows || watched.some(({ rows }) => rows?.key === data.rows?.key)) return;
    if (inputs.rows && within(data.rows, inputs.rows)) return;
    watched.push(data);
  };
  for (const arg of args) if (arg.name !== null && watching.has(arg.name)) gather(arg.reference, 3);
  const named = args.find((arg) => isStopping(program, arg));
  const option = [...(model?.options ?? [])].find(([name, value]) => stopping.has(name) && value !== null);
  return { watched, stopping: named?.name ?? option?.[0] ?? null };
}

/** Whether an argument lets the scores decide: of callbacks that are written out, by what they are called. */
function isStopping(program: Program, { name, value, expression }: Passed): boolean {
  if (name === null || !stopping.has(name) || constantOf(value) === null) return false;
  const isWrittenOut = expression.op === "list" || expression.op === "tuple";
  if (name !== "callbacks" || !isWrittenOut || acting.test(program.textOf(expression.at))) return true;
  // Each by its name: `es = EarlyStopping(); fit(callbacks=[es])`.
  return (value.items ?? []).some((item) => acting.test(program.store.read(item).path ?? ""));
}

const acting = /early_?stop|ReduceLROnPlateau|ModelCheckpoint|save_best|pruning/i;

const watching: ReadonlySet<string> = new Set([
  "eval_set",
  "evals",
  "validation_data",
  "valid_sets",
  "X_val",
  "eval_data",
]);

const stopping: ReadonlySet<string> = new Set([
  "early_stopping",
  "early_stopping_rounds",
  "callbacks",
  "od_wait",
  "use_best_model",
]);
