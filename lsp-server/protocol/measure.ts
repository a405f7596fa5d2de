import type { Measured } from "@lookback/language/leakage/measure/measurement.ts";

/** A finding of an open notebook, by the document of its cell. */
export type FindingPlace = {
  readonly uri: string;
  readonly rule: string;
  readonly range: { readonly start: Position; readonly end: Position };
};

type Position = { readonly line: number; readonly character: number };

/** The command of a code action that settles a finding by a count in the notebook's kernel: its argument is a `MeasureOffer`. */
export const measureCommand = "lookback.measureFinding";

export type MeasureOffer = FindingPlace & {
  /** Of the notebook itself. */
  readonly notebook: string;
  /** What is counted, as a question. */
  readonly asks: string;
};

/** Settling a finding by a count: the front end runs `code` in the notebook's kernel, and hands over what that printed. */
export interface MeasureRequests {
  /** `asked` is handed back with the answer. Fails with `findings/not-measured` where the finding is gone, or nothing can be counted. */
  "lookback/findings/measurement": {
    params: FindingPlace;
    result: { readonly code: string; readonly asked: string };
  };
  /** What that makes of the finding, which is said of it from here on, for as long as what was counted stays as it is. */
  "lookback/findings/measured": {
    params: FindingPlace & { readonly asked: string; readonly printed: string };
    result: Measured;
  };
}
