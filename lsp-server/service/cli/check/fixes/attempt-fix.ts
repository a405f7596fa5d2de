import { applyFix } from "@lookback/language/leakage/apply-fix.ts";
import type { Finding, Fix } from "@lookback/language/leakage/finding.ts";
import { whyNot, whyNotAsText } from "@lookback/language/leakage/fixes/why-not.ts";
import type { Notebook } from "@lookback/language/notebook/notebook.ts";
import { encodeText } from "@lookback/notebook-file/decode-text.ts";
import { applyEdits } from "@lookback/notebook-file/text-edit.ts";
import { type CheckWorld, checkFile } from "../check-file.ts";
import type { CheckedFile } from "../checked-file.ts";
import { fileEdits } from "./file-edits.ts";

/** The file with a fix made, or why it is not: it must read back as meant, hold as `whyNot` says, and have no other problem of definitions. */
export async function attemptFix(
  file: CheckedFile,
  fix: Fix,
  finding: Finding,
  world: CheckWorld,
): Promise<CheckedFile | string> {
  const after = await makeFix(file, fix, world);
  return typeof after === "string" ? after : (whyNotMade(file, after, fix, finding, world) ?? after);
}

/** A file with a fix made, whatever it is for; or why it could not be made. What costs least is looked at first. */
export async function makeFix(file: CheckedFile, fix: Fix, world: CheckWorld): Promise<CheckedFile | string> {
  if (file.notebook === null) return "the file was not read";
  const meant = applyFix(file.notebook, fix);
  const why = whyNotAsText({ ...file, notebook: file.notebook }, meant, fix, world.python);
  if (why !== null) return why;
  const made = fileEdits(file, meant);
  if (typeof made === "string") return made;
  const bytes = encodeText(applyEdits(made.text, made.edits), made.encoding);
  const after = await checkFile(file.path, bytes, world);
  if (after.notebook === null || !isSame(after.notebook, meant))
    return "the fixed file would not read as it is meant";
  return after;
}

/** Why a fix that was made is none for a finding; null where it is one. */
export function whyNotMade(
  file: CheckedFile,
  after: CheckedFile,
  fix: Fix,
  finding: Finding,
  { python }: CheckWorld,
): string | null {
  if (file.notebook === null || after.notebook === null) return "the file was not read";
  const why = whyNot(
    { ...file, notebook: file.notebook },
    { ...after, notebook: after.notebook },
    fix,
    finding,
    python,
  );
  if (why !== null) return why.reason;
  return after.problems.length > file.problems.length ? "the fix would bring another problem" : null;
}

function isSame(one: Notebook, other: Notebook): boolean {
  return (
    one.cells.length === other.cells.length &&
    one.cells.every(({ id, source }, at) => id === other.cells[at]?.id && source === other.cells[at]?.source)
  );
}
