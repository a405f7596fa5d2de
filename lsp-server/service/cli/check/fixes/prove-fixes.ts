import { forkOf } from "@lookback/language/leakage/analyze.ts";
import type { Finding, Fix } from "@lookback/language/leakage/finding.ts";
import { type Offered, whyNone } from "@lookback/language/leakage/fixes/proven-fixes.ts";
import { newMemory } from "../../../files/analyze-with-files.ts";
import { type CheckWorld, checkFile } from "../check-file.ts";
import type { CheckedFile } from "../checked-file.ts";
import { everyRule } from "../find-settings.ts";
import { makeFix } from "./attempt-fix.ts";
import { tryFixes } from "./try-fixes.ts";

/**
 * A checked file with the fixes of its findings that hold, whatever rules were asked for: for a report that shows them. What several
 * findings would change in the same way, as the steps of a chain do, is made and looked at once.
 */
export async function proveFixes(file: CheckedFile, world: CheckWorld): Promise<CheckedFile> {
  const plans = [...file.findings, ...file.known.findings].map(
    (finding) => [finding, finding.plan()] as const,
  );
  const none = (finding: Finding, refused: Parameters<typeof whyNone>[1]): Offered => ({
    fixes: [],
    whyNone: whyNone(finding, refused),
  });
  const proven = new Map<Finding, Offered>(plans.map(([finding]) => [finding, none(finding, [])]));
  if (file.bytes === null || file.notebook === null || plans.every(([, fixes]) => fixes.length === 0))
    return { ...file, proven };
  const memory = newMemory();
  const everything = { ...world, settings: everyRule };
  const whole = await checkFile(file.path, file.bytes, { ...everything, memory });
  const made = new Map<string, CheckedFile | string>();
  const make = async (of: CheckedFile, fix: Fix): Promise<CheckedFile | string> => {
    const key = JSON.stringify(fix.edits);
    const before = of === whole ? made.get(key) : undefined;
    if (before !== undefined) return before;
    // An attempt's texts are not remembered.
    const attempt = { ...everything, memory: { ...memory, cache: forkOf(memory.cache) } };
    const after = await makeFix(of, fix, attempt);
    if (of === whole) made.set(key, after);
    return after;
  };
  for (const [finding, fixes] of plans) {
    if (fixes.length === 0) continue;
    const tried = await tryFixes(whole, { ...finding, plan: () => fixes }, world, make);
    const held = tried.flatMap(({ fix, after }) => (typeof after === "string" ? [] : [fix]));
    const refused = tried.flatMap(({ fix, after }) =>
      typeof after === "string" ? [{ fix, why: after }] : [],
    );
    proven.set(finding, held.length > 0 ? { fixes: held, whyNone: null } : none(finding, refused));
  }
  return { ...file, proven };
}
