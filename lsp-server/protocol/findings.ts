import type { Step } from "@lookback/language/leakage/finding.ts";
import type { Measured } from "@lookback/language/leakage/measure/measurement.ts";
import type { Gap } from "@lookback/language/notebook/gap.ts";

/** What a diagnostic's `data` holds when a leakage rule found it: everything a tooltip says. Ranges are inside cells. */
export interface FindingData {
  readonly rule: string;
  readonly title: string;
  readonly message: string;
  readonly why: string;
  readonly instead: string;
  readonly path: readonly Step[];
  /** What a count in the kernel made of it; null where nothing was counted. */
  readonly measured: Measured | null;
}

/** The command of a code action that asks for a reason and writes a comment: its argument is an `AllowOffer`. */
export const allowCommand = "lookback.allow";

/** A comment that allows a finding, but for its reason: `before`, the reason and `after` are written at a place of a document. */
export interface AllowOffer {
  readonly rule: string;
  readonly uri: string;
  readonly at: { readonly line: number; readonly character: number };
  readonly before: string;
  readonly after: string;
}

/** What a client says of itself when it connects, beside its capabilities. */
export interface ClientOptions {
  /** It knows `allowCommand`. */
  readonly asksReason: boolean;
  /** It knows `measureCommand`. */
  readonly measures: boolean;
  /** It shows what `rulePageScheme` names. */
  readonly showsRulePages: boolean;
}

/** What a diagnostic's `data` holds when something is wrong with a feature definition. */
export interface ProblemData {
  readonly rule: string;
  readonly title: string;
}

/** What a diagnostic's `data` holds where settings leave something out, or cannot be used: at the beginning of the document. */
export interface LeftOutData {
  readonly rule: string;
  readonly title: string;
  readonly isLeftOut: true;
}

/** What a diagnostic's `data` holds where something was not read: an answer without findings does not speak of it. */
export interface GapData {
  readonly rule: string;
  readonly title: string;
  /** What that means, and what can be done. */
  readonly detail: string;
  readonly weight: Gap["weight"];
}
