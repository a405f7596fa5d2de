import type { Argument } from "../ir.ts";
import type { Given } from "./definitions.ts";
import type { Run } from "./run.ts";
import type { Thing } from "./thing.ts";

/** What a call is asked with, as far as it runs. */
export interface Asked {
  readonly at: object;
  /** The column of its receiver that is asked, where it is one. */
  readonly column: string | null;
  readonly run: Run;
  readonly given: readonly Given[];
  readonly args: readonly Argument[];
}

/** Whatever a call is given. */
export function handed({ given }: Asked): Thing[] {
  return given.flatMap(({ things }) => [...things]);
}
