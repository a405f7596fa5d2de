/** A count in the kernel that ran the notebook, which settles a finding. */
export interface Measurement {
  /** What is counted, as a question. */
  readonly asks: string;
  readonly ask: Ask;
  /** Of what `measure.py` answers to that, which comes from a kernel and may be anything. */
  judge(answer: unknown): Measured;
}

/** What was counted, and what that makes of the finding. */
export interface Measured {
  /** `open`: the count settles nothing; `unmeasured`: there is none. */
  readonly verdict: "stands" | "falls" | "open" | "unmeasured";
  /** In whole sentences. */
  readonly says: string;
}

/** What `measure.py` is asked to count. Names are the notebook's own; a column is null where the name holds one. */
export type Ask =
  | { readonly count: "shared-values"; readonly train: Column; readonly test: Column }
  | { readonly count: "shared-rows"; readonly train: Named; readonly test: Named }
  | { readonly count: "repeats"; readonly left: Columns; readonly right: Columns | null }
  | { readonly count: "tells-target"; readonly input: Column; readonly target: Column }
  | {
      readonly count: "later-than";
      readonly frame: Named;
      /** Of each row, the moment that should not be later than the other. */
      readonly moment: string;
      readonly limit: string;
    };

export interface Named {
  readonly name: string;
}

export interface Column extends Named {
  readonly column: string | null;
}

export interface Columns extends Named {
  readonly columns: readonly string[];
}

/** What it answers to each. */
interface CountsOf {
  readonly "shared-values": { readonly rows: number; readonly shared: number };
  readonly "shared-rows": { readonly rows: number; readonly shared: number };
  readonly repeats: {
    readonly rows: number;
    readonly keys: number;
    readonly other_rows: number | null;
    readonly other_keys: number | null;
  };
  readonly "tells-target": {
    readonly rows: number;
    /** Different values of the input. */
    readonly values: number;
    /** Rows where the input is the target. */
    readonly equal: number;
    /** Rows whose target is the most frequent one of their input's value. */
    readonly told: number;
    /** Rows of the most frequent target. */
    readonly guessed: number;
    /** How well the input ranks two targets, from .5 to 1. */
    readonly auc: number | null;
    /** The size of Spearman's rank correlation. */
    readonly rho: number | null;
  };
  readonly "later-than": { readonly rows: number; readonly later: number; readonly same: number };
}

const members: { readonly [K in keyof CountsOf]: readonly (keyof CountsOf[K])[] } = {
  "shared-values": ["rows", "shared"],
  "shared-rows": ["rows", "shared"],
  repeats: ["rows", "keys", "other_rows", "other_keys"],
  "tells-target": ["rows", "values", "equal", "told", "guessed", "auc", "rho"],
  "later-than": ["rows", "later", "same"],
};

/** A measurement, its answer read before it is judged. */
export function measurement<K extends keyof CountsOf>(
  asks: string,
  ask: Extract<Ask, { count: K }>,
  judge: (counts: CountsOf[K]) => Measured,
): Measurement {
  return {
    asks,
    ask,
    judge(answer) {
      if (!isRecord(answer)) return unmeasured("The kernel did not answer.");
      const { unknown, counts } = answer;
      if (typeof unknown === "string") return unmeasured(unknown);
      const count: keyof CountsOf = ask.count;
      return isCounts<CountsOf[K]>(counts, members[count])
        ? judge(counts)
        : unmeasured("The kernel did not answer.");
    },
  };
}

export function stands(says: string): Measured {
  return { verdict: "stands", says };
}

export function falls(says: string): Measured {
  return { verdict: "falls", says };
}

export function open(says: string): Measured {
  return { verdict: "open", says };
}

function unmeasured(says: string): Measured {
  return { verdict: "unmeasured", says };
}

/** `1,204`; a share as `12.5 %`. */
export function numberText(value: number): string {
  return value.toLocaleString("en");
}

export function shareText(part: number, whole: number): string {
  return `${Math.round((part / whole) * 1000) / 10} %`;
}

function isCounts<T>(value: unknown, names: readonly PropertyKey[]): value is T {
  return isRecord(value) && names.every((name) => isCount(value[String(name)]));
}

function isCount(value: unknown): boolean {
  return value === null || (typeof value === "number" && Number.isFinite(value));
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}
