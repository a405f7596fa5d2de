import type { Place } from "../../ir.ts";
import type { Program } from "../program.ts";
import { derived } from "../values/derive.ts";
import type { ModelFacts, Role } from "../values/model-facts.ts";
import type { Reference } from "../values/reference.ts";
import type { Passed, Value } from "../values/value.ts";
import { argument, passedAt } from "./arguments.ts";
import { isCallable } from "./callable.ts";

/** Whether a value is a transformer that the notebook itself defines. */
export function isOwnTransformer({ code, path }: Value): boolean {
  return path !== null && code?.methods?.has("transform") === true && !code.methods.has("predict");
}

/** A call of a pipeline or a union: what it holds, as what it is called, with what. */
export interface CallOfParts {
  readonly model: ModelFacts;
  readonly effective: Role;
  readonly name: string;
  readonly given: Passed;
  readonly args: readonly Passed[];
  readonly at: Place;
}

/** What the steps of a pipeline, or of a union, that holds transformers of the notebook's own make; null where it holds none, or is a model from outside. */
export function runOwnParts(program: Program, call: CallOfParts): Reference | null {
  const { store } = program;
  const { model, effective, name } = call;
  const isUnion = model.role === "union";
  if (!isUnion && (model.role !== "pipeline" || effective === "model")) return null;
  if (!["fit", "transform", "fit_transform"].includes(name)) return null;
  if (!model.parts.some((part) => isOwnTransformer(store.read(part)))) return null;
  const answers = answersOf(program, model.parts, call, isUnion);
  return isUnion
    ? store.allocate(derived(program, answers.map(store.read)))
    : (answers.at(-1) ?? call.given.reference);
}

/**
 * What the steps of the notebook's own before a pipeline's model make of what it is given; null where it has none. The other steps are
 * refitted with the model, and learn from nothing else.
 */
export function throughOwnParts(program: Program, call: CallOfParts): Passed | null {
  const { store } = program;
  const { model, effective, given } = call;
  const own = model.parts.filter((part) => isOwnTransformer(store.read(part)));
  if (model.role !== "pipeline" || effective !== "model" || own.length === 0) return null;
  const reference = answersOf(program, own, call, false).at(-1) ?? given.reference;
  return { ...given, name: null, reference, value: store.read(reference) };
}

/** What each of some steps answers: of what the one before it made, or each of what is given. A step that learns must tell the next one what it makes. */
function answersOf(
  program: Program,
  parts: readonly Reference[],
  { name, given, args, at }: CallOfParts,
  isEachOfGiven: boolean,
): Reference[] {
  const isLearning = name.startsWith("fit");
  const call = { op: "call", callee: { op: "constant", value: null, at }, args: [], at } as const;
  const answers: Reference[] = [];
  for (const part of parts) {
    const rows = isEachOfGiven ? given.reference : (answers.at(-1) ?? given.reference);
    const passed = [passedAt(program, rows, at), ...(isLearning ? args.slice(1) : [])];
    answers.push(program.callAttribute(part, isLearning ? "fit_transform" : "transform", passed, call));
  }
  return answers;
}

/** The function a transformer is made of. */
export function givenFunction(args: readonly Passed[]): Value["callable"] {
  const given = argument(args, 0, "func");
  return given && isCallable(given.value) ? { op: "partial", of: given.reference, args: [] } : null;
}
