import type { Finding, Fix } from "@lookback/language/leakage/finding.ts";
import { newMemory } from "../../../files/analyze-with-files.ts";
import { type CheckWorld, checkFile } from "../check-file.ts";
import type { CheckedFile } from "../checked-file.ts";
import { everyRule } from "../find-settings.ts";
import { attemptFix } from "./attempt-fix.ts";

/** A checked file with the fixes of its findings that hold, whatever rules were asked for: for a report that shows them. */
export async function proveFixes(file: CheckedFile, world: CheckWorld): Promise<CheckedFile> {
  const findings = [...file.findings, ...file.known.findings];
  if (file.bytes === null || file.notebook === null || findings.length === 0) return file;
  const memory = newMemory();
  const everything = { ...world, settings: everyRule };
  const whole = await checkFile(file.path, file.bytes, { ...everything, memory });
  // An attempt's texts are not remembered.
  const attempt = () => ({ ...everything, memory: { ...memory, cache: new Map(memory.cache) } });
  const proven = new Map<Finding, readonly Fix[]>();
  for (const finding of findings) {
    const fixes: Fix[] = [];
    for (const fix of finding.plan())
      if (typeof (await attemptFix(whole, fix, finding, attempt())) !== "string") fixes.push(fix);
    proven.set(finding, fixes);
  }
  return { ...file, proven };
}
