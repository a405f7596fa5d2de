import { mixesColumns } from "../../../api/known.ts";
import { argument } from "../../calls/arguments.ts";
import { modelName } from "../../calls/model-name.ts";
import { learnsRows } from "../../calls/roles.ts";
import { isOlderThanTurn, noteFit, record } from "../../calls/score-model.ts";
import { watchedRows } from "../../calls/watched-rows.ts";
import { writtenTransform } from "../../calls/written-transform.ts";
import type { Program } from "../../program.ts";
import { dataOf } from "../../values/data-of.ts";
import type { Fit } from "../../values/fit.ts";
import { asModel } from "../../values/kinds.ts";
import { learnedFrom, markOf } from "../../values/learn.ts";
import type { Mark } from "../../values/mark.ts";
import type { ModelFacts, Role } from "../../values/model-facts.ts";
import type { Reference } from "../../values/reference.ts";
import { noTraits, unionMarks } from "../../values/traits.ts";
import type { Value } from "../../values/value.ts";
import type { EstimatorCall } from "./estimator-call.ts";

/** It learns from rows. */
export function fit(of: EstimatorCall): Reference {
  fitOn(of, of.role);
  return of.owner;
}

/** What an estimator in such a role learns from the rows it is given. */
export function fitOn(
  { program, owner, value, model, name, given: first, args, at }: EstimatorCall,
  role: Role,
): void {
  const { store } = program;
  if (role === "stateless" || role === "splitter") return;
  const { held } = model;
  const given = first?.value ?? (value.rest === noTraits && value.rows === null ? null : value);
  if (!given && !held) return;
  const inputs = held?.inputs ?? dataOf(given ?? value, first?.expression.at ?? at, store.read);
  const targetArgument = argument(args, 1, "y", "y_train", "label");
  const truth = given?.entries?.get("label");
  const target = targetArgument
    ? dataOf(targetArgument.value, targetArgument.expression.at, store.read)
    : truth !== undefined
      ? dataOf(store.read(truth), first?.expression.at ?? at, store.read)
      : null;
  let learned: ReadonlyMap<string, Mark> = new Map();
  let fits: readonly Fit[] = model.fits;
  if (role === "transformer" || role === "union" || role === "supervised" || role === "unknown") {
    const isLearning = role !== "union" || model.parts.length === 0 || learnsRows(program, model);
    const isPipeline = model.role === "pipeline" && !learnsRows(program, model);
    if (isLearning && !isPipeline) {
      const kind = role === "supervised" ? "supervised" : "statistic";
      const made = markOf(kind, value.path ?? "the transformer", at, inputs.rows);
      const mark = learnedFrom(
        {
          ...made,
          written: writtenTransform(program, value, first, at),
          isOfAllColumns: isOfAllColumns(program, value),
        },
        { marks: inputs.marks, columns: inputs.origins },
        inputs.isClosed || inputs.column !== null,
      );
      program.facts.learnedOf.set(mark.id, inputs);
      learned = unionMarks(new Map([[mark.id, mark]]), inputs.marks);
    }
  }
  if (role === "model" || role === "unknown") {
    const made = noteFit(program, {
      at,
      statement: program.current?.at ?? at,
      model: modelName(program, value, at),
      inputs,
      target: held ? held.target : target,
      ...watchedRows(program, model, inputs, args),
      isContinued: goesOn(value.path, model, name) && isOlderThanTurn(program, owner, model),
    });
    fits = [made];
    if (model.role === "search") {
      // A search scores its candidates on folds of the rows it is given.
      record(program, made, "cross-validation", inputs, at, { isFolds: true, chosenBy: model.chosenBy });
    }
  }
  store.write(owner, asModel(value, { ...model, fits, learned, isReset: false }));
}

/** Whether an estimator computes each answer from all columns; of a pipeline, whether a step does that its whole input reaches. */
function isOfAllColumns(program: Program, { path, model, code }: Value): boolean {
  if (model?.role !== "pipeline" || code !== null) return path !== null && mixesColumns(path);
  const steps = model.parts.map(program.store.read);
  const choosing = steps.findIndex((step) => step.code !== null || step.model?.role === "union");
  return steps.slice(0, choosing < 0 ? undefined : choosing).some((step) => isOfAllColumns(program, step));
}

/** Whether fitting it again adds to what it has learned. */
function goesOn(made: string | null, { options }: ModelFacts, name: string): boolean {
  return name === "partial_fit" || options.get("warm_start") === true || networks.has(made ?? "");
}

const networks: ReadonlySet<string> = new Set(["Functional", "Model", "Sequential"]);
