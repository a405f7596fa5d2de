import type { Finding, Fix } from "@lookback/language/leakage/finding.ts";
import { composed } from "@lookback/language/leakage/fixes/composed.ts";
import type { CheckWorld } from "../check-file.ts";
import type { CheckedFile } from "../checked-file.ts";
import { makeFix, refusalOf } from "./attempt-fix.ts";

/** A fix that was planned for a finding: what the file is with it, or why it is none. */
export interface TriedFix {
  readonly fix: Fix;
  readonly after: CheckedFile | string;
}

/**
 * Each fix that was planned for a finding, tried on the file. Where none holds, and one would only bring to light what stood in the finding's
 * shadow, both are tried in one, which comes first: as an editor offers them.
 */
export async function tryFixes(
  file: CheckedFile,
  finding: Finding,
  world: CheckWorld,
  make: Make = (of, fix) => makeFix(of, fix, world),
): Promise<TriedFix[]> {
  const refused = (of: CheckedFile, after: CheckedFile, fix: Fix, from: Finding) =>
    refusalOf(of, after, fix, from, world);
  const tried: TriedFix[] = [];
  const further: { readonly fix: Fix; readonly between: CheckedFile; readonly brings: string }[] = [];
  for (const fix of finding.plan()) {
    const after = await make(file, fix);
    const refusal = typeof after === "string" ? null : refused(file, after, fix, finding);
    tried.push({ fix, after: refusal?.reason ?? after });
    if (typeof after !== "string" && refusal?.brings)
      further.push({ fix, between: after, brings: refusal.brings });
  }
  if (tried.some(({ after }) => typeof after !== "string")) return tried;
  const both: TriedFix[] = [];
  for (const one of further) both.push(...(await fixedFurther(file, finding, one, make, refused)));
  const [least] = both.sort((a, b) => written(a.fix) - written(b.fix));
  return least ? [least, ...tried] : tried;
}

/** A fix together with the first of what it would bring that holds; none where there is none. */
async function fixedFurther(
  file: CheckedFile,
  finding: Finding,
  { fix, between, brings }: { readonly fix: Fix; readonly between: CheckedFile; readonly brings: string },
  make: Make,
  refused: Refused,
): Promise<TriedFix[]> {
  for (const brought of between.findings.filter(({ rule }) => rule === brings))
    for (const next of brought.plan()) {
      const last = await make(between, next);
      if (typeof last === "string" || refused(between, last, next, brought) !== null) continue;
      if (file.notebook === null || last.notebook === null) continue;
      const both = composed(file.notebook, last.notebook, fix, next);
      const after = await make(file, both);
      if (typeof after !== "string" && refused(file, after, both, finding) === null)
        return [{ fix: both, after }];
    }
  return [];
}

/** Makes a fix of a file, whatever it is for. */
type Make = (file: CheckedFile, fix: Fix) => ReturnType<typeof makeFix>;

type Refused = (
  file: CheckedFile,
  after: CheckedFile,
  fix: Fix,
  finding: Finding,
) => ReturnType<typeof refusalOf>;

/** How much of a file's text a fix writes. */
function written({ edits }: Fix): number {
  return edits.reduce((sum, { newText }) => sum + newText.length, 0);
}
