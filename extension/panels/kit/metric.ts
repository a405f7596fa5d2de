import type { MetricDirection } from "@lookback/kernel-bridge/metrics/metric-words.ts";

export {
  metricChange,
  metricDirection,
  metricTitle,
  metricValue,
} from "@lookback/kernel-bridge/metrics/metric-words.ts";

/** The class of a change: whether it is an improvement is said only of a metric of which it is known which way is better. */
export function changeTone(
  direction: MetricDirection,
  change: number,
): "lb-better" | "lb-worse" | "lb-muted" {
  if (direction === "unknown") return "lb-muted";
  return change > 0 === (direction === "higher") ? "lb-better" : "lb-worse";
}
