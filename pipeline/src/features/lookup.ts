import type { PlanFeature, PlanView } from "../plan/plan.ts";
import { type Aggregate, aggregate } from "./aggregate.ts";
import { type CellValue, type ColumnKind, cellValue } from "./cell.ts";
import type { Chunk } from "./chunk.ts";
import { columnOf } from "./stored-columns.ts";

/** One entity's rows in a view, oldest to newest. */
export interface History {
  /** Event time of the oldest row in microseconds; null when the entity has no row. */
  first(): number | null;
  /** What its columns hold, in the order of `storedColumns`. */
  readonly kinds: readonly ColumnKind[];
  /** Every chunk that may hold a row with `from <= event time <= to`, newest first. */
  chunks(from: number, to: number): Iterable<Chunk>;
}

export interface FeatureValue {
  readonly value: CellValue;
  /** Of the picked row; for a window, of the newest row in it. Microseconds. */
  readonly eventTime: number | null;
  readonly availableAt: number | null;
  /** Why there is no value; null when there is one. */
  readonly reason: MissingReason | null;
}

export type MissingReason = "no key" | "no row" | "not yet available" | "expired" | "null in the source";

/**
 * The value of one feature for one entity at the moment `at` (microseconds): what the point-in-time join gives for a spine row of
 * that key and time. `history` is null when a key is null.
 *
 * Latest: the last row that was available at `at` (before it, when the view is exclusive), unless `t < at - ttl`; a NULL there is
 * answered, not looked past. Window: the available rows with `E - w < t <= E`, `E = at - delay` (`E - w <= t < E` when exclusive); NULLs
 * are ignored; an empty window counts 0 and has no other value. A row is available from `t + delay` on, or from the moment it carries
 * when the view's availability is `created`: an old event that arrives late never takes the place of a newer one.
 */
export function lookUp(
  view: PlanView,
  feature: PlanFeature,
  history: History | null,
  at: number,
): FeatureValue {
  if (history === null) return none("no key", feature);
  const column = columnOf(view, feature);
  const kind = history.kinds[column]!;
  return feature.kind === "latest"
    ? latest(view, { column, kind }, history, at)
    : windowed(view, feature, { column, kind }, history, at);
}

interface Column {
  readonly column: number;
  readonly kind: ColumnKind;
}

function latest(view: PlanView, { column, kind }: Column, history: History, at: number): FeatureValue {
  const picked = newestVisible(view, history, at);
  if (picked === null) return none(history.first() === null ? "no row" : "not yet available");
  const { chunk, row } = picked;
  const times = timesOf(view, chunk, row);
  if (view.ttlUs !== null && times.eventTime < at - view.ttlUs)
    return { value: null, ...times, reason: "expired" };
  const cell = chunk.value(column, row);
  return { value: cellValue(kind, cell), ...times, reason: cell === null ? "null in the source" : null };
}

/** The last row by event time, then by the order of ties, among those available at a moment. */
function newestVisible(view: PlanView, history: History, at: number): { chunk: Chunk; row: number } | null {
  const known = at - view.delayUs;
  for (const chunk of history.chunks(Number.NEGATIVE_INFINITY, known)) {
    for (let row = edge(view, chunk, known) - 1; row >= 0; row--) {
      if (isVisible(view, chunk, row, at)) return { chunk, row };
    }
  }
  return null;
}

/** Whether a row before the edge of event times is available too. */
function isVisible(view: PlanView, chunk: Chunk, row: number, at: number): boolean {
  const available = chunk.available(row);
  return available === null || (view.upper === "inclusive" ? available <= at : available < at);
}

function timesOf(view: PlanView, chunk: Chunk, row: number): { eventTime: number; availableAt: number } {
  const eventTime = chunk.time(row);
  return { eventTime, availableAt: chunk.available(row) ?? eventTime + view.delayUs };
}

type WindowFeature = Extract<PlanFeature, { kind: "window" }>;

function windowed(
  view: PlanView,
  feature: WindowFeature,
  { column, kind }: Column,
  history: History,
  at: number,
): FeatureValue {
  const end = at - view.delayUs;
  const start = end - feature.windowUs;
  const total: Aggregate = aggregate(feature.function, kind);
  let newest: { eventTime: number; availableAt: number } | null = null;
  let hidden = false;
  let filled = false;
  for (const chunk of history.chunks(start, end)) {
    const low = edge(view, chunk, start);
    for (let row = edge(view, chunk, end) - 1; row >= low; row--) {
      if (!isVisible(view, chunk, row, at)) {
        hidden = true;
        continue;
      }
      newest ??= timesOf(view, chunk, row);
      const cell = chunk.value(column, row);
      filled ||= cell !== null;
      total.add(cell);
    }
  }
  const times = newest ?? { eventTime: null, availableAt: null };
  const value = total.result();
  if (filled || feature.function === "count") return { value, ...times, reason: null };
  if (newest !== null) return { value: null, ...times, reason: "null in the source" };
  if (history.first() === null) return none("no row");
  return none(hidden || newestVisible(view, history, at) === null ? "not yet available" : "expired");
}

/** Nothing to aggregate is still a count of zero. */
function none(reason: MissingReason, feature?: PlanFeature): FeatureValue {
  const counts = feature?.kind === "window" && feature.function === "count";
  return { value: counts ? 0 : null, eventTime: null, availableAt: null, reason: counts ? null : reason };
}

/** How many rows of a chunk lie before the upper edge of a view at a time, which is the lower edge of the window that begins there. */
function edge(view: PlanView, chunk: Chunk, time: number): number {
  const isEarly = view.upper === "inclusive" ? (each: number) => each <= time : (each: number) => each < time;
  let low = 0;
  let high = chunk.count;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (isEarly(chunk.time(middle))) low = middle + 1;
    else high = middle;
  }
  return low;
}
