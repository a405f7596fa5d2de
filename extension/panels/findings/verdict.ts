import type { SaidFindings } from "@lookback/protocol/findings.ts";
import { leaksOf } from "../kit/find-finding.ts";
import { countText } from "../kit/quantity.ts";

/** What is said on top of the findings of a notebook. It speaks of what was read alone. */
export function verdictOf(said: SaidFindings): string {
  const { cells, read } = said.coverage;
  const leaks = leaksOf(said).length;
  const ofRead = read === null ? "" : ` in what was read: ${read}`;
  if (leaks > 0) return `${countText(leaks, "leak")}${ofRead}.`;
  if (cells === 0) return "There is no code here yet.";
  if (read === "no cell") return "Nothing can be said: no cell was read.";
  return read === null ? `No leak found in ${countText(cells, "cell")}.` : `No leak found${ofRead}.`;
}
