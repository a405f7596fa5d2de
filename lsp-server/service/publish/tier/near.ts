/** How far two sums of floats may differ that were added up in another order, relative to the larger (and to 1). */
export const TOLERANCE = 1e-9;

/** How far answers of a model that computes in float32 may differ between requests, relative as above: their last digits depend on the rows beside. */
export const SINGLE_TOLERANCE = 1e-5;

/** Whether two numbers are the same within a tolerance; the limit itself counts. NaN is the same as NaN, and an infinity as itself. */
export function near(a: number, b: number, tolerance = TOLERANCE): boolean {
  if (Object.is(a, b) || a === b) return true;
  if (!Number.isFinite(a) || !Number.isFinite(b)) return false;
  return Math.abs(a - b) <= tolerance * Math.max(1, Math.abs(a), Math.abs(b));
}
