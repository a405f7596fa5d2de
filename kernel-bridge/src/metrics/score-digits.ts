/** With how many decimals a score and its parts are shown: four of small scores, more of tiny ones, and none of those that are large. */
export function scoreDigits(score: number): number {
  const size = Math.abs(score);
  if (size >= 1000) return 0;
  if (size >= 10) return 2;
  if (size >= 0.1 || size === 0) return 4;
  return Math.min(12, 3 - Math.floor(Math.log10(size)));
}
