/** One command of `lookback`. `run` answers the exit code: 0 = done, 1 = done and there are findings, 2 = usage or failure. */
export interface Command {
  /** The whole help text, usage line first. */
  readonly help: string;
  /** `argv` without the command's name. A `Failure` thrown here is printed with its code and advice, and answers 2. */
  run(argv: readonly string[], io: Io): Promise<0 | 1 | 2>;
  /**
   * What Ctrl-C and SIGTERM do. Absent: the first ends the process. `heeds`: the first aborts `io.signal`, the second ends the process.
   * `winds-down`: the second aborts `io.insist`; the third, or the tenth second after the second, ends the process.
   */
  readonly stop?: "heeds" | "winds-down";
}

/** The world of a command. */
export interface Io {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Standard output; the text ends its own lines. */
  out(text: string): void;
  /** Standard error, for progress and complaints. */
  err(text: string): void;
  /** Standard input, whole, once. Absent where there is none. */
  readonly input?: () => Promise<Uint8Array>;
  /** Aborted by Ctrl-C or SIGTERM. */
  readonly signal: AbortSignal;
  /** Aborted when that is asked for a second time: what is still running shall end at once. Absent where nobody can ask twice. */
  readonly insist?: AbortSignal;
}
