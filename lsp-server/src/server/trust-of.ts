import { dirname } from "node:path";
import type { Trust } from "@lookback/kernel-bridge/ledger/run.ts";
import { analyzeWithFiles } from "../leakage/analyze-with-files.ts";
import { loadPython } from "../notebook/python.ts";
import { readNotebook } from "../notebook/read-notebook.ts";

/** What the linter says of a notebook as it ran: for the ledger, which does not read Python. Null when the text is no notebook. `path` is absolute; the data files the notebook names are looked up from its folder. */
export async function trustOf(text: string, path: string): Promise<Trust | null> {
  const { value, problems } = readNotebook(text, path);
  if (problems.some((problem) => problem.code.startsWith("notebook/not-"))) return null;
  const { findings } = await analyzeWithFiles(value, await loadPython(), dirname(path));
  const told = findings.filter((finding) => finding.severity !== "information");
  return {
    errors: told.filter((finding) => finding.severity === "error").length,
    warnings: told.filter((finding) => finding.severity === "warning").length,
    findings: told.map(({ rule, severity, message, cellId, range }) => ({
      rule,
      severity,
      message,
      cellId,
      line: range.start.line + 1,
    })),
  };
}
