/** A run that was run again from its restored inputs, and what came of it. */
export interface Reproduction {
  /** The run's id. */
  readonly run: string;
  readonly verdict: "identical" | "statistically the same" | "differs" | "not all compared";
  /** The verdict and what it rests on, in one sentence. */
  readonly sentence: string;
  /** In the order in which the cells ran. */
  readonly differences: readonly Difference[];
  /** What nobody can say whether it is the same: it never counts as that. */
  readonly notCompared: readonly NotCompared[];
  readonly scores: readonly ScoreOutcome[];
  /** What was compared, and of it what is the same. */
  readonly counts: Readonly<Record<"cells" | "files" | "models" | "scores", Count>>;
  /** Whole sentences: what is no part of the verdict and helps to read it, packages that differ among them. */
  readonly remarks: readonly string[];
}

export interface Count {
  readonly same: number;
  readonly of: number;
}

export interface Difference {
  /** 1-based, as the notebook counts its cells; null where it is of none. */
  readonly cell: number | null;
  /** Follows "First differs in cell 5: ". */
  readonly what: string;
  /** Whether chance alone can be the cause: numbers, pictures and fitted models, of which scores say whether they are alike. */
  readonly isChance: boolean;
}

export interface NotCompared {
  readonly what: string;
  /** A clause without a full stop. */
  readonly reason: string;
}

export interface ScoreOutcome {
  readonly name: string;
  readonly cell: number | null;
  readonly recorded: number;
  /** Null: it was not computed again. */
  readonly again: number | null;
  readonly outcome: "identical" | "within tolerance" | "statistically the same" | "different";
  /** The test and its figure, or why there is none; null where the two are identical. */
  readonly test: string | null;
}
