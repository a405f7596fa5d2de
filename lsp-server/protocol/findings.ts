import type { DiffLine } from "@lookback/kernel-bridge/ledger/compare/comparison.ts";
import type { Finding, Fix, Step } from "@lookback/language/leakage/finding.ts";
import type { Measured } from "@lookback/language/leakage/measure/measurement.ts";
import type { Gap } from "@lookback/language/notebook/gap.ts";
import type { Range } from "@lookback/language/notebook/notebook.ts";
import type { MeasureOffer } from "./measure.ts";

export interface FindingRequests {
  /** All that is said of the open notebook or script at `uri`, or of the one that the cell at `uri` is in; null where it is not open. */
  "lookback/findings/list": { params: { uri: string }; result: { said: SaidFindings | null } };
  /** What can be done about a finding, by its id: each fix is tried on a copy first, when this is asked. Null where it is not found any more. */
  "lookback/findings/offers": {
    params: { uri: string; finding: string };
    result: { offers: FindingOffers | null };
  };
  /** Of which findings something can be offered at all, as far as that is known before their fixes are tried, and whether any can be fixed without a look; null where the document is not open, or is another before all of them were looked at. */
  "lookback/findings/offered": { params: { uri: string }; result: { offered: OfferedFindings | null } };
  /** Every automatic fix, one made on what the last one left; empty where there is none. */
  "lookback/findings/fix-all": { params: { uri: string }; result: { changes: readonly TextChange[] } };
}

export interface FindingNotifications {
  /** There may be something new to say of an open document. Sent to clients that explain findings. */
  "lookback/findings/changed": Record<string, never>;
}

/** What the linter says of one document, and what it does not speak of. */
export interface SaidFindings {
  /** Of the notebook or script. */
  readonly uri: string;
  /** In document order; what is wrong with feature definitions last. */
  readonly findings: readonly ShownFinding[];
  /** What comments allow. */
  readonly allowed: readonly Pick<ShownFinding, "id" | "rule" | "title" | "at">[];
  readonly coverage: {
    /** `1 of 8 cells has lines that were not understood`; null when every cell was read. */
    readonly said: string | null;
    /** What the answer speaks of: `7 of 8 cells`; null for all. */
    readonly read: string | null;
    readonly cells: number;
    readonly gaps: readonly ShownGap[];
  };
  /** What settings leave out, and what of them cannot be used. */
  readonly leftOut: readonly string[];
}

/** A place of an open document: a range of the text at `uri`, which is a cell's or a script's. */
export interface Place {
  readonly uri: string;
  readonly cellId: string;
  readonly range: Range;
}

export interface ShownFinding extends Omit<FindingData, "path"> {
  /** Stays while lines and cells around it move. */
  readonly id: string;
  readonly severity: Finding["severity"];
  /** False for what is wrong with a feature definition: it has no why, no path and no fix. */
  readonly isLeak: boolean;
  readonly at: Place;
  readonly path: readonly ShownStep[];
}

export interface ShownStep extends Pick<Step, "role" | "label"> {
  readonly at: Place;
}

export interface ShownGap extends Pick<Gap, "code" | "weight" | "reason" | "means" | "advice"> {
  /** Null for one of the file, and for one of a cell that could not be read. */
  readonly at: Place | null;
}

/** Ids of findings. */
export interface OfferedFindings {
  /** A change is known that may remove it. */
  readonly fixes: readonly string[];
  /** A comment can allow it. */
  readonly allowances: readonly string[];
  /** Whether an automatic fix of any of them holds: those that are planned are tried, up to the first that does. */
  readonly isAnySafe: boolean;
}

export interface FindingOffers {
  /** Those that hold, the best first; of a chain, what fixes any step of it. */
  readonly fixes: readonly ShownFix[];
  /** Why there is none, as a sentence; null where there is one. */
  readonly whyNoFix: string | null;
  /** The count that settles it; null where there is none. */
  readonly measure: MeasureOffer | null;
  /** Comments that allow it: here, in its cell, in its file; of a chain, each of its other steps too. */
  readonly allowances: readonly ShownAllowance[];
}

export interface ShownFix extends Pick<Fix, "title" | "kind"> {
  readonly changes: readonly TextChange[];
}

/** A line of a document, in whose place `before`, the reason and `after` are written. */
export interface ShownAllowance {
  readonly title: string;
  readonly at: Place;
  readonly replaced: string;
  readonly before: string;
  readonly after: string;
}

/** How the text at `uri` changes. Edits do not overlap; ranges are those before any of them. */
export interface TextChange {
  readonly uri: string;
  readonly cellId: string;
  readonly edits: readonly ReplacedText[];
  /** How the cell changes, line by line; empty where nobody needs to see it. */
  readonly lines: readonly DiffLine[];
}

/** An edit that is only right where the text still says `replaced`. */
interface ReplacedText {
  readonly range: Range;
  readonly replaced: string;
  readonly newText: string;
}

/** The command of a code action that opens a finding's own page: its argument is an `ExplainOffer`. */
export const explainCommand = "lookback.explain";

export interface ExplainOffer {
  /** Of the notebook or script. */
  readonly uri: string;
  readonly finding: string;
  readonly rule: string;
}

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
  /** It knows `explainCommand`, and hears when there may be new findings. */
  readonly explainsFindings: boolean;
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
