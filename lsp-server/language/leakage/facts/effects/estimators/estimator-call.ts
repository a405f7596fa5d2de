import type { Place } from "../../../ir.ts";
import type { Program } from "../../program.ts";
import type { ModelFacts, Role } from "../../values/model-facts.ts";
import type { Reference } from "../../values/reference.ts";
import type { Passed, Value } from "../../values/value.ts";

/** A call of a method of an estimator. */
export interface EstimatorCall {
  readonly program: Program;
  readonly owner: Reference;
  /** The estimator itself. */
  readonly value: Value;
  readonly model: ModelFacts;
  /** What it is, seen from outside: a pipeline that ends in a model is one. */
  readonly role: Role;
  readonly name: string;
  readonly args: readonly Passed[];
  /** The rows it is given. */
  readonly given: Passed | null;
  readonly at: Place;
}
