/** What is known of a leak: the cells whose scores rest on it, and those of which nobody knows. Neither, in runs of before this was kept. */
export interface Leak {
  readonly reaches?: readonly string[];
  readonly mayReach?: readonly string[];
}

/** Whether the score that a cell computed rests on a leak. Where there is no score nothing is told apart. */
export function reachOf({ reaches, mayReach }: Leak, cellId: string | null): "reaches" | "unknown" | "apart" {
  if (cellId === null || reaches?.includes(cellId)) return "reaches";
  return reaches === undefined || mayReach?.includes(cellId) ? "unknown" : "apart";
}

/** How many leaks a score rests on, of how many nobody knows whether it does, and how many are elsewhere. */
export interface LeakCounts {
  readonly reaching: number;
  readonly unknown: number;
  readonly elsewhere: number;
}

/** The leaks of a run beside one of its scores, by the metric's name; all of them where there is no such score. */
export function leaksBeside(
  { leaks, leaksOf }: { readonly leaks: number; readonly leaksOf: Readonly<Record<string, LeakCounts>> },
  metric: string | null,
): LeakCounts {
  const own = metric === null ? undefined : leaksOf[metric];
  return own ?? { reaching: leaks, unknown: 0, elsewhere: 0 };
}

export function countLeaks(leaks: readonly Leak[], cellId: string | null): LeakCounts {
  const reaches = leaks.map((leak) => reachOf(leak, cellId));
  const count = (reach: (typeof reaches)[number]) => reaches.filter((each) => each === reach).length;
  return { reaching: count("reaches"), unknown: count("unknown"), elsewhere: count("apart") };
}
