import { metricDirection } from "@lookback/kernel-bridge/metrics/metric-words.ts";

export {
  metricChange,
  metricDirection,
  metricTitle,
  metricValue,
} from "@lookback/kernel-bridge/metrics/metric-words.ts";

/** Whether a change is an improvement; of a metric whose name does not say which way is better, more is. */
export function isBetter(name: string, change: number): boolean {
  return metricDirection(name) === "lower" ? change < 0 : change > 0;
}
