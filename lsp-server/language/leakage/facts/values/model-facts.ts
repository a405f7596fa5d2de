import type { Place } from "../../ir.ts";
import type { Formula } from "../formulas/read-formula.ts";
import type { Data } from "./data.ts";
import type { Fit } from "./fit.ts";
import type { Mark, Marks } from "./mark.ts";
import type { Reference } from "./reference.ts";

/** Facts of an estimator. */
export interface ModelFacts {
  readonly role: Role;
  /** Steps of a pipeline, or the estimator inside a search. */
  readonly parts: readonly Reference[];
  readonly fits: readonly Fit[];
  /** What a fitted transformer puts on whatever it transforms. */
  readonly learned: ReadonlyMap<string, Mark>;
  readonly options: ReadonlyMap<string, string | number | boolean | null>;
  /** The scores and searches that chose its settings, or it among others. */
  readonly chosenBy: Marks;
  /** It was put back since it learned: `set_weights`. */
  readonly isReset: boolean;
  /** The call that made it. */
  readonly made: Place | null;
  /** What it was given to learn from when it was made; null for those that are given it when they are fitted. */
  readonly held: Held | null;
}

/** The rows that a model was made with. */
export interface Held {
  readonly inputs: Data;
  readonly target: Data | null;
  /** What chooses columns of whatever it meets; null where it takes them as they come. */
  readonly formula: Formula | null;
}

/** What a class does with rows. */
export type Role =
  | "transformer"
  | "supervised"
  | "stateless"
  | "model"
  | "search"
  | "pipeline"
  | "union"
  | "splitter"
  | "sampler"
  | "loss"
  | "unknown";
