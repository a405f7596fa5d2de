import type { Run, ShownRun } from "@lookback/protocol/runs.ts";
import { interruptedText } from "../kit/interrupted-text.ts";
import { metricTitle, metricValue } from "../kit/metric.ts";
import { cellsCountText } from "../kit/quantity.ts";
import { fileTitle, shortClass } from "../kit/titles.ts";

/** What came out of a run: its error, its headline score as in the list of runs, its model, or what it wrote. */
export function cameOut(run: ShownRun): string {
  if (run.outcome.kind === "error") return `${run.outcome.name}: ${run.outcome.message}`;
  if (run.outcome.kind === "interrupted") return interruptedText(run.outcome);
  if (run.headline) {
    const { name, value, split } = run.headline;
    return `${metricTitle(name)} ${metricValue(value)}${split === "train" ? " on training rows" : ""}`;
  }
  const model = run.models.findLast(({ predicts }) => predicts !== false) ?? run.models.at(-1);
  if (model) return shortClass(model.className);
  const written = files(run, "write");
  if (written.length > 0) return `Wrote ${list(written)}`;
  return cellsCountText(run.cells.length);
}

/** What a run read, as the end of the sentence; empty when it read no files. */
export function fromWhat(run: Run): string {
  const read = files(run, "read");
  return read.length === 0 ? "" : `from ${list(read)}`;
}

/** `cell 5` as people count them, or words for a cell that has gone. */
export function cellName(index: number | null): string {
  return index === null ? "a deleted cell" : `cell ${index + 1}`;
}

/** What the kernel had run before: nothing, some cells, or nobody knows. */
export function kernelText(run: Pick<Run, "session">): string {
  const before = run.session.cellsBefore;
  if (before === null) return "not known what ran before";
  return before === 0 ? "in a fresh kernel" : `after ${before} earlier in this kernel`;
}

/** A hash or id short enough to read aloud. */
export function shortId(id: string): string {
  return `${id.slice(0, 8)}…`;
}

function files(run: Run, access: "read" | "write"): string[] {
  const paths = run.datasets.filter((use) => use.access === access).map((use) => use.path);
  return [...new Set(paths)].map(fileTitle);
}

function list(names: readonly string[]): string {
  if (names.length <= 2) return names.join(" and ");
  return `${names.slice(0, 2).join(", ")} and ${names.length - 2} more`;
}
