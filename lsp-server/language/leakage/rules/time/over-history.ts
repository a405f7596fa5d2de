import { reachesScore } from "../../facts/reach.ts";
import { isTimeColumn, timeOrderOf } from "../../facts/values/time-order.ts";
import type { Evaluation, Mark } from "../../facts/values/value.ts";

/** A statistic of all rows of a key, of a table whose rows are events in time. */
export interface OverHistory {
  /** The keys it was computed for. */
  readonly keys: readonly string[];
  /** The column that says when each row happened. */
  readonly time: string;
}

/** What a group's statistic was computed over, where that is a history that goes on after the rows it stands beside; null for all others. */
export function overHistory(mark: Mark, evaluations: readonly Evaluation[]): OverHistory | null {
  const keys = mark.along?.groups ?? [];
  const frame = mark.along?.frame ?? null;
  if (mark.kind !== "statistic" || mark.isFilling || keys.length === 0 || !frame || frame.bars) return null;
  if (keys.some((key) => isTimeColumn(frame, key))) return null;
  if (!evaluations.every((evaluation) => reachesScore(mark, evaluation))) return null;
  const time = timeOrderOf(frame)?.by ?? evaluations.map(timeOfCut).find((column) => column !== null);
  return time === undefined ? null : { keys, time };
}

/** The column of moments that a scored part was cut out by. */
function timeOfCut({ inputs }: Evaluation): string | null {
  const cut = inputs.rows?.limits.find(
    (limit) =>
      limit.cut.startsWith("by:") &&
      isTimeColumn({ timeColumns: inputs.frame?.timeColumns ?? [] }, limit.cut.slice("by:".length)),
  );
  return cut?.cut.slice("by:".length) ?? null;
}
