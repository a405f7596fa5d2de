import { dirname } from "node:path";
import { counted } from "@lookback/kernel-bridge/counted.ts";
import { isWhole } from "@lookback/language/notebook/coverage.ts";
import { sayUnread } from "@lookback/language/notebook/say-coverage.ts";
import { analyzeWithFiles } from "../../files/analyze-with-files.ts";
import { failed, passed, type Verdict, warned } from "../gate.ts";
import type { PublishContext } from "../publish-context.ts";
import type { Selection } from "../selection.ts";

/** No finding of severity error; warnings, and lines that were not read, are shown and let through. */
export async function noLeaks(context: PublishContext, selection: Selection): Promise<Verdict> {
  const { findings, allowed, coverage } = await analyzeWithFiles(
    selection.notebook,
    context.python,
    dirname(selection.path),
  );
  const errors = findings.filter((finding) => finding.severity === "error");
  const warnings = findings.filter((finding) => finding.severity === "warning");
  const unread = isWhole(coverage) ? null : sayUnread(coverage);
  const evidence = `${counted(errors.length, "error")}, ${counted(warnings.length, "warning")}, ${allowed.length} allowed with a reason${unread === null ? "" : `; ${unread}`}`;
  const said = [
    ...findings.map(({ rule, cellId, message }) => `${rule}, cell ${cellId}: ${message}`),
    ...coverage.gaps
      .filter(({ weight }) => weight === "unread")
      .map(({ code, cellId, reason, means }) => `${code}, cell ${cellId}: ${reason} ${means}`),
  ];
  const detail = said.length === 0 ? null : said.join("\n");
  if (errors.length > 0) return failed(evidence, detail);
  return warnings.length > 0 || unread !== null ? warned(evidence, detail) : passed(evidence, detail);
}
