import type { Candidate } from "../candidate.ts";

/** One thing that must hold before a release is made. Adding one: a file here that exports it, and its line in `all-gates.ts`. */
export interface Gate {
  /** Stable, and the name of its file. */
  readonly id: string;
  /** What a person reads in the list. */
  readonly title: string;
  run(candidate: Candidate): Promise<Verdict>;
}

/** What a gate found. Evidence is one sentence, numbers first; detail is plain text, or null when the sentence says it all. */
export interface Verdict {
  readonly state: "passed" | "failed" | "warned";
  readonly evidence: string;
  readonly detail: string | null;
}

export const passed = (evidence: string, detail: string | null = null): Verdict => ({
  state: "passed",
  evidence,
  detail,
});
export const failed = (evidence: string, detail: string | null = null): Verdict => ({
  state: "failed",
  evidence,
  detail,
});
export const warned = (evidence: string, detail: string | null = null): Verdict => ({
  state: "warned",
  evidence,
  detail,
});
