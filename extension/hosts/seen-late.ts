import type { FailureData } from "@lookback/protocol/failures.ts";

/** What is said of a kernel that ran before it was seen; `advice` is the host's own. */
export function seenLate(advice: string): FailureData {
  return {
    code: "kernel/seen-late",
    message: "This kernel ran before Lookback could see it, so what it ran so far is not recorded.",
    advice: `What it runs from now on is. ${advice}`,
    data: {},
  };
}
