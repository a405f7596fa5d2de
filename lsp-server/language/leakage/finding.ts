import type { Range } from "../notebook/notebook.ts";
import type { Link } from "./chains/chain.ts";
import type { Place } from "./ir.ts";
import type { Measurement } from "./measure/measurement.ts";

/** One fault a rule found, ready for an editor, a page or a terminal. */
export interface Finding {
  /** The rule's id, as it stands after `allow`. */
  readonly rule: string;
  /** The family: `preprocessing`, `overlap`, `multi-test`, `best-score-as-final`, `resample-test`, `temporal-split`, `later-rows`, `outcome-proxy`, `join`, `feature-definition`, `suppression`. */
  readonly kind: string;
  readonly severity: Severity;
  readonly title: string;
  /** What was found, in plain sentences, names included. */
  readonly message: string;
  readonly why: string;
  readonly instead: string;
  readonly cellId: string;
  /** Inside the cell. */
  readonly range: Range;
  /** How the leak reaches a score, in order. */
  readonly path: readonly Step[];
  /** Present for one step of several that feed each other on their way to the same scores: `oneAChain` makes one finding of them. */
  readonly link: Link | null;
  /** Changes that may remove it, the best first. None is offered before `provenFixes` has tried it. */
  plan(): readonly Fix[];
  /** Whether there are such changes, of those that are meant: planned no further than that takes. */
  isPlanned(isMeant?: (fix: Fix) => boolean): boolean;
  /** Why there are no others, the nearest reason first, as half sentences; there is one wherever nothing is planned. */
  obstacles(): readonly string[];
  /** The count that settles it in a kernel that ran the notebook; null where there is none. */
  measurement(): Measurement | null;
}

export type Severity = "error" | "warning" | "information";

/** One station of a leak. */
export interface Step {
  readonly role: "source" | "split" | "fit" | "evaluate";
  readonly cellId: string;
  readonly range: Range;
  readonly label: string;
  /** Of a station that evaluates: the cells that computed a number of its answers, as far as that was seen. */
  readonly scoredIn?: readonly string[];
}

/** A change that removes the fault. `automatic`: equivalent apart from the leak; `suggestion`: look before you accept. */
export interface Fix {
  readonly title: string;
  readonly kind: "automatic" | "suggestion";
  readonly edits: readonly Edit[];
  /** Where the names of a statement are meant to hold something else with it: the split that meets rows as they were; or everywhere. */
  readonly meets?: readonly Place[] | "everywhere";
}

/** Replaces a range of a cell. Edits of one fix do not overlap; ranges are those before any of them. */
export interface Edit {
  readonly cellId: string;
  readonly range: Range;
  readonly newText: string;
}
