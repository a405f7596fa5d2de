import { dirname, resolve } from "node:path";
import { readSchema } from "../../features/read-schema.ts";
import { type Analysis, analyze } from "../../leakage/analyze.ts";
import { counted, failed, passed, type Verdict, warned } from "../gate.ts";
import type { Selection } from "../plan-publish.ts";
import type { PublishContext } from "../publish-context.ts";

/** No finding of severity error; warnings are shown and let through. */
export async function noLeaks(context: PublishContext, selection: Selection): Promise<Verdict> {
  const schemas = new Map<string, Awaited<ReturnType<typeof readSchema>> | null>();
  const look = (): Analysis =>
    analyze(selection.notebook, {
      python: context.python,
      schemaOf(path) {
        if (!schemas.has(path)) schemas.set(path, null);
        return schemas.get(path) ?? null;
      },
    });
  look();
  for (const path of schemas.keys()) {
    schemas.set(path, await readSchema(resolve(dirname(selection.path), path)).catch(() => null));
  }
  const { findings, allowed } = look();
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
