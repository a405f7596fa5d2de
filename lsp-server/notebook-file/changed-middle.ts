/**
 * What differs between two lists that begin and end alike: the items from `from` up to `end` are replaced by `items`. Neither side is empty
 * while its list is not, so that what stands between two items is never what is replaced.
 */
export function changedMiddle(
  before: readonly string[],
  after: readonly string[],
): { readonly from: number; readonly end: number; readonly items: readonly string[] } {
  const shorter = Math.min(before.length, after.length);
  let from = 0;
  while (from < shorter - 1 && before[from] === after[from]) from++;
  let alike = 0;
  while (alike < shorter - from - 1 && before.at(-1 - alike) === after.at(-1 - alike)) alike++;
  return { from, end: before.length - alike, items: after.slice(from, after.length - alike) };
}
