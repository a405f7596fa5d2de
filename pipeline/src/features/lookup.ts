import type { PlanFeature, PlanView } from "../plan/plan.ts";
import type { CellValue, Chunk } from "./chunk.ts";
import { columnOf } from "./stored-columns.ts";

/** One entity's rows in a view, oldest to newest. */
export interface History {
  /** Event time of the oldest row in microseconds; null when the entity has no row. */
  first(): number | null;
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
 * Latest: the last row with `t + delay <= at` (`<` when the view is exclusive), unless `t < at - ttl`; a NULL there is answered, not
 * looked past. Window: rows with `E - w < t <= E`, `E = at - delay` (`E - w <= t < E` when exclusive); NULLs are ignored; an empty
 * window counts 0 and has no other value.
 */
export function lookUp(
  view: PlanView,
  feature: PlanFeature,
  history: History | null,
  at: number,
): FeatureValue {
  if (history === null) return none("no key", feature);
  const column = columnOf(view, feature);
  return feature.kind === "latest"
    ? latest(view, column, history, at)
    : aggregate(view, feature, column, history, at);
}

function latest(view: PlanView, column: number, history: History, at: number): FeatureValue {
  const known = at - view.delayUs;
  for (const chunk of history.chunks(Number.NEGATIVE_INFINITY, known)) {
    const row = (view.upper === "inclusive" ? rowsUpTo(chunk, known) : rowsBefore(chunk, known)) - 1;
    if (row < 0) continue;
    const eventTime = chunk.time(row);
    const times = { eventTime, availableAt: eventTime + view.delayUs };
    if (view.ttlUs !== null && eventTime < at - view.ttlUs)
      return { value: null, ...times, reason: "expired" };
    const value = chunk.value(column, row);
    return { value, ...times, reason: value === null ? "null in the source" : null };
  }
  return none(history.first() === null ? "no row" : "not yet available");
}

type WindowFeature = Extract<PlanFeature, { kind: "window" }>;

function aggregate(
  view: PlanView,
  feature: WindowFeature,
  column: number,
  history: History,
  at: number,
): FeatureValue {
  const end = at - view.delayUs;
  const start = end - feature.windowUs;
  const inclusive = view.upper === "inclusive";
  let newest: number | null = null;
  let count = 0;
  let sum = 0;
  let least = Number.POSITIVE_INFINITY;
  let most = Number.NEGATIVE_INFINITY;
  for (const chunk of history.chunks(start, end)) {
    const low = inclusive ? rowsUpTo(chunk, start) : rowsBefore(chunk, start);
    const high = inclusive ? rowsUpTo(chunk, end) : rowsBefore(chunk, end);
    for (let row = high - 1; row >= low; row--) {
      newest ??= chunk.time(row);
      const value = chunk.value(column, row);
      if (value === null) continue;
      const number = Number(value);
      count += 1;
      sum += number;
      if (number < least) least = number;
      if (number > most) most = number;
    }
  }
  const times = { eventTime: newest, availableAt: newest === null ? null : newest + view.delayUs };
  if (feature.function === "count") return { value: count, ...times, reason: null };
  if (count > 0) {
    const results = { mean: sum / count, sum, min: least, max: most };
    return { value: results[feature.function], ...times, reason: null };
  }
  if (newest !== null) return { value: null, ...times, reason: "null in the source" };
  const first = history.first();
  if (first === null) return none("no row");
  return none((inclusive ? first <= end : first < end) ? "expired" : "not yet available");
}

/** Nothing to aggregate is still a count of zero. */
function none(reason: MissingReason, feature?: PlanFeature): FeatureValue {
  const counts = feature?.kind === "window" && feature.function === "count";
  return { value: counts ? 0 : null, eventTime: null, availableAt: null, reason: counts ? null : reason };
}

/** How many rows have an event time at or before `time`. */
function rowsUpTo(chunk: Chunk, time: number): number {
  return partition(chunk, (each) => each <= time);
}

function rowsBefore(chunk: Chunk, time: number): number {
  return partition(chunk, (each) => each < time);
}

function partition(chunk: Chunk, isEarly: (time: number) => boolean): number {
  let low = 0;
  let high = chunk.count;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (isEarly(chunk.time(middle))) low = middle + 1;
    else high = middle;
  }
  return low;
}
