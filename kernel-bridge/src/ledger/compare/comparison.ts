import type { MetricDirection } from "../../metrics/metric-words.ts";
import type { Note, RunSummary } from "../format/run.ts";

/** Two or more runs compared, as data: whoever shows it computes nothing. Runs stand in the order in which they were asked for. */
export interface Comparison {
  readonly runs: readonly ComparedRun[];
  readonly verdict: Verdict;
  /** Parameters and metrics of every run. */
  readonly values: readonly ValueRow[];
  /** Everything else, of two runs; null of more. */
  readonly pair: PairComparison | null;
  /** Of two runs of one ledger whose headline scores the same rows judged: how many models these have judged, and what that makes of the best; else null. */
  readonly looks: string | null;
}

export interface ComparedRun {
  readonly summary: RunSummary;
  readonly notes: readonly Note[];
}

/** What came of the comparison: the parts make up one sentence. */
export interface Verdict {
  readonly parts: readonly { readonly text: string; readonly tone: "plain" | "better" | "worse" }[];
  /** What the sentence does not speak of, because it was not recorded or may not be compared: whole sentences. */
  readonly doubts: readonly string[];
}

/** `unknown`: not recorded on one side or both, so that nobody can say. */
export type State = "same" | "changed" | "added" | "removed" | "unknown";

export type FactValue =
  | string
  | number
  | boolean
  | null
  | readonly FactValue[]
  | { readonly [key: string]: FactValue };

/** Something that was recorded; null where nothing was. */
export type Recorded = { readonly value: FactValue } | null;

/** One thing that both runs may have recorded. */
export interface Fact {
  readonly name: string;
  readonly state: State;
  readonly left: Recorded;
  readonly right: Recorded;
}

/** One parameter or metric over all runs. */
export interface ValueRow {
  /** `parameter`: of a tagged cell; `model`: of the last model fitted; `metric`: the last of its name. */
  readonly kind: "parameter" | "model" | "metric";
  readonly name: string;
  readonly values: readonly Recorded[];
  /** All runs recorded it, and it is equal in all. */
  readonly isEqual: boolean;
  /** Of metrics. */
  readonly direction: MetricDirection;
  /** By run: why the metric must not be ranked with the others; null where it may. */
  readonly reasons: readonly (string | null)[];
}

/** Everything that can be said of two runs, left and right. */
export interface PairComparison {
  readonly cells: CellsComparison;
  readonly data: readonly DataComparison[];
  readonly parameters: readonly Fact[];
  readonly models: readonly ModelComparison[];
  readonly metrics: readonly MetricComparison[];
  /** Python, platform, and what else the environment says, but for its packages. */
  readonly environment: readonly Fact[];
  readonly packages: readonly Fact[];
  /** The user's own repository. */
  readonly git: readonly Fact[];
}

export interface CellsComparison {
  /** Whether both notebooks could be read: else `rows` is empty, and nothing is known of their cells. */
  readonly isKnown: boolean;
  /** In the order of the right notebook, what is gone where it was. */
  readonly rows: readonly CellComparison[];
  /** Of code cells alone. `total` counts the rows. */
  readonly code: { readonly total: number; readonly same: number; readonly unknown: number };
  /** Whether the same sources ran in the same order; null where one of them is not known. */
  readonly isSameExecution: boolean;
}

export interface CellComparison {
  readonly state: State;
  /** Its place among the others changed. */
  readonly isMoved: boolean;
  readonly type: string;
  readonly left: CellSide | null;
  readonly right: CellSide | null;
  /** How its source changed, line by line; empty where it did not. */
  readonly lines: readonly DiffLine[];
  readonly outputs: OutputsComparison;
}

export interface CellSide {
  readonly id: string;
  /** 0-based, among all cells of its notebook. */
  readonly index: number;
  /** Whether it ran in this run. */
  readonly ran: boolean;
  /** What ran is not what the notebook holds. */
  readonly edited: boolean;
  /** Its first line that says something. */
  readonly title: string;
}

/** 1-based line numbers; null where the line is not there. */
export interface DiffLine {
  readonly left: number | null;
  readonly right: number | null;
  readonly text: string;
}

export interface OutputsComparison {
  /** `none`: neither side has any. */
  readonly state: "same" | "changed" | "added" | "removed" | "none";
  /** Given where they differ. */
  readonly left: readonly ShownOutput[];
  readonly right: readonly ShownOutput[];
}

/** One output as it may be shown. Nothing in it was evaluated or cleaned: `html` must never reach a page as markup. */
export type ShownOutput =
  | { readonly kind: "text"; readonly text: string; readonly isCut: boolean }
  | { readonly kind: "html"; readonly html: string; readonly text: string; readonly isCut: boolean }
  | { readonly kind: "image"; readonly mime: string; readonly base64: string }
  | { readonly kind: "error"; readonly text: string }
  /** Of a kind that is not shown, or too large. */
  | { readonly kind: "unshown"; readonly mimes: readonly string[]; readonly bytes: number };

export interface DataComparison {
  readonly access: "read" | "write";
  /** Of what is no file here `path` is an address, what made it, or `query:` for a database in memory. */
  readonly kind: "file" | "folder" | "address" | "made" | "query";
  /** What a database was asked: the data is what it answered. */
  readonly query: string | null;
  /** The path on the right, where there is one. */
  readonly path: string;
  /** Where it was on the left, when that is elsewhere; the bytes are the same. */
  readonly leftPath: string | null;
  readonly state: State;
  /** Why nothing is known; null where something is. */
  readonly reason: string | null;
  readonly left: DataSide | null;
  readonly right: DataSide | null;
  /** Both hold the same rows, in whichever order and form; null where that is not known. */
  readonly isSameRows: boolean | null;
  readonly schema: SchemaComparison | null;
  /** Bytes of the right version that no chunk of the left one holds; null where one of them is not stored. */
  readonly newBytes: number | null;
}

export interface DataSide {
  readonly sha256: string | null;
  readonly size: number | null;
  readonly rows: number | null;
  readonly isStored: boolean;
  readonly isUnstable: boolean;
}

/** Null stands for columns that were not recorded on one side. */
export interface SchemaComparison {
  readonly added: readonly { readonly name: string; readonly type: string }[];
  readonly removed: readonly { readonly name: string; readonly type: string }[];
  readonly retyped: readonly { readonly name: string; readonly left: string; readonly right: string }[];
  readonly isReordered: boolean;
}

export interface ModelComparison {
  /** As the runs name it: its variable, else its class. */
  readonly name: string;
  readonly className: string;
  readonly state: State;
  /** What it is and what it was fitted on. */
  readonly facts: readonly Fact[];
  /** Those of its steps under `step.parameter`. */
  readonly parameters: readonly Fact[];
}

export interface MetricComparison {
  readonly name: string;
  readonly left: Recorded;
  readonly right: Recorded;
  readonly state: State;
  /** Right less left; null where they may not be compared. */
  readonly change: number | null;
  readonly direction: MetricDirection;
  /** Over how many rows. */
  readonly rows: { readonly left: number | null; readonly right: number | null };
  /** Which rows those were, in words: `held out`, `train`, of each side where they differ; null where that is known of neither. */
  readonly split: string | null;
  /** The same of each side; null where it is not known, or there is no score. */
  readonly splits: { readonly left: string | null; readonly right: string | null };
  /** Why the two are not compared as if they were the same; null where they are. */
  readonly reason: string | null;
  /** How many scores of this name each side has, of which the last are shown. */
  readonly of: { readonly left: number; readonly right: number };
}
