import { counted } from "../counted.ts";
import { type Leak, type LeakCounts, reachOf } from "./leaks-of-score.ts";

/** `3 leaks, reach of 1 not known`; null where the score rests on none, as far as is known. */
export function leakText({ reaching, unknown }: LeakCounts): string | null {
  const leaks = counted(reaching + unknown, "leak");
  if (reaching + unknown === 0) return null;
  if (unknown === 0) return leaks;
  return reaching === 0 ? `${leaks}, reach not known` : `${leaks}, reach of ${unknown} not known`;
}

/** `1 leak (3 with each step of a chain) found, beside 2 findings of information`: what a check counts, in its words. */
export function foundText({
  leaks,
  steps,
  mentions,
}: {
  readonly leaks: number;
  readonly steps: number;
  readonly mentions: number;
}): string {
  const chains = steps === leaks ? "" : ` (${steps} with each step of a chain)`;
  const rest = mentions === 0 ? "" : `, beside ${counted(mentions, "finding")} of information`;
  return leaks === 0 ? `No leak was found${rest}` : `${counted(leaks, "leak")}${chains} found${rest}`;
}

/** `1 leak elsewhere`: of leaks that the score does not rest on; null where there are none. */
export function elsewhereText({ elsewhere }: LeakCounts): string | null {
  return elsewhere === 0 ? null : `${counted(elsewhere, "leak")} elsewhere`;
}

/** That a score, by what it is called, does not rest on a leak, or that nobody knows; null where it does, and where there is no score. */
export function reachText(leak: Leak, name: string, cellId: string | null): string | null {
  const reach = reachOf(leak, cellId);
  if (reach === "reaches") return null;
  return reach === "apart" ? `${name} does not rest on it` : `whether ${name} rests on it is not known`;
}
