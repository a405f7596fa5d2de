import type { Run } from "@lookback/protocol/runs.ts";

/** That a run did not end by itself, and what ended it. */
export function interruptedText({ cutOff }: Extract<Run["outcome"], { kind: "interrupted" }>): string {
  if (cutOff === undefined) return "Interrupted";
  return cutOff === "restart" ? "Cut off by a restart" : "Cut off: its kernel went";
}
