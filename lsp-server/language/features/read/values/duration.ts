import { dynamic, type Value } from "./value.ts";

/** Microseconds of a duration written as text ("45min", "1h 30m", "6 hours", "00:45:00"), or null. Fractions are allowed where the result is whole. */
export function parseDuration(text: string): number | null {
  const clock = /^(\d+):([0-5]\d):([0-5]\d)$/.exec(text.trim());
  if (clock) return (Number(clock[1]) * 3600 + Number(clock[2]) * 60 + Number(clock[3])) * 1_000_000;
  let rest = text.trim();
  if (rest === "") return null;
  let us = 0;
  while (rest !== "") {
    const part = /^(\d+(?:\.\d+)?)\s*([a-zA-Zµ]+)[\s,]*/.exec(rest);
    const unit = part && microsecondsOf(part[2] ?? "");
    if (!part || !unit) return null;
    us += Number(part[1]) * unit;
    rest = rest.slice(part[0].length);
  }
  return Number.isInteger(us) && us <= longestUs ? us : null;
}

/** A duration as a value, rounded to the microsecond as Python rounds: half to even. `dynamic` beyond what a timedelta holds. */
export function exactDuration(us: number): Value {
  if (!(Math.abs(us) <= longestUs)) return dynamic("no timedelta is that long");
  const down = Math.floor(us);
  const half = us - down;
  const up = half > 0.5 || (half === 0.5 && down % 2 !== 0);
  // Adding zero turns minus zero into zero.
  return { kind: "duration", us: (up ? down + 1 : down) + 0 };
}

/** What Python's timedelta holds at most: just under a thousand million days. */
const longestUs = 86_400_000_000 * 1e9;

/** A duration in words, in the largest units that leave no rest: "45 min", "6 h", "1 h 30 min", "0 s". */
export function sayDuration(us: number): string {
  const parts: string[] = [];
  let rest = us;
  for (const [unit, size] of spoken) {
    const count = Math.floor(rest / size);
    if (count > 0) parts.push(`${count} ${unit}`);
    rest -= count * size;
  }
  return parts.length > 0 ? parts.join(" ") : "0 s";
}

/** Microseconds of one unit of `timedelta` and its like ("minutes", "min", "h"), or null. */
export function microsecondsOf(unit: string): number | null {
  return units.find(([names]) => names.includes(unit.toLowerCase()))?.[1] ?? null;
}

const spoken: readonly (readonly [string, number])[] = [
  ["d", 86_400_000_000],
  ["h", 3_600_000_000],
  ["min", 60_000_000],
  ["s", 1_000_000],
  ["ms", 1_000],
  ["µs", 1],
];

const units: readonly (readonly [readonly string[], number])[] = [
  [["weeks", "week", "w"], 7 * 86_400_000_000],
  [["days", "day", "d"], 86_400_000_000],
  [["hours", "hour", "hr", "h"], 3_600_000_000],
  [["minutes", "minute", "min", "mins", "m", "t"], 60_000_000],
  [["seconds", "second", "sec", "secs", "s"], 1_000_000],
  [["milliseconds", "millisecond", "ms", "millis"], 1_000],
  [["microseconds", "microsecond", "us", "µs", "micros"], 1],
];
