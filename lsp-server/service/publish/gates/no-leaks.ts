import { dirname } from "node:path";
import { analyzeWithFiles } from "../../files/analyze-with-files.ts";
import { counted, failed, passed, type Verdict, warned } from "../gate.ts";
import type { PublishContext } from "../publish-context.ts";
import type { Selection } from "../selection.ts";

/** No finding of severity error; warnings are shown and let through. */
export async function noLeaks(context: PublishContext, selection: Selection): Promise<Verdict> {
  const { findings, allowed } = await analyzeWithFiles(
    selection.notebook,
    context.python,
    dirname(selection.path),
  );
  const errors = findings.filter((finding) => finding.severity === "error");
  const warnings = findings.filter((finding) => finding.severity === "warning");
  const evidence = `${counted(errors.length, "error")}, ${counted(warnings.length, "warning")}, ${allowed.length} allowed with a reason`;
  const detail =
    findings.length === 0
      ? null
      : findings.map(({ rule, cellId, message }) => `${rule}, cell ${cellId}: ${message}`).join("\n");
  if (errors.length > 0) return failed(evidence, detail);
  return warnings.length > 0 ? warned(evidence, detail) : passed(evidence, detail);
}
