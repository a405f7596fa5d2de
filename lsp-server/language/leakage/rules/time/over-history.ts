import { reachesScore } from "../../facts/reach.ts";
import type { Evaluation } from "../../facts/values/fit.ts";
import type { Mark } from "../../facts/values/mark.ts";
import type { Rows } from "../../facts/values/rows.ts";
import { isTimeColumn, timeOrderOf } from "../../facts/values/time-order.ts";
import { isKeyOf, namedHistory } from "../joins/history-names.ts";

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

/** A statistic of all that another table tells of a key, joined to rows that have a moment of their own. */
export interface JoinedHistory extends Pick<OverHistory, "keys"> {
  /** As of a history; null where only the table's name says that it is one. */
  readonly time: string | null;
  /** The moment of the rows it is joined to. */
  readonly at: string;
  /** Both moments are known by more than a name. */
  readonly isTyped: boolean;
}

/** The same of what is joined from another table; null where that was cut before, or nothing says that the rows have moments. */
export function joinedHistory(mark: Mark, { inputs, fit }: Evaluation): JoinedHistory | null {
  const { along, rows } = mark;
  const keys = along?.groups ?? [];
  const frame = along?.frame ?? null;
  if (mark.kind !== "statistic" || mark.isFilling || keys.length === 0 || !rows || !frame || frame.bars)
    return null;
  if (inputs.rows?.tables.some((table) => rows.tables.includes(table))) return null;
  const joins = [...fit.inputs.marks.values()].flatMap(({ join }) => join ?? []);
  const joined = joins.find(({ how, right }) => how === "equal" && right.isOneRowPer?.join() === keys.join());
  if (joined?.right.latest) return null;
  // Looked up by key, `column.map(counts)`, it came by no join.
  const left = joined?.left ?? (joins.length === 0 ? inputs.frame : null);
  if (!left || left.isOneRowPer !== null) return null;
  const [time] = frame.timeColumns;
  const by = time?.name ?? timeOrderOf(frame)?.by ?? null;
  const [own] = left.timeColumns;
  if (!own || keys.some((key) => isTimeColumn(frame, key)) || (by === null && !isNamed(rows, keys)))
    return null;
  if (rows.limits.some(({ cut, side }) => cut === `by:${by}` && side === "low")) return null;
  return { keys, time: by, at: own.name, isTyped: time !== undefined && own.basis !== "name" };
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

/** Whether the name of a table says that it is a history of its keys: all of it, of which nobody has kept some rows. */
function isNamed(rows: Rows, keys: readonly string[]): boolean {
  const history = rows.limits.length === 0 ? namedHistory(rows) : null;
  return history !== null && !isKeyOf(history, keys);
}
