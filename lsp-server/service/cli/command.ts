/** One command of `lookback`. `run` answers the exit code: 0 = done, 1 = done and there are findings, 2 = usage or failure. */
export interface Command {
  /** The whole help text, usage line first. */
  readonly help: string;
  /** `argv` without the command's name. A `Failure` thrown here is printed with its code and advice, and answers 2. */
  run(argv: readonly string[], io: Io): Promise<0 | 1 | 2>;
}

/** The world of a command. */
export interface Io {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Standard output; the text ends its own lines. */
  out(text: string): void;
  /** Standard error, for progress and complaints. */
  err(text: string): void;
  /** Aborted by Ctrl-C. */
  readonly signal: AbortSignal;
}
