import type { Finding } from "@lookback/language/leakage/finding.ts";
import { isShown } from "@lookback/language/leakage/settings/judge.ts";
import { ruleOf } from "../baseline/fingerprints.ts";
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
  const known = new Set(
    [...file.known.findings, ...file.known.problems].flatMap((fault) => file.fingerprints.get(fault) ?? []),
  );
  const fixed: string[] = [];
  let now = await checkFile(file.path, file.bytes, everything);
  for (;;) {
    const left: string[] = [];
    let next: CheckedFile | null = null;
    for (const finding of now.findings) {
      if (!isLookedFor(file.settings, finding.rule) || !isShown(file.settings, finding)) continue;
      const made = known.has(now.fingerprints.get(finding) ?? "")
        ? "it is in the baseline"
        : await firstThatHolds(now, finding, known, everything);
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
  known: ReadonlySet<string>,
  world: CheckWorld,
): Promise<{ readonly title: string; readonly after: CheckedFile } | string> {
  const refused: string[] = [];
  for (const fix of finding.plan()) {
    const after = await attemptFix(file, fix, finding, world);
    const why = typeof after === "string" ? after : losesKnown(file, after, finding, known) ? makesNew : null;
    if (typeof after === "string" || why !== null) refused.push(`“${fix.title}” is not offered: ${why}`);
    else if (fix.kind === "automatic") return { title: fix.title, after };
    else return `there is only a suggestion, to be looked at before it is taken: ${fix.title}`;
  }
  return refused[0] ?? "there is no fix for it";
}

const makesNew =
  "what the baseline lists would be new after it; take it in an editor, or without --baseline, and write the baseline anew";

/** Whether something that a baseline lists would have another name after a fix, and so come back as new: each rule has no more that is not listed, and the fixed one less. */
function losesKnown(
  before: CheckedFile,
  after: CheckedFile,
  fixed: Finding,
  known: ReadonlySet<string>,
): boolean {
  if (known.size === 0) return false;
  const unlisted = (file: CheckedFile) => {
    const count = new Map<string, number>();
    for (const fault of [...file.findings, ...file.problems])
      if (!known.has(file.fingerprints.get(fault) ?? ""))
        count.set(ruleOf(fault), (count.get(ruleOf(fault)) ?? 0) + 1);
    return count;
  };
  const [had, has] = [unlisted(before), unlisted(after)];
  return [...has].some(([rule, count]) => count > (had.get(rule) ?? 0) - (rule === fixed.rule ? 1 : 0));
}

function lineTo(file: CheckedFile, { cellId, range }: Finding): string {
  return `${file.path}: ${placeText(spotOf(file, cellId, range))}`;
}
