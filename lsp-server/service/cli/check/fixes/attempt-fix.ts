import { applyFix } from "@lookback/language/leakage/apply-fix.ts";
import type { Finding, Fix } from "@lookback/language/leakage/finding.ts";
import { type Refusal, whyNot, whyNotAsText } from "@lookback/language/leakage/fixes/why-not.ts";
import type { Notebook } from "@lookback/language/notebook/notebook.ts";
import { encodeText } from "@lookback/notebook-file/decode-text.ts";
import { applyEdits } from "@lookback/notebook-file/text-edit.ts";
import { type CheckWorld, checkFile } from "../check-file.ts";
import type { CheckedFile } from "../checked-file.ts";
import { fileEdits } from "./file-edits.ts";

/** A file with a fix made, whatever it is for; or why it could not be made: it must read back as meant. What costs least is looked at first. */
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

/** Why a fix that was made is none for a finding: it must hold as `whyNot` says, and bring no problem of definitions. */
export function refusalOf(
  file: CheckedFile,
  after: CheckedFile,
  fix: Fix,
  finding: Finding,
  { python }: CheckWorld,
): Refusal | null {
  if (file.notebook === null || after.notebook === null)
    return { reason: "the file was not read", brings: null };
  const why = whyNot(
    { ...file, notebook: file.notebook },
    { ...after, notebook: after.notebook },
    fix,
    finding,
    python,
  );
  if (why !== null) return why;
  return after.problems.length > file.problems.length
    ? { reason: "the fix would bring another problem", brings: null }
    : null;
}

function isSame(one: Notebook, other: Notebook): boolean {
  return (
    one.cells.length === other.cells.length &&
    one.cells.every(({ id, source }, at) => id === other.cells[at]?.id && source === other.cells[at]?.source)
  );
}
