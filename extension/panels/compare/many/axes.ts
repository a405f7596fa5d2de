import type { ValueRow } from "@lookback/protocol/compare.ts";
import { metricTitle } from "../../kit/metric.ts";

/** A row of figures, or of few words, as an axis: where each run stands on it, 0 to 1; null where it has no value, or one that may not be ranked. */
export interface Axis {
  readonly key: string;
  readonly title: string;
  readonly isMetric: boolean;
  readonly places: readonly (number | null)[];
  /** What stands at its ends. */
  readonly ends: readonly [string, string];
  readonly texts: readonly string[];
}

/** What differs between runs and can be drawn: metrics last, as what comes of the rest. */
export function axesOf(rows: readonly ValueRow[]): Axis[] {
  const axes = rows.filter(({ isEqual }) => !isEqual).flatMap((row) => axisOf(row) ?? []);
  return [...axes.filter(({ isMetric }) => !isMetric), ...axes.filter(({ isMetric }) => isMetric)];
}

function axisOf({ kind, name, values, reasons }: ValueRow): Axis | null {
  const shown = values.map((recorded, at) => (reasons[at] === null ? (recorded?.value ?? null) : null));
  const known = shown.filter((value) => value !== null);
  const base = {
    key: `${kind} ${name}`,
    title: kind === "metric" ? metricTitle(name) : name,
    isMetric: kind === "metric",
  };
  const texts = shown.map((value) => (value === null ? "none" : String(value)));
  if (known.length < 2) return null;
  if (known.every((value) => typeof value === "number")) {
    const [low, high] = [Math.min(...(known as number[])), Math.max(...(known as number[]))];
    if (low === high) return null;
    const places = shown.map((value) => (typeof value === "number" ? (value - low) / (high - low) : null));
    return { ...base, places, texts, ends: [rounded(low), rounded(high)] };
  }
  const words = [...new Set(known.map(String))].sort();
  if (words.length < 2 || words.length > mostWords || known.some((value) => typeof value === "object"))
    return null;
  const places = shown.map((value) =>
    value === null ? null : words.indexOf(String(value)) / (words.length - 1),
  );
  return { ...base, places, texts, ends: [words[0]!, words.at(-1)!] };
}

const mostWords = 12;

function rounded(value: number): string {
  return value.toLocaleString(undefined, { maximumSignificantDigits: 4 });
}
