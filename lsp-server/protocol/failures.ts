/** What the `data` of a JSON-RPC error holds when a request failed: the shape of every `Failure` of ours, without its cause. */
export interface FailureData {
  /** Stable: `ledger/ref-moved`. */
  readonly code: string;
  /** Says what was not done. */
  readonly message: string;
  readonly advice: string;
  readonly data: Readonly<Record<string, unknown>>;
}
