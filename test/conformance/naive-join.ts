import type { ViewJoin, WindowAggregate } from "@lookback/language/join/plan/view-join.ts";

export interface SpineRow {
  readonly t: number | null;
  readonly k: number | null;
}

export interface FeatureRow {
  readonly t: number | null;
  readonly k: number | null;
  readonly c: number | null;
  readonly seq: number;
  readonly sign: number;
  readonly x: number | null;
}

/** The latest value by the letter of the specification, section 3: look at every row. `x` of the pick, null when there is none. */
export function naiveLatest(view: ViewJoin, row: SpineRow, features: readonly FeatureRow[]): number | null {
  const { t: moment } = row;
  if (moment === null || row.k === null) return null;
  const candidates = visible(view, row, features).sort(
    (a, b) =>
      a.t! - b.t! ||
      (view.has.created ? nullsFirst(a.c, b.c) : 0) ||
      (view.has.sequence ? a.seq - b.seq : nullsFirst(a.x, b.x)),
  );
  const picked = candidates.at(-1);
  if (!picked || (view.ttlUs && picked.t! < moment - view.ttlUs)) return null;
  return picked.x;
}

/** A window by the letter of section 4. The mean of nothing is null, the count 0. */
export function naiveWindow(
  view: ViewJoin,
  window: WindowAggregate,
  row: SpineRow,
  features: readonly FeatureRow[],
): number | null {
  const inside =
    row.t === null || row.k === null
      ? []
      : visible(view, row, features).filter((f) => f.x !== null && inWindow(view, window, row.t!, f.t!));
  const weight = (f: FeatureRow) => (view.has.sign ? f.sign : 1);
  const n = inside.reduce((sum, f) => sum + weight(f), 0);
  const total = inside.reduce((sum, f) => sum + weight(f) * f.x!, 0);
  if (window.function === "count") return n;
  if (n <= 0) return null;
  switch (window.function) {
    case "sum":
      return total;
    case "mean":
      return total / n;
    case "min":
      return Math.min(...inside.map((f) => f.x!));
    case "max":
      return Math.max(...inside.map((f) => f.x!));
  }
}

function inWindow(view: ViewJoin, window: WindowAggregate, moment: number, t: number): boolean {
  const inclusive = view.upper === "inclusive";
  const delayed = view.availability.mode === "delay" || view.availability.mode === "created";
  const end = moment - (delayed ? view.availability.delayUs : 0);
  switch (window.edge.kind) {
    case "lifetime":
      return inclusive ? t <= end : t < end;
    case "continuous":
      return inclusive
        ? end - window.edge.windowUs < t && t <= end
        : end - window.edge.windowUs <= t && t < end;
    case "sawtooth": {
      const { windowUs, hopUs } = window.edge;
      return Math.floor((moment - windowUs) / hopUs) * hopUs <= t && t < moment;
    }
  }
}

function visible(view: ViewJoin, row: SpineRow, features: readonly FeatureRow[]): FeatureRow[] {
  return features.filter((f) => {
    if (f.k === null || f.t === null || f.k !== row.k) return false;
    const a = availableAt(view, f);
    return a !== null && (view.upper === "inclusive" ? a <= row.t! : a < row.t!);
  });
}

function availableAt({ availability }: ViewJoin, f: FeatureRow): number | null {
  const t = f.t!;
  switch (availability.mode) {
    case "event":
      return t;
    case "delay":
      return t + availability.delayUs;
    case "created":
      return f.c === null ? null : Math.max(t + availability.delayUs, f.c);
    case "schedule": {
      const { everyUs, delayUs } = availability;
      return Math.floor(t / everyUs) * everyUs + everyUs + delayUs;
    }
  }
}

function nullsFirst(a: number | null, b: number | null): number {
  if (a === null || b === null) return (a === null ? 0 : 1) - (b === null ? 0 : 1);
  return a - b;
}
