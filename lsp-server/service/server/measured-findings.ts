import type { Analysis } from "@lookback/language/leakage/analyze.ts";
import type { Finding } from "@lookback/language/leakage/finding.ts";
import { askOf } from "@lookback/language/leakage/measure/ask-of.ts";
import type { Measured } from "@lookback/language/leakage/measure/measurement.ts";
import type { Snapshot } from "./documents.ts";

/** What kernels counted of findings, for as long as what the counts rest on stays as it is and does not run again. */
export interface MeasuredFindings {
  of(snapshot: Snapshot, finding: Finding): Measured | null;
  keep(snapshot: Snapshot, finding: Finding, measured: Measured): void;
  /** A notebook was closed. */
  forget(uri: string): void;
}

/** Nothing measured yet. */
export function measuredFindings(analysis: (snapshot: Snapshot) => Analysis): MeasuredFindings {
  const kept = new Map<string, Map<string, Measured>>();
  const keyOf = (snapshot: Snapshot, finding: Finding): string | null => {
    const measurement = finding.measurement();
    if (measurement === null) return null;
    const { rule, cellId, range } = finding;
    const asked = askOf(measurement, finding, snapshot.notebook, analysis(snapshot));
    const ran = asked.cells.map(({ id }) => snapshot.ranAs.get(id) ?? null);
    return JSON.stringify([rule, cellId, range, asked.names, asked.cells, ran]);
  };
  return {
    of(snapshot, finding) {
      const known = kept.get(snapshot.uri);
      const key = known === undefined ? null : keyOf(snapshot, finding);
      return (key !== null && known?.get(key)) || null;
    },
    keep(snapshot, finding, measured) {
      const known = kept.get(snapshot.uri) ?? new Map<string, Measured>();
      kept.set(snapshot.uri, known);
      const key = keyOf(snapshot, finding);
      if (key !== null) known.set(key, measured);
    },
    forget: (uri) => void kept.delete(uri),
  };
}
