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

/**
 * Runs the steps of a pipeline, or of a union, that holds transformers of the notebook's own, one after the other; null where it holds
 * none, or is a model from outside.
 */
export function runOwnParts(
  program: Program,
  { parts, role }: ModelFacts,
  effective: Role,
  name: string,
  given: Passed,
  args: readonly Passed[],
  at: Place,
): Reference | null {
  const { store } = program;
  const isUnion = role === "union";
  if (!isUnion && (role !== "pipeline" || effective === "model")) return null;
  if (!["fit", "transform", "fit_transform"].includes(name)) return null;
  if (!parts.some((part) => isOwnTransformer(store.read(part)))) return null;
  // A step must see what the one before it made.
  const method = name === "fit" ? "fit_transform" : name;
  const call = { op: "call", callee: { op: "constant", value: null, at }, args: [], at } as const;
  const others = method === "transform" ? [] : args.slice(1);
  let rows = given.reference;
  const answers: Reference[] = [];
  for (const part of parts) {
    const answer = program.callAttribute(
      part,
      method,
      [passedAt(program, isUnion ? given.reference : rows, at), ...others],
      call,
    );
    answers.push(answer);
    rows = answer;
  }
  return isUnion ? store.allocate(derived(program, answers.map(store.read))) : rows;
}

/**
 * What the steps of the notebook's own before a pipeline's model make of what it is given; null where it has none. The other steps are
 * refitted with the model, and learn from nothing else.
 */
export function throughOwnParts(
  program: Program,
  { parts, role }: ModelFacts,
  effective: Role,
  name: string,
  given: Passed,
  args: readonly Passed[],
  at: Place,
): Passed | null {
  const { store } = program;
  const own = parts.filter((part) => isOwnTransformer(store.read(part)));
  if (role !== "pipeline" || effective !== "model" || own.length === 0) return null;
  const isLearning = name.startsWith("fit");
  const call = { op: "call", callee: { op: "constant", value: null, at }, args: [], at } as const;
  let rows: Passed = { ...given, name: null };
  for (const part of own) {
    const passed = [rows, ...(isLearning ? args.slice(1) : [])];
    const reference = program.callAttribute(part, isLearning ? "fit_transform" : "transform", passed, call);
    rows = { ...rows, reference, value: store.read(reference) };
  }
  return rows;
}

/** The function a transformer is made of. */
export function givenFunction(args: readonly Passed[]): Value["callable"] {
  const given = argument(args, 0, "func");
  return given && isCallable(given.value) ? { op: "partial", of: given.reference, args: [] } : null;
}
