import type { Findings } from "../notebooks/findings.ts";
import { type GoToParts, goToPlace } from "./go-to-place.ts";

/** Brings the first leak of the notebook in front, or else the first text that was not read, into view and puts the cursor on it. */
export async function goToFinding(findings: Findings, parts: GoToParts): Promise<void> {
  const document = parts.notebooks.current();
  const first = document === null ? undefined : (findings.leaks(document)[0] ?? findings.unread(document)[0]);
  if (document === null || first === undefined) return;
  const { cellId, finding } = first;
  await goToPlace({ uri: document.cellUri(cellId), cellId, range: finding.range }, parts);
}
