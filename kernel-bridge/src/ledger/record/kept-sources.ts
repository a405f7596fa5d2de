import type { Redaction } from "../../secrets/redact/redaction.ts";
import type { Run } from "../format/run.ts";
import type { CellExecution } from "./cells-of-journal.ts";
import { keptSource } from "./without-secrets.ts";

/**
 * What ran and the notebook does not hold any more, of cells that were edited or are gone and of consoles: by the SHA-256 under which the run names it,
 * secrets replaced as in the run. `executions` are those of the run's cells.
 */
export function keptSources(
  cells: Run["cells"],
  executions: readonly CellExecution[],
  redaction: Redaction,
): ReadonlyMap<string, string> {
  const sources = new Map<string, string>();
  for (const [at, { edited, index, sourceSha256 }] of cells.entries()) {
    const ran = executions[at]?.start;
    if (ran !== undefined && (edited || index === null))
      sources.set(sourceSha256, keptSource(ran, redaction));
  }
  return sources;
}
