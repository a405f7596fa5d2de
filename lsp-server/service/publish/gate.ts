import type { Gate } from "@lookback/protocol/publish.ts";

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

/** Every gate in the order they run, before any has. */
export const gates: readonly Gate[] = [
  ["no-leaks", "No leaks"],
  ["same-code", "The same code as the run"],
  ["no-secrets", "No secrets"],
  ["runs-clean", "Runs clean from nothing"],
  ["same-answers", "Gives the same answers"],
  ["signature", "Signature"],
  ["served-as-trained", "Served = trained"],
  ["online-as-offline", "Online = offline features"],
  ["files-validate", "Files validate"],
  ["committed", "Committed and tagged"],
].map(([id = "", title = ""]) => ({
  id,
  title,
  state: "waiting",
  evidence: "",
  detail: null,
  durationMs: null,
}));
