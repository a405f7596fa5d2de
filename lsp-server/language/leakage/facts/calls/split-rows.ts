import { contiguousSplitters, orderedSplitters } from "../../api/splitters.ts";
import type { Place } from "../../ir.ts";
import type { Program } from "../program.ts";
import type { Data } from "../values/data.ts";
import { dataOf } from "../values/data-of.ts";
import { foldsOf, listOf, unknown } from "../values/kinds.ts";
import type { ModelFacts } from "../values/model-facts.ts";
import type { Reference } from "../values/reference.ts";
import { allOf, limited } from "../values/rows.ts";
import type { Split } from "../values/split.ts";
import type { Passed, Value } from "../values/value.ts";

/** A split as a splitter makes it. */
export function splitOf(
  program: Program,
  name: string,
  model: ModelFacts,
  { data, groups, at }: { readonly data: Data; readonly groups: Passed | null; readonly at: Place },
): Split {
  const isShuffled = model.options.get("shuffle") === true || !contiguousSplitters.has(name);
  const split: Split = {
    id: `split:${at.cell}:${at.from}`,
    loops: loopsAround(program),
    at,
    how: orderedSplitters.has(name) ? "ordered" : isShuffled ? "random" : "contiguous",
    label: name,
    inputs: data,
    decidedAt: model.made ?? at,
    statement: program.current?.at ?? at,
    targets: null,
    hasStratify: false,
    isSeeded: (model.options.get("random_state") ?? null) !== null,
    folds: Number(model.options.get("n_splits") ?? 5),
    gap: Number(model.options.get("gap") ?? 0),
    together: name.includes("Group") ? (groups?.value.column ?? null) : null,
  };
  program.facts.splits.set(split.id, split);
  return split;
}

/** The halves that a splitter hands over, fold by fold. */
export function folds(
  program: Program,
  owner: Reference,
  value: Value,
  {
    first,
    groups,
    at,
  }: { readonly first: Passed | null; readonly groups: Passed | null; readonly at: Place },
): Reference {
  const { store } = program;
  if (!first || !value.model) return store.allocate(unknown);
  const data = dataOf(first.value, at, store.read);
  const split = splitOf(program, value.path ?? "the splitter", value.model, { data, groups, at });
  const rows = first.value.rows ?? store.read(owner).rows;
  const half = (side: string): Reference =>
    store.allocate({
      ...unknown,
      rows: rows && limited(allOf(...rows.tables), { cut: split.id, side, bound: "" }),
    });
  const pair = store.allocate(listOf([half("train"), half("test")]));
  return store.allocate(foldsOf([pair]));
}

/** The loops that run now. */
export function loopsAround({ turns }: Program): ReadonlySet<string> {
  return new Set(turns.map((turn) => turn.slice(0, turn.indexOf("#"))));
}
