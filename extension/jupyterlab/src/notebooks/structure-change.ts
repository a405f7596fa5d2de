/** The one splice that turns the old order of cells into the new; null when the order is the same. */
export function structureChange<C extends { readonly id: string }>(
  before: readonly C[],
  after: readonly C[],
): { start: number; deleteCount: number; added: readonly C[] } | null {
  let start = 0;
  while (start < before.length && start < after.length && before[start]?.id === after[start]?.id) start += 1;
  let tail = 0;
  const most = Math.min(before.length, after.length) - start;
  while (tail < most && before[before.length - 1 - tail]?.id === after[after.length - 1 - tail]?.id)
    tail += 1;
  const deleteCount = before.length - start - tail;
  const added = after.slice(start, after.length - tail);
  return deleteCount === 0 && added.length === 0 ? null : { start, deleteCount, added };
}
