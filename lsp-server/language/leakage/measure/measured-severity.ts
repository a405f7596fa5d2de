import type { Severity } from "../finding.ts";
import type { Measured } from "./measurement.ts";

/** The severity of a finding that was measured: one that stands is certain, one that falls is worth a remark. */
export function measuredSeverity(severity: Severity, { verdict }: Measured): Severity {
  if (verdict === "stands") return "error";
  return verdict === "falls" ? "information" : severity;
}
