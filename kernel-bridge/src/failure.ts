/**
 * How the outside world fails: one shape for files, kernels, git, models, stores and sockets.
 *
 * `code` is stable and namespaced by module (`ledger/ref-moved`); `message` says what happened and what was
 * not done; `advice` says what to do next; `data` holds the facts a caller may act on.
 */
export class Failure extends Error {
  readonly code: string;
  readonly advice: string;
  readonly data: Readonly<Record<string, unknown>>;

  constructor(
    code: string,
    message: string,
    options: { advice?: string; data?: Record<string, unknown>; cause?: unknown } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = "Failure";
    this.code = code;
    this.advice = options.advice ?? "";
    this.data = options.data ?? {};
  }
}
