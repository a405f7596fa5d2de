import type { Finding } from "@lookback/language/leakage/finding.ts";
import { isShown } from "@lookback/language/leakage/settings/judge.ts";
import { type CheckWorld, checkFile } from "../check-file.ts";
import { type CheckedFile, spotOf } from "../checked-file.ts";
import { everyRule } from "../find-settings.ts";
import { placeText } from "../formats/lines.ts";
import { isLookedFor } from "../looked-for.ts";
import { attemptFix } from "./attempt-fix.ts";

/** What the automatic fixes make of a file. */
export interface Plan {
  readonly path: string;
  readonly before: Uint8Array;
  /** The same bytes where nothing can be fixed. */
  readonly after: Uint8Array;
  /** One line each, with its place before the fix that was made then. */
  readonly fixed: readonly string[];
  /** One line each, with the reason. */
  readonly left: readonly string[];
}

/**
 * Makes one automatic fix after another, each on what the last one left.
 *
 * Null for a file that could not be read. What a baseline lists, and what the settings leave out, is left as it is; what a fix may not
 * bring is looked for whole.
 */
export async function planFixes(file: CheckedFile, world: CheckWorld): Promise<Plan | null> {
  if (file.bytes === null || file.error !== null) return null;
  const everything = { ...world, settings: everyRule };
  const known = new Set(file.known.findings.map((finding) => file.fingerprints.get(finding)));
  const fixed: string[] = [];
  let now = await checkFile(file.path, file.bytes, everything);
  for (;;) {
    const left: string[] = [];
    let next: CheckedFile | null = null;
    for (const finding of now.findings) {
      if (!isLookedFor(file.settings, finding.rule) || !isShown(file.settings, finding)) continue;
      const made = known.has(now.fingerprints.get(finding))
        ? "it is in the baseline"
        : await firstThatHolds(now, finding, everything);
      if (typeof made !== "string") {
        fixed.push(`${lineTo(now, finding)}: ${made.title} [${finding.rule}]`);
        next = made.after;
        break;
      }
      left.push(`${lineTo(now, finding)}: ${made} [${finding.rule}]`);
    }
    if (next === null)
      return { path: file.path, before: file.bytes, after: now.bytes ?? file.bytes, fixed, left };
    now = next;
  }
}

/** The first automatic fix that holds, made; else why there is none. */
async function firstThatHolds(
  file: CheckedFile,
  finding: Finding,
  world: CheckWorld,
): Promise<{ readonly title: string; readonly after: CheckedFile } | string> {
  const refused: string[] = [];
  for (const fix of finding.plan()) {
    const after = await attemptFix(file, fix, finding, world);
    if (typeof after === "string") refused.push(`“${fix.title}” is not offered: ${after}`);
    else if (fix.kind === "automatic") return { title: fix.title, after };
    else return `there is only a suggestion, to be looked at before it is taken: ${fix.title}`;
  }
  return refused[0] ?? "there is no fix for it";
}

function lineTo(file: CheckedFile, { cellId, range }: Finding): string {
  return `${file.path}: ${placeText(spotOf(file, cellId, range))}`;
}
