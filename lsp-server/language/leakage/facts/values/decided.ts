import type { Place } from "../../ir.ts";
import type { Program } from "../program.ts";
import { markOf } from "./learn.ts";
import type { Marks } from "./mark.ts";
import type { ModelFacts } from "./model-facts.ts";
import type { Reference } from "./reference.ts";
import { noTraits, unionMarks } from "./traits.ts";
import type { Constant, Value } from "./value.ts";
import { allTraits, withTraits } from "./value-traits.ts";

/** Does something while conditions hold that compare scores: `if score > best: …`. */
export function deciding(program: Program, added: Marks, run: () => void): void {
  const { decided } = program;
  program.decided = unionMarks(decided, added);
  run();
  program.decided = decided;
}

/** Notes the scores among values of which the best is kept, by `pick` where a call says which. */
export function noteCompared(
  program: Program,
  values: readonly Value[],
  by: Place | null = null,
  pick: string | null = null,
): void {
  const { facts, repeated } = program;
  for (const mark of choosing(program, values).values())
    if (mark.kind === "score" && (pick === null || isBestOf(mark.label, pick)))
      facts.compared.set(mark.id, {
        mark,
        isRepeated: repeated.has(mark.id),
        by: by ?? facts.compared.get(mark.id)?.by ?? null,
      });
}

/** One of several that stand in the order of their scores: `sorted(results)[-1]`; null for all others. */
export function bestInOrder(program: Program, value: Value, place: Constant): Reference | null {
  if (value.form !== "ranked") return null;
  noteCompared(program, [value]);
  const one = value.items?.at(typeof place === "number" ? place : 0);
  if (one === undefined) return null;
  let best = one;
  deciding(program, choosing(program, [value]), () => {
    best = decidedBy(program, one);
  });
  return best;
}

/** Whether the least, or the most, is the best of what a network says of its epochs; the other end limits an axis. */
function isBestOf(label: string, pick: string): boolean {
  if (!label.startsWith("val_")) return true;
  return /min|small/.test(pick) === /loss|error|mse|mae|mape/.test(label);
}

/** Whether a call picks the best of several. */
export function picksBest(name: string): boolean {
  return /^(nan)?(arg)?(max|min)$|^idx(max|min)$|^n(largest|smallest)$/.test(name);
}

/** What a search found best on folds of the rows it was given. */
export function searched({ fits }: ModelFacts): Marks {
  const marks = fits.map(({ at, model, inputs }) => markOf("searched", model, at, inputs.rows));
  return new Map(marks.map((mark) => [mark.id, mark]));
}

/** The scores and searches among what values went through, and those that chose models among them. */
export function choosing({ store }: Program, values: readonly Value[]): Marks {
  let all: Marks = new Map();
  for (const value of values) {
    const marks = [...allTraits(value, store.read).marks].filter(
      ([, { kind }]) => kind === "score" || kind === "searched",
    );
    all = unionMarks(unionMarks(all, new Map(marks)), value.model?.chosenBy ?? all);
  }
  return all;
}

/** A setting or a model that is kept because a score was the best. */
export function decidedBy(program: Program, reference: Reference): Reference {
  const { decided, store } = program;
  if (decided.size === 0) return reference;
  const value = store.read(reference);
  if (value.model)
    return store.allocate({
      ...value,
      model: { ...value.model, chosenBy: unionMarks(value.model.chosenBy, decided) },
    });
  if (value.items)
    return store.allocate({ ...value, items: value.items.map((item) => decidedBy(program, item)) });
  return value.rows === null && value.code === null
    ? store.allocate(withTraits(value, { marks: decided, columns: noTraits.columns }))
    : reference;
}
