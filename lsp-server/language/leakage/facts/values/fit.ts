import type { Place } from "../../ir.ts";
import type { Calls } from "./calls.ts";
import type { Data } from "./data.ts";
import type { Marks } from "./mark.ts";

/** A model learned from rows. */
export interface Fit {
  readonly id: string;
  /** In which turns of which loops, and through which calls of the notebook's own functions, from outside in: one entry each time. */
  readonly turns: ReadonlySet<Turn>;
  readonly at: Place;
  /** The whole statement the call stands in. */
  readonly statement: Place;
  readonly model: string;
  readonly inputs: Data;
  readonly target: Data | null;
  /** Rows it was scored on while it learned: `eval_set`, `validation_data`. */
  readonly watched: readonly Data[];
  /** What it did by those scores: `early_stopping_rounds`, `callbacks`; null where nothing is written. */
  readonly stopping: string | null;
  /** It went on from what it had learned before: a network, `partial_fit`, `warm_start`. */
  readonly isContinued: boolean;
}

/** A fitted model met rows and answered; `isFolds` when the rows are cut inside the call. */
export interface Evaluation {
  readonly id: string;
  readonly turns: ReadonlySet<Turn>;
  readonly at: Place;
  /** The whole statement the call stands in. */
  readonly statement: Place;
  readonly how: string;
  readonly fit: Fit;
  readonly inputs: Data;
  readonly isFolds: boolean;
  /** As of the model that is asked. */
  readonly chosenBy: Marks;
  readonly calls: Calls;
  /** The layer by which a network answers otherwise because it was never told that it is not learning now; `dropout()`, which does not hear of it. */
  readonly learningLayer: string | null;
}

/** A turn of loops inside each other: `cell:offset#turn` each, from outside in; then the calls that led there. */
export type Turn = string;
