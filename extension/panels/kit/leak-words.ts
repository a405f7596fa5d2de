import type { LeakCounts } from "@lookback/kernel-bridge/metrics/leaks-of-score.ts";
import type { RunSummary } from "@lookback/protocol/runs.ts";
import { countText } from "./quantity.ts";

/** The leaks of a run beside one of its scores, by the metric's name; all of them where there is no such score. */
export function leaksBeside(
  { leaks, leaksOf }: Pick<RunSummary, "leaks" | "leaksOf">,
  metric: string | null,
): LeakCounts {
  const own = metric === null ? undefined : leaksOf[metric];
  return own ?? { reaching: leaks, unknown: 0, elsewhere: 0 };
}

/** `3 leaks, reach of 1 not known`; null where the score rests on none, as far as is known. */
export function leakText({ reaching, unknown }: LeakCounts): string | null {
  const leaks = countText(reaching + unknown, "leak");
  if (reaching + unknown === 0) return null;
  if (unknown === 0) return leaks;
  return reaching === 0 ? `${leaks}, reach not known` : `${leaks}, reach of ${unknown} not known`;
}

/** `1 leak elsewhere`: of leaks that the score does not rest on; null where there are none. */
export function elsewhereText({ elsewhere }: LeakCounts): string | null {
  return elsewhere === 0 ? null : `${countText(elsewhere, "leak")} elsewhere`;
}
