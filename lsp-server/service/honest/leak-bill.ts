import { type FixOrders, isIn, type SetOfFixes } from "./fix-orders.ts";

/** What a score is made of: `asWritten` is `honest` and the shares together. */
export interface LeakBill {
  /** The fixes that it is of, by their numbers: all of them, but where too little ran. */
  readonly fixes: SetOfFixes;
  readonly asWritten: number;
  /** With all of `fixes`. */
  readonly honest: number;
  /** Of each fix, by its number, what the score owes to what it removes; null of those that the bill is not of. */
  readonly shares: readonly (number | null)[];
  /** Of each share its standard error, where orders were sampled: null where every order counted, and where too few did to tell. */
  readonly errors: readonly (number | null)[];
  /** Over how many orders the shares are averaged, and how many there are. */
  readonly orders: { readonly counted: number; readonly of: number };
}

/**
 * The order-averaged shares of fixes in a score, as Shapley has them: what each takes away when it comes after those before it. `scoreOf` knows the score with a set of fixes, or null. An order counts
 * where all its scores are known; where no order of all fixes does, the bill is of the most fixes of which one does. Null where not even one fix has both scores.
 */
export function leakBill(
  { orders, of, isSampled }: FixOrders,
  scoreOf: (fixes: SetOfFixes) => number | null,
): LeakBill | null {
  const asWritten = scoreOf(0);
  const count = orders[0]?.length ?? 0;
  if (asWritten === null) return null;
  for (let size = count; size > 0; size--) {
    const sets = new Map<SetOfFixes, Step[][]>();
    for (const order of orders) {
      const steps = stepsOf(order.slice(0, size), scoreOf);
      if (steps === null) continue;
      const set = steps.at(-1)!.after;
      sets.set(set, [...(sets.get(set) ?? []), steps]);
    }
    const [most] = [...sets].sort((a, b) => b[1].length - a[1].length || a[0] - b[0]);
    if (most === undefined) continue;
    const [fixes, walks] = most;
    const honest = scoreOf(fixes)!;
    const takenBy = (fix: number) =>
      walks.map((walk) => walk.find((step) => step.fix === fix)?.taken ?? Number.NaN);
    const numbers = Array.from({ length: count }, (_, at) => at);
    const distinct = isSampled ? walks.length : new Set(walks.map(nameOf)).size;
    return {
      fixes,
      asWritten,
      honest,
      shares: numbers.map((fix) => (isIn(fixes, fix) ? mean(takenBy(fix)) : null)),
      errors: numbers.map((fix) => (isSampled && isIn(fixes, fix) ? standardError(takenBy(fix)) : null)),
      orders: { counted: distinct, of: size === count ? of : factorial(size) },
    };
  }
  return null;
}

interface Step {
  readonly fix: number;
  readonly after: SetOfFixes;
  readonly taken: number;
}

function stepsOf(order: readonly number[], scoreOf: (fixes: SetOfFixes) => number | null): Step[] | null {
  const steps: Step[] = [];
  let fixes: SetOfFixes = 0;
  let score = scoreOf(0);
  for (const fix of order) {
    const after = fixes | (1 << fix);
    const next = scoreOf(after);
    if (score === null || next === null) return null;
    steps.push({ fix, after, taken: score - next });
    fixes = after;
    score = next;
  }
  return steps;
}

function nameOf(walk: readonly Step[]): string {
  return walk.map(({ fix }) => fix).join();
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function standardError(values: readonly number[]): number | null {
  if (values.length < 2) return null;
  const middle = mean(values);
  const squares = values.reduce((sum, value) => sum + (value - middle) ** 2, 0);
  return Math.sqrt(squares / (values.length - 1) / values.length);
}

function factorial(count: number): number {
  return count < 2 ? 1 : count * factorial(count - 1);
}
