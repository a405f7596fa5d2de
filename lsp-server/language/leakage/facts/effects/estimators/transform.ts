import type { Program } from "../../program.ts";
import { asData, unknown } from "../../values/kinds.ts";
import { markOf } from "../../values/learn.ts";
import type { Mark } from "../../values/mark.ts";
import type { ModelFacts } from "../../values/model-facts.ts";
import type { Reference } from "../../values/reference.ts";
import { noTraits, unionMarks, unionTraits } from "../../values/traits.ts";
import type { Passed } from "../../values/value.ts";
import { allTraits } from "../../values/value-traits.ts";
import type { EstimatorCall } from "./estimator-call.ts";
import { fitOn } from "./fit.ts";

/** Each row as what was learned makes of it. */
export function transform({ program, owner, given }: EstimatorCall): Reference {
  return transformed(program, owner, given);
}

/** Each value as a number that stands for it. */
export function codes({ program: { store }, given }: EstimatorCall): Reference {
  return store.allocate(given ? { ...asData(given.value), items: null, owner: null, gone: null } : unknown);
}

/** It learns from rows, and answers what it makes of them. */
export function fitTransform(of: EstimatorCall): Reference {
  fitOn(of, of.role === "unknown" ? "transformer" : of.role);
  return transform(of);
}

/** It learns from rows, and judges each of them: clusters, outliers. */
export function fitPredict(of: EstimatorCall): Reference {
  fitOn(of, "transformer");
  return transform(of);
}

function transformed(program: Program, owner: Reference, first: Passed | null): Reference {
  const { store } = program;
  const model = store.read(owner).model;
  const learned = model ? learnedBy(model) : new Map<string, Mark>();
  if (!first) return store.allocate(unknown);
  const { callable } = store.read(owner);
  if (callable?.op === "partial")
    return store.allocate(program.callBack(callable.of, [first.value], first.expression.at));
  const value = first.value;
  const rest = unionTraits(allTraits(value, store.read), { marks: learned, columns: noTraits.columns });
  const isSupervised = model?.role === "supervised" || model?.role === "model";
  const columns = isSupervised
    ? null
    : value.columns &&
      new Map(
        [...value.columns].map(([name, traits]) => [
          name,
          unionTraits(traits, { marks: learned, columns: noTraits.columns }),
        ]),
      );
  const gone = keepsColumns(store.read(owner).path) ? value.gone : null;
  return store.allocate({ ...asData(value), items: null, owner: null, rest, columns, gone });
}

/** Whether each column comes out in its place, as another value of the same. */
function keepsColumns(name: string | null): boolean {
  return (
    name !== null && /(Scaler|Imputer|Normalizer|Binarizer|PowerTransformer|QuantileTransformer)$/.test(name)
  );
}

/** What a fitted object puts on what it transforms. A model that transforms has learned its rows, and their labels where it was given any. */
function learnedBy({ role, learned, fits }: ModelFacts): ReadonlyMap<string, Mark> {
  if (role !== "model" || learned.size > 0) return learned;
  let all: ReadonlyMap<string, Mark> = learned;
  for (const { at, model, inputs, target } of fits) {
    const mark = markOf(target ? "supervised" : "statistic", model, at, inputs.rows);
    all = unionMarks(unionMarks(all, new Map([[mark.id, mark]])), inputs.marks);
  }
  return all;
}
