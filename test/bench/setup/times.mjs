/** How many milliseconds something takes. */
export async function timed(run) {
  const began = performance.now();
  await run();
  return performance.now() - began;
}

/** How many it takes each of some times. */
export async function several(times, run) {
  const all = [];
  for (let at = 0; at < times; at++) all.push(await timed(run));
  return all;
}

/** The least value that so large a share of all is not above; the middle one, unless it is said. */
export function quantile(values, share = 0.5) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
}

/** Whether something is within its budget: a benchmark that is not ends with 1. */
export function within(value, budget) {
  if (value > budget) process.exitCode = 1;
  return value <= budget;
}
