import type { Finding, Fix } from "@lookback/language/leakage/finding.ts";
import { whyNone } from "@lookback/language/leakage/fixes/proven-fixes.ts";
import { isShown } from "@lookback/language/leakage/settings/judge.ts";
import { ruleOf } from "../baseline/fingerprints.ts";
import { type CheckWorld, checkFile } from "../check-file.ts";
import { type CheckedFile, spotOf } from "../checked-file.ts";
import { everyRule } from "../find-settings.ts";
import { placeText } from "../formats/lines.ts";
import { isLookedFor } from "../looked-for.ts";
import { tryFixes } from "./try-fixes.ts";

/** What fixes make of a file. */
export interface Plan {
  readonly path: string;
  readonly before: Uint8Array;
  /** The same bytes where nothing can be fixed. */
  readonly after: Uint8Array;
  /** In the order they are made. */
  readonly fixed: readonly PlannedFix[];
  /** One line each, with the reason. */
  readonly left: readonly string[];
}

/** A fix that is made on what the last one left. */
export interface PlannedFix {
  /** With its place before the fix is made. */
  readonly line: string;
  readonly kind: Fix["kind"];
  /** The file with it. */
  readonly after: Uint8Array;
}

/**
 * Makes one automatic fix after another, each on what the last one left; where suggestions are taken, one of those where no automatic one is
 * left.
 *
 * Null for a file that could not be read. What a baseline lists, and what the settings leave out, is left as it is; what a fix may not
 * bring is looked for whole.
 */
export async function planFixes(
  file: CheckedFile,
  world: CheckWorld,
  takesSuggestions: boolean,
): Promise<Plan | null> {
  if (file.bytes === null || file.error !== null) return null;
  const everything = { ...world, settings: everyRule };
  const known = new Set(
    [...file.known.findings, ...file.known.problems].flatMap((fault) => file.fingerprints.get(fault) ?? []),
  );
  const fixed: PlannedFix[] = [];
  let now = await checkFile(file.path, file.bytes, everything);
  for (;;) {
    const left: string[] = [];
    let next: Made | null = null;
    for (const finding of now.findings) {
      if (!isLookedFor(file.settings, finding.rule) || !isShown(file.settings, finding)) continue;
      const made = known.has(now.fingerprints.get(finding) ?? "")
        ? "it is in the baseline"
        : await firstThatHolds(now, finding, known, everything);
      const line = lineTo(now, finding);
      if (typeof made === "string") left.push(`${line}: ${made} [${finding.rule}]`);
      else if (made.fix.kind === "automatic") {
        next = { ...made, line: `${line}: ${made.fix.title} [${finding.rule}]` };
        break;
      } else if (takesSuggestions) next ??= { ...made, line: `${line}: ${made.fix.title} [${finding.rule}]` };
      else
        left.push(
          `${line}: there is only a suggestion, which --suggestions takes; look at it first: ${made.fix.title} [${finding.rule}]`,
        );
    }
    if (next === null || next.after.bytes === null)
      return { path: file.path, before: file.bytes, after: now.bytes ?? file.bytes, fixed, left };
    fixed.push({ line: next.line, kind: next.fix.kind, after: next.after.bytes });
    now = next.after;
  }
}

interface Made {
  readonly fix: Fix;
  readonly after: CheckedFile;
  readonly line: string;
}

/** The first fix that holds, made; else why there is none. */
async function firstThatHolds(
  file: CheckedFile,
  finding: Finding,
  known: ReadonlySet<string>,
  world: CheckWorld,
): Promise<Pick<Made, "fix" | "after"> | string> {
  const refused: { readonly fix: Fix; readonly why: string }[] = [];
  for (const { fix, after } of await tryFixes(file, finding, world)) {
    if (typeof after === "string") refused.push({ fix, why: after });
    else if (losesKnown(file, after, finding, known)) refused.push({ fix, why: makesNew });
    else return { fix, after };
  }
  return whyNone(finding, refused);
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
