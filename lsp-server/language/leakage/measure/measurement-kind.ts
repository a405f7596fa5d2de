import type { NotebookFacts, Subject } from "../rule.ts";
import type { Measurement } from "./measurement.ts";

/** One way to settle findings by a count. */
export interface MeasurementKind {
  /** Its file's name. */
  readonly id: string;
  /** The rules whose findings it settles. */
  readonly rules: readonly string[];
  /** Null where no name holds what is to be counted. */
  plan(subject: Subject, facts: NotebookFacts): Measurement | null;
}
