import { estimatorEffect, holdsRows, isTruthFirst } from "../../api/known.ts";
import type { Place } from "../../ir.ts";
import { estimatorEffects } from "../effects/estimator-effects.ts";
import { fitOn } from "../effects/estimators/fit.ts";
import type { Program } from "../program.ts";
import { dataOf } from "../values/data-of.ts";
import { choosing, searched } from "../values/decided.ts";
import { derived } from "../values/derive.ts";
import { constantOf, unknown } from "../values/kinds.ts";
import { markOf } from "../values/learn.ts";
import type { Held, ModelFacts, Role } from "../values/model-facts.ts";
import type { Reference } from "../values/reference.ts";
import { noTraits, type Traits, unionMarks } from "../values/traits.ts";
import { liveRows, notFollowed, unfollowed } from "../values/unfollowed.ts";
import type { Passed, Value } from "../values/value.ts";
import { argument } from "./arguments.ts";
import { noteWritten } from "./files.ts";
import { givenFunction, isOwnTransformer, runOwnParts, throughOwnParts } from "./own-parts.ts";
import { blankModel, effectiveRole } from "./roles.ts";

/** A new estimator, splitter or sampler. */
export function makeModel(
  program: Program,
  name: string,
  role: Role,
  args: readonly Passed[],
  at: Place,
  held: Held | null = isTruthFirst(name) ? heldBy(program, args) : null,
): Reference {
  const { store } = program;
  const options = new Map<string, string | number | boolean | null>();
  for (const arg of args) {
    const constant = constantOf(arg.value);
    if (arg.name !== null && constant !== undefined) options.set(arg.name, constant);
  }
  const [first] = args;
  // How many folds stands first, where it has no name.
  if (role === "splitter" && first?.name === null && !name.startsWith("LeaveP")) {
    const constant = constantOf(first.value);
    if (typeof constant === "number") options.set("n_splits", constant);
  }
  const parts = args.flatMap((arg) => modelsIn(program, arg.reference, 3));
  const data = holdsRows(name)
    ? derived(
        program,
        args.map((arg) => arg.value),
      )
    : unknown;
  const made = store.allocate({
    ...unknown,
    kind: "model",
    path: name,
    callable: name === "FunctionTransformer" ? givenFunction(args) : null,
    rows: data.rows,
    rest: data.rest,
    model: {
      role,
      parts,
      fits: [],
      learned: new Map(),
      options,
      chosenBy: choosing(program, [...args.map(({ value }) => value), ...parts.map(store.read)]),
      isReset: false,
      made: at,
      held,
    },
  });
  program.madeIn.set(made, program.turns);
  return made;
}

/** What a model is made with that is given the truth first: `OLS(y, X)`. */
function heldBy({ store }: Program, args: readonly Passed[]): Held | null {
  const truth = argument(args, 0, "endog");
  const given = argument(args, 1, "exog");
  if (!truth || !given) return null;
  const [target, inputs] = [truth, given].map(({ value, expression }) =>
    dataOf(value, expression.at, store.read),
  );
  return target && inputs?.rows ? { inputs, target, formula: null } : null;
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
  if (isOpaque && estimatorEffect(name) === "learner") return true;
  return estimatorEffect(name) === "evaluate" && args.length > 0;
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
  noteWritten(program, name, value, args, at);
  const model = value.model ?? { ...blankModel, role: "unknown" as const };
  const role = effectiveRole(program, model);
  const given = argument(
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
  const parted = given && { model, effective: role, name, given, args, at };
  const chained = parted && runOwnParts(program, parted);
  if (chained) return name === "fit" ? owner : chained;
  const effect = estimatorEffect(name);
  if (effect !== undefined) {
    const met = parted && throughOwnParts(program, parted);
    const passed = met ? args.map((arg) => (arg === given ? met : arg)) : args;
    return estimatorEffects[effect]({
      program,
      owner,
      value,
      model,
      role,
      name,
      args: passed,
      given: met ?? given,
      at,
    });
  }
  const values = args.map((arg) => arg.value);
  if (liveRows(program, values) === null)
    return store.allocate(given ? derived(program, [given.value]) : unknown);
  const what = notFollowed(`${value.path ?? "the model"}.${name}`);
  if (model.fits.length > 0) program.unfollowedCalls.push({ at, what });
  return store.allocate(unfollowed(program, what, values, at));
}

/** A model a training function returns: `xgboost.train(params, rows)`. */
export function trainedModel(
  program: Program,
  label: string,
  data: Passed,
  args: readonly Passed[],
  at: Place,
): Reference {
  const owner = makeModel(program, label, "model", [], at);
  const value = program.store.read(owner);
  const { model } = value;
  if (model)
    fitOn(
      {
        program,
        owner,
        value,
        model,
        role: "model",
        name: "train",
        args: [data, ...args],
        given: data,
        at,
      },
      "model",
    );
  return owner;
}

/** What a fitted attribute carries: `support_` of a selector, `mean_` of a scaler, `feature_importances_` of a model. */
export function learnedTraits(model: ModelFacts, name: string): Traits {
  const isOfStatsmodels = /^(resid|resid_\w+|fittedvalues|params|bse|tvalues|pvalues)$/.test(name);
  if (!name.endsWith("_") && !isOfStatsmodels) return noTraits;
  let { learned } = model;
  if (model.role === "search" && /^best_(params|index)_?$/.test(name)) learned = searched(model);
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
