import type { Report } from "../checked-file.ts";

/** One way to write what was found. Findings, and their absence, are said of what was read; the rest is named. */
export interface Format {
  /** As it stands after `--format`. */
  readonly name: string;
  /** One line for the help. */
  readonly about: string;
  /** It shows the fixes that hold: trying them takes an analysis each. */
  readonly showsFixes: boolean;
  write(report: Report): string;
}
