/** The notebook of a recorded run as a tab that only shows it. */
export interface RunCopy {
  /** Of the run. */
  readonly id: string;
  /** The notebook's path as the run names it. */
  readonly notebook: string;
}

/** What its tab says: which notebook, and which of its runs. */
export function runCopyTitle({ id, notebook }: RunCopy): string {
  const name = (notebook.split("/").at(-1) ?? notebook).replace(/\.ipynb$/, "");
  return `${name} (run ${id.slice(-6)})`;
}

/** Why a copy is neither run nor published, and what to do instead. `undone` says which. */
export function runCopyRefusal(
  copy: RunCopy,
  undone: "run" | "published" | "run again without its leaks",
): string {
  return `${runCopyTitle(copy)} shows what was recorded, so it was not ${undone}. Restore the notebook first, then work in what was restored.`;
}
