import type { FailureData } from "./failures.ts";

/** What a front end asks about a kernel. */
export interface KernelRequests {
  /**
   * Python to run silently, before any cell, in every kernel: it gives the kernel the SDK and what compiles its training sets.
   * Where runs shall be recorded it makes the kernel keep a journal too; `problem` says why it cannot. Idempotent inside one kernel.
   */
  "lookback/kernel/observe": {
    params: { notebook: string; kernelId: string; record: boolean };
    result: { code: string; problem: FailureData | null };
  };
}
