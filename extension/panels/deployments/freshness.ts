import type { DeploymentStatus } from "@lookback/protocol/deployments.ts";
import { durationText } from "../kit/quantity.ts";

type View = DeploymentStatus["views"][number];

/** Whether a view can still answer as of now. `age` is that of its newest row in milliseconds; null when it has none. */
export function freshness(view: View, now: Date): { fresh: boolean; age: number | null; why: string } {
  if (view.newestEventTime === null) return { fresh: false, age: null, why: "It has no rows." };
  const age = now.getTime() - Date.parse(view.newestEventTime);
  if (view.lastsMs === null) return { fresh: true, age, why: "A row counts until a newer one arrives." };
  const lasts = longDuration(view.lastsMs);
  return age <= view.lastsMs + view.delayMs
    ? { fresh: true, age, why: `A row counts for ${lasts}.` }
    : { fresh: false, age, why: `A row counts for ${lasts}: asked as of now, this view has no value.` };
}

/** A duration in milliseconds, in days and years when it is long: `45 min`, `3 days`, `12.9 years`. */
export function longDuration(ms: number): string {
  const days = ms / 86_400_000;
  if (days < 2) return durationText(Math.max(0, ms));
  if (days < 730) return `${Math.round(days)} days`;
  return `${(days / 365.25).toFixed(1)} years`;
}
