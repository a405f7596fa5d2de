import { evaluations } from "../../api/classes.ts";
import { answersByRow, handsItselfOn } from "../../api/model-methods.ts";
import type { Place } from "../../ir.ts";
import type { Program } from "../program.ts";
import { derived } from "../values/derive.ts";
import { markOf } from "../values/learn.ts";
import {
  allTraits,
  dataOf,
  noTraits,
  scalar,
  unionMarks,
  unionTraits,
  unknown,
  withMark,
} from "../values/traits.ts";
import { liveRows, notFollowed, unfollowed } from "../values/unfollowed.ts";
import type { Fit, Mark, ModelFacts, Passed, Reference, Role, Traits, Value } from "../values/value.ts";
import { argument } from "./arguments.ts";
import { givenFunction, isOwnTransformer, runOwnParts } from "./own-parts.ts";
import { evaluate, record } from "./score-model.ts";
import { folds } from "./split-rows.ts";
import { writtenTransform } from "./written-transform.ts";

/** A new estimator, splitter or sampler. */
export function makeModel(
  program: Program,
  name: string,
  role: Role,
  args: readonly Passed[],
  at: Place,
): Reference {
  const { store } = program;
  const options = new Map<string, string | number | boolean | null>();
  for (const arg of args) {
    if (arg.name !== null && arg.value.constant !== undefined) options.set(arg.name, arg.value.constant);
  }
  const parts = args.flatMap((arg) => modelsIn(program, arg.reference, 3));
  const isPatsy = role === "model" && /^(OLS|GLM|Logit|Probit|ARIMA|SARIMAX)$/.test(name);
  const data = isPatsy
    ? derived(
        program,
        args.map((arg) => arg.value),
      )
    : unknown;
  return store.allocate({
    ...unknown,
    kind: "model",
    path: name,
    callable: name === "FunctionTransformer" ? givenFunction(args) : null,
    rows: data.rows,
    rest: data.rest,
    model: { role, parts, fits: [], learned: new Map(), options, made: at },
  });
}

/** Whether a method of this value is a model's, known or by its name alone. */
export function isModelCall(value: Value, name: string, args: readonly Passed[]): boolean {
  if (value.model) return true;
  if (value.items || value.entries?.has(name)) return false;
  // Whatever was made by a class that nobody described may be an estimator.
  const isOpaque = value.kind === "scalar" && value.constant === undefined;
  if (value.kind !== "data" && value.kind !== "code" && !isOpaque) return false;
  if (["fit", "fit_transform", "fit_generator", "partial_fit", "fit_resample", "fit_sample"].includes(name))
    return true;
  return evaluations.has(name) && args.length > 0;
}

/** `fit`, `transform`, `predict`, … */
export function callModelMethod(
  program: Program,
  owner: Reference,
  name: string,
  args: readonly Passed[],
  at: Place,
): Reference {
  const { store } = program;
  const value = store.read(owner);
  const model = value.model ?? {
    role: "unknown",
    parts: [],
    fits: [],
    learned: new Map(),
    options: new Map(),
    made: null,
  };
  const role = effectiveRole(program, model);
  const first = argument(
    args,
    0,
    "X",
    "x",
    "data",
    "y_true",
    "X_test",
    "generator",
    "training_frame",
    "test_frame",
  );
  const chained = first && runOwnParts(program, model, role, name, first, args, at);
  if (chained) return name === "fit" ? owner : chained;
  switch (name) {
    case "fit":
    case "fit_generator":
    case "partial_fit":
    case "train":
    case "adapt":
    case "fit_on_texts":
      fit(program, owner, value, model, role, first, args, at);
      return owner;
    case "fit_transform":
    case "texts_to_sequences_fit":
      fit(program, owner, value, model, role === "unknown" ? "transformer" : role, first, args, at);
      return transform(program, owner, first);
    case "transform":
    case "texts_to_sequences":
    case "texts_to_matrix":
    case "inverse_transform":
      return transform(program, owner, first);
    case "fit_predict":
      fit(program, owner, value, model, "transformer", first, args, at);
      return transform(program, owner, first);
    case "fit_resample":
    case "fit_sample":
      return resampled(program, value.path ?? "the sampler", args, at);
    case "split":
      return role === "splitter" ? folds(program, owner, value, first, at) : store.allocate(unknown);
    case "get_feature_names":
    case "get_feature_names_out":
    case "get_support":
      return store.allocate(scalar(undefined, { marks: model.learned, columns: noTraits.columns }));
  }
  if (evaluations.has(name)) {
    if (role === "transformer" && name.startsWith("predict")) return transform(program, owner, first);
    return evaluate(program, value.path ?? "the model", model, name, first, at);
  }
  if (name === "flow" || name === "flow_from_dataframe") {
    return store.allocate(
      derived(
        program,
        args.map((arg) => arg.value),
      ),
    );
  }
  if (handsItselfOn.has(name)) return owner;
  const values = args.map((arg) => arg.value);
  if (answersByRow.has(name) || liveRows(program, values) === null)
    return store.allocate(first ? derived(program, [first.value]) : unknown);
  return store.allocate(unfollowed(program, notFollowed(`${value.path ?? "the model"}.${name}`), values, at));
}

/** A model a training function returns: `xgboost.train(params, rows)`. */
export function trainedModel(program: Program, label: string, data: Passed, at: Place): Reference {
  const owner = makeModel(program, label, "model", [], at);
  const value = program.store.read(owner);
  if (value.model) fit(program, owner, value, value.model, "model", data, [data], at);
  return owner;
}

/** What a pipeline or search is, seen from outside: a model when its last step is one. */
function effectiveRole(program: Program, model: ModelFacts): Role {
  if (model.role === "pipeline") {
    const last = model.parts.at(-1);
    const lastValue = last === undefined ? null : program.store.read(last);
    if (lastValue && isOwnTransformer(lastValue)) return "transformer";
    const lastModel = lastValue?.model;
    if (!lastModel) return "model";
    const role = effectiveRole(program, lastModel);
    return role === "model" || role === "search" ? "model" : "transformer";
  }
  return model.role === "search" ? "model" : model.role;
}

/** What a fitted attribute carries: `support_` of a selector, `mean_` of a scaler, `feature_importances_` of a model. */
export function learnedTraits(model: ModelFacts, name: string): Traits {
  const isOfStatsmodels = /^(resid|resid_\w+|fittedvalues|params|bse|tvalues|pvalues)$/.test(name);
  if (!name.endsWith("_") && !isOfStatsmodels) return noTraits;
  let { learned } = model;
  if (isOfStatsmodels || /^(feature_importances|coef|ranking|support|scores|pvalues)_$/.test(name)) {
    for (const { at, model: label, inputs } of model.fits) {
      const mark = markOf("supervised", label, at, inputs.rows);
      learned = unionMarks(learned, new Map([[mark.id, mark]]));
    }
  }
  return { marks: learned, columns: noTraits.columns };
}

function modelsIn(program: Program, reference: Reference, depth: number): Reference[] {
  const value = program.store.read(reference);
  if (value.model || isOwnTransformer(value)) return [reference];
  if (depth === 0) return [];
  return (value.items ?? []).flatMap((item) => modelsIn(program, item, depth - 1));
}

function fit(
  program: Program,
  owner: Reference,
  value: Value,
  model: ModelFacts,
  role: Role,
  first: Passed | null,
  args: readonly Passed[],
  at: Place,
): void {
  const { store, facts } = program;
  if (role === "stateless" || role === "splitter") return;
  const given = first?.value ?? (value.rest === noTraits && value.rows === null ? null : value);
  if (!given) return;
  const inputs = dataOf(given, first?.expression.at ?? at, store.read);
  const targetArgument = argument(args, 1, "y", "y_train", "label");
  let learned: ReadonlyMap<string, Mark> = new Map();
  let fits: readonly Fit[] = model.fits;
  if (role === "transformer" || role === "union" || role === "supervised" || role === "unknown") {
    const isLearning = role !== "union" || model.parts.length === 0 || learnsRows(program, model);
    const isPipeline = model.role === "pipeline" && !learnsRows(program, model);
    if (isLearning && !isPipeline) {
      const kind = role === "supervised" ? "supervised" : "statistic";
      const made = markOf(kind, value.path ?? "the transformer", at, inputs.rows);
      const mark = { ...made, written: writtenTransform(program, value, first, at) };
      learned = unionMarks(new Map([[mark.id, mark]]), inputs.marks);
    }
  }
  if (role === "model" || role === "unknown") {
    const made: Fit = {
      id: `fit:${at.cell}:${at.from}:${inputs.rows?.key ?? ""}:${[...inputs.marks.keys()].join()}`,
      at,
      statement: program.current?.at ?? at,
      model: value.path ?? "the model",
      inputs,
      target: targetArgument ? dataOf(targetArgument.value, targetArgument.expression.at, store.read) : null,
    };
    facts.fits.set(made.id, made);
    fits = [made];
    if (model.role === "search") {
      // A search scores its candidates on folds of the rows it is given.
      record(program, made, "cross-validation", inputs, at, true);
    }
  }
  store.write(owner, {
    ...value,
    kind: value.kind === "code" ? "code" : "model",
    model: { ...model, role: model.role, fits, learned },
  });
}

function learnsRows(program: Program, model: ModelFacts): boolean {
  return model.parts.some((part) => {
    const inner = program.store.read(part).model;
    return (
      inner !== null && (["transformer", "supervised"].includes(inner.role) || learnsRows(program, inner))
    );
  });
}

function transform(program: Program, owner: Reference, first: Passed | null): Reference {
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
  return store.allocate({ ...value, kind: "data", items: null, owner: null, rest, columns });
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

function resampled(program: Program, label: string, args: readonly Passed[], at: Place): Reference {
  const { store } = program;
  const rows = args[0]?.value.rows ?? null;
  const mark = markOf("resample", label, at, rows);
  const items = args.slice(0, 2).map((arg) => store.allocate({ ...withMark(arg.value, mark), owner: null }));
  return store.allocate({ ...unknown, items });
}
