import { counted } from "@lookback/kernel-bridge/counted.ts";
import { decodeText } from "@lookback/notebook-file/decode-text.ts";
import type { Io } from "../../command.ts";
import { printable } from "../../printable.ts";
import { type CheckWorld, checkFile } from "../check-file.ts";
import type { CheckedFile } from "../checked-file.ts";
import { type Plan, type PlannedFix, planFixes } from "./plan-fixes.ts";
import { unifiedDiff } from "./unified-diff.ts";
import { writeFixed } from "./write-fixed.ts";

/** Writes the fixes into the files, and says what was fixed and what was not. Answers each file as it is then; null for one that stays. */
export async function applyFixes(
  files: readonly CheckedFile[],
  takesSuggestions: boolean,
  world: CheckWorld,
  io: Io,
): Promise<readonly (CheckedFile | null)[]> {
  const done = { fixed: 0, left: 0 };
  const after: (CheckedFile | null)[] = [];
  for (const file of files) {
    io.signal.throwIfAborted();
    const plan = await planFixes(file, world, takesSuggestions);
    const refusal = plan === null || plan.fixed.length === 0 ? null : await writeFixed(plan, io.cwd);
    const made = plan !== null && refusal === null ? plan : null;
    for (const one of made?.fixed ?? []) io.err(`fixed: ${said(one)}\n`);
    const lost = refusal === null ? [] : (plan?.fixed ?? []).map(({ line }) => `${line}: ${refusal}`);
    const left = [...lost, ...(plan?.left ?? [])];
    for (const line of left) io.err(`not fixed: ${line}\n`);
    done.fixed += made?.fixed.length ?? 0;
    done.left += left.length;
    const isWritten = made !== null && made.fixed.length > 0;
    after.push(isWritten ? await checkFile(file.path, made.after, world) : null);
  }
  io.err(`${counted(done.fixed, "finding")} fixed, ${done.left} not.\n`);
  return after;
}

/** The fixes as one unified diff, with each suggestion's part under its title; what they would leave is said. */
export async function diffFixes(
  files: readonly CheckedFile[],
  takesSuggestions: boolean,
  world: CheckWorld,
  io: Io,
): Promise<string> {
  const diffs: string[] = [];
  const done = { fixed: 0, left: 0 };
  for (const file of files) {
    io.signal.throwIfAborted();
    const plan = await planFixes(file, world, takesSuggestions);
    if (plan === null) continue;
    const diff = diffOf(plan);
    const left =
      diff === null ? [...plan.fixed.map(({ line }) => `${line}: ${noDiff}`), ...plan.left] : plan.left;
    if (diff !== null) {
      diffs.push(diff);
      for (const one of plan.fixed) io.err(`would be fixed: ${said(one)}\n`);
      done.fixed += plan.fixed.length;
    }
    for (const line of left) io.err(`would not be fixed: ${line}\n`);
    done.left += left.length;
  }
  io.err(`${counted(done.fixed, "finding")} would be fixed, ${done.left} not.\n`);
  return diffs.join("");
}

const noDiff = "a diff cannot show this file as it is; --fix can write it";

/** A fix in a line, with what it is where it changes more than the leak. */
function said({ line, kind }: PlannedFix): string {
  return kind === "automatic" ? line : `${line} (a suggestion)`;
}

/**
 * The automatic fixes at once, then each suggestion, on what was left before it; a line in front of it, which `git apply` and `patch` pass over, says what it is.
 * Null where a terminal is not given a character as it stands, or the file is not UTF-8: a patch of that would not apply.
 */
function diffOf({ path, before, fixed }: Plan): string | null {
  const parts: string[] = [];
  let from = before;
  for (const [at, one] of fixed.entries()) {
    const isSuggestion = one.kind === "suggestion";
    if (!isSuggestion && fixed[at + 1]?.kind === "automatic") continue;
    const diff = partOf(path, from, one.after);
    if (diff === null) return null;
    parts.push(
      isSuggestion ? `# a suggestion, to be looked at before it is taken: ${one.line}\n${diff}` : diff,
    );
    from = one.after;
  }
  const whole = parts.join("");
  return printable(whole) === whole ? whole : null;
}

function partOf(path: string, before: Uint8Array, after: Uint8Array): string | null {
  const [old, fixed] = [decodeText(before).value, decodeText(after).value];
  if (old === null || fixed === null) return null;
  const diff = unifiedDiff(path, old.text, fixed.text);
  return diff === "" || (old.encoding.name === "utf-8" && !old.encoding.mark) ? diff : null;
}
