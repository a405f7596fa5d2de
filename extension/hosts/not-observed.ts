import type { FailureData } from "@lookback/protocol/failures.ts";

/** What is said of a kernel in which the observer's own code raised, with what it raised. */
export function notObserved(reason: string): FailureData {
  return {
    code: NOT_OBSERVED,
    message: `This kernel is not observed (${reason}). What runs in it is not recorded.`,
    advice: "Restart the kernel.",
    data: {},
  };
}

/** Whether a kernel that is not seen may be seen later as it runs: what the server or its ledger lacked may be mended. */
export function mayBeSeen({ code }: FailureData): boolean {
  return code !== NOT_OBSERVED;
}

const NOT_OBSERVED = "kernel/not-observed";
