/** The outside world of a server: how to reach what lies beyond the editor. */
export interface World {
  /** Command line that compiles a training set for the Python SDK: `lookback join --compile -`. */
  readonly compiler: readonly string[];
  /** Command line that serves the embedded pipeline: `lookback pipeline serve`. */
  readonly pipeline: readonly string[];
  /** The Python that kernels of this editor run, where the editor says so; else it is looked for from the notebook's folder. */
  readonly kernelPython?: string;
  log(
    level: "debug" | "info" | "warning" | "error",
    event: string,
    data?: Readonly<Record<string, unknown>>,
  ): void;
}
