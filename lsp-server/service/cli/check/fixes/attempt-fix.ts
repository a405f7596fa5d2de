import { applyFix } from "@lookback/language/leakage/apply-fix.ts";
import type { Finding, Fix } from "@lookback/language/leakage/finding.ts";
import { whyNot } from "@lookback/language/leakage/fixes/why-not.ts";
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
  if (file.notebook === null) return "the file was not read";
  const meant = applyFix(file.notebook, fix);
  const made = fileEdits(file, meant);
  if (typeof made === "string") return made;
  const bytes = encodeText(applyEdits(made.text, made.edits), made.encoding);
  const after = await checkFile(file.path, bytes, world);
  if (after.notebook === null || !isSame(after.notebook, meant))
    return "the fixed file would not read as it is meant";
  const why = whyNot(
    { ...file, notebook: file.notebook },
    { ...after, notebook: after.notebook },
    fix,
    finding,
    world.python,
  );
  if (why !== null) return why;
  if (after.problems.length > file.problems.length) return "the fix would bring another problem";
  return after;
}

function isSame(one: Notebook, other: Notebook): boolean {
  return (
    one.cells.length === other.cells.length &&
    one.cells.every(({ id, source }, at) => id === other.cells[at]?.id && source === other.cells[at]?.source)
  );
}
