import { applyFix } from "@lookback/language/leakage/apply-fix.ts";
import type { Finding, Fix } from "@lookback/language/leakage/finding.ts";
import type { Notebook } from "@lookback/language/notebook/notebook.ts";
import { type Python, parseCell } from "@lookback/language/notebook/python.ts";
import { encodeText } from "@lookback/notebook-file/decode-text.ts";
import { applyEdits } from "@lookback/notebook-file/text-edit.ts";
import { type Fault, ruleOf } from "../baseline/fingerprints.ts";
import { checkFile } from "../check-file.ts";
import type { CheckedFile } from "../checked-file.ts";
import { fileEdits } from "./file-edits.ts";

/**
 * The file with a fix made, or why it is not: it must read back as meant, its Python must parse, the finding must be gone, and nothing may be
 * there that was not, of findings and of what is not understood.
 */
export async function attemptFix(
  file: CheckedFile,
  fix: Fix,
  finding: Finding,
  world: Parameters<typeof checkFile>[2],
): Promise<CheckedFile | string> {
  if (file.notebook === null) return "the file was not read";
  const meant = applyFix(file.notebook, fix);
  const made = fileEdits(file, meant);
  if (typeof made === "string") return made;
  const bytes = encodeText(applyEdits(made.text, made.edits), made.encoding);
  const after = await checkFile(file.path, bytes, world);
  if (after.notebook === null || !isSame(after.notebook, meant))
    return "the fixed file would not read as it is meant";
  const broken = (notebook: Notebook | null) =>
    notebook?.cells.filter(({ source }) => hasErrors(world.python, source)).length ?? 0;
  if (broken(after.notebook) > broken(file.notebook)) return "the fixed cell would not be Python";
  if (gaps(after) > gaps(file)) return "less of the fixed file would be understood";
  const [were, are] = [countsOf(file), countsOf(after)];
  const added = [...are].find(([rule, count]) => count > (were.get(rule) ?? 0));
  if (added !== undefined) return `the fix would bring another finding (${added[0]})`;
  if ((are.get(finding.rule) ?? 0) >= (were.get(finding.rule) ?? 0)) return "the fix would not remove it";
  return after;
}

function isSame(one: Notebook, other: Notebook): boolean {
  return (
    one.cells.length === other.cells.length &&
    one.cells.every(({ id, source }, at) => id === other.cells[at]?.id && source === other.cells[at]?.source)
  );
}

function hasErrors(python: Python, source: string): boolean {
  const { tree, hasErrors } = parseCell(python, source);
  tree.delete();
  return hasErrors;
}

function gaps({ coverage }: CheckedFile): number {
  return coverage.gaps.filter(({ weight }) => weight !== "assumed").length;
}

function countsOf({ findings, problems }: CheckedFile): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const fault of [...findings, ...problems] satisfies Fault[])
    counts.set(ruleOf(fault), (counts.get(ruleOf(fault)) ?? 0) + 1);
  return counts;
}
