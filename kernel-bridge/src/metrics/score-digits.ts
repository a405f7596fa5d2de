/**
 * With how many decimals a score and its parts are shown: four of small scores, more of tiny ones, and none of those that are large. Beside scores that
 * are not tiny, a tiny one is shown as they are.
 */
export function scoreDigits(score: number, ...beside: readonly number[]): number {
  const largest = Math.max(...[score, ...beside].map(Math.abs));
  return Math.max(digitsOf(largest), Math.min(digitsOf(Math.abs(score)), 4));
}

function digitsOf(size: number): number {
  if (size >= 1000) return 0;
  if (size >= 10) return 2;
  if (size >= 0.1 || size === 0) return 4;
  return Math.min(12, 3 - Math.floor(Math.log10(size)));
}
