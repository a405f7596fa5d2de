import type { Evaluation } from "../../facts/values/fit.ts";
import type { Mark } from "../../facts/values/mark.ts";
import { overlap } from "../../facts/values/rows.ts";
import { isTimeColumn } from "../../facts/values/time-order.ts";

/** What says in which time the answers lie. */
export interface LabelWindow {
  /** What the target was computed by. */
  readonly label: Mark;
  /** The column of moments. */
  readonly time: string;
  /** The moment from which the answers lie; null where they say when something happened last. */
  readonly from: string | null;
}

/** The time of the answers that a statistic of the same table reaches into; null where it ends before, or there is none. */
export function labelWindow(mark: Mark, { fit: { inputs, target } }: Evaluation): LabelWindow | null {
  const { rows, along } = mark;
  if (mark.kind !== "statistic" || !rows || !along?.groups?.length || !inputs.marks.has(mark.id)) return null;
  for (const label of target?.marks.values() ?? []) {
    const frame = label.along?.frame;
    if (label.kind !== "statistic" || label.id === mark.id || !label.rows || !frame) continue;
    if (!overlap(rows, label.rows)) continue;
    const since = label.rows.limits.find(({ cut, side }) => cut.startsWith("by:") && side === "high");
    const isLast = label.of !== null && /^(max|last)$/.test(label.label) && isTimeColumn(frame, label.of);
    const time = since?.cut.slice("by:".length) ?? (isLast ? label.of : null);
    if (time === null || time === undefined || !isTimeColumn(frame, time)) continue;
    if (rows.limits.some(({ cut, side }) => cut === `by:${time}` && side === "low")) continue;
    // What both are made of in the same window is no later than the answer's own.
    if (since && rows.limits.some(({ cut, side }) => cut === since.cut && side === "high")) continue;
    return { label, time, from: since?.bound ?? null };
  }
  return null;
}

/** Whether a statistic reaches into the time of the answers, which is another fault's to say. */
export function isOfLabelWindow(mark: Mark, evaluations: readonly Evaluation[]): boolean {
  return evaluations.some((evaluation) => labelWindow(mark, evaluation) !== null);
}
