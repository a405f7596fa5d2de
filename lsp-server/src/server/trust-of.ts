import { dirname, resolve } from "node:path";
import type { Trust } from "@lookback/kernel-bridge/ledger/run.ts";
import { readSchema } from "../features/read-schema.ts";
import type { Schema } from "../features/schema.ts";
import { type Analysis, analyze } from "../leakage/analyze.ts";
import { loadPython } from "../notebook/python.ts";
import { readNotebook } from "../notebook/read-notebook.ts";

/** What the linter says of a notebook as it ran: for the ledger, which does not read Python. Null when the text is no notebook. `path` is absolute; the data files the notebook names are looked up from its folder. */
export async function trustOf(text: string, path: string, order?: readonly string[]): Promise<Trust | null> {
  const { value, problems } = readNotebook(text, path);
  if (problems.some((problem) => problem.code.startsWith("notebook/not-"))) return null;
  const python = await loadPython();
  const schemas = new Map<string, Schema | null>();
  const look = (): Analysis => {
    const schemaOf = (file: string) => {
      if (!schemas.has(file)) schemas.set(file, null);
      return schemas.get(file) ?? null;
    };
    return analyze(value, order === undefined ? { python, schemaOf } : { python, schemaOf, order });
  };
  // The first look tells which files matter; the second knows their columns.
  look();
  for (const file of schemas.keys())
    schemas.set(file, await readSchema(resolve(dirname(path), file)).catch(() => null));
  const { findings } = look();
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
