/** What a front end asks about a kernel. */
export interface KernelRequests {
  /** Python to run silently, before any cell, in a kernel that shall be observed. Idempotent inside one kernel. */
  "lookback/kernel/observe": { params: { notebook: string; kernelId: string }; result: { code: string } };
}
