import type { Program } from "../program.ts";
import type { ModelFacts, Role } from "../values/model-facts.ts";
import { isOwnTransformer } from "./own-parts.ts";

/** A model of which nothing is known yet. */
export const blankModel: ModelFacts = {
  role: "model",
  parts: [],
  fits: [],
  learned: new Map(),
  options: new Map(),
  chosenBy: new Map(),
  isReset: false,
  made: null,
  held: null,
};

/** What a pipeline or search is, seen from outside: a model when its last step is one. */
export function effectiveRole(program: Program, model: ModelFacts): Role {
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

/** Whether a part of a pipeline or a union learns from rows. */
export function learnsRows(program: Program, model: ModelFacts): boolean {
  return model.parts.some((part) => {
    const inner = program.store.read(part).model;
    return (
      inner !== null && (["transformer", "supervised"].includes(inner.role) || learnsRows(program, inner))
    );
  });
}
