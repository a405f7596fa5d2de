/** What a cell needs from others and gives to them, where the notebook says so: a marimo cell's parameters and what it returns. */
export interface Flow {
  readonly needs: readonly string[];
  readonly gives: readonly string[];
}

/**
 * The ids of cells in an order in which each comes after those that give what it needs, as marimo runs them; as they stand where
 * nothing says otherwise, and in circles.
 */
export function flowOrder(cells: readonly { readonly id: string; readonly flow: Flow | null }[]): string[] {
  if (cells.every(({ flow }) => flow === null)) return cells.map(({ id }) => id);
  const giver = new Map(
    cells.flatMap(({ id, flow }) => (flow?.gives ?? []).map((name) => [name, id] as const)),
  );
  const byId = new Map(cells.map((cell) => [cell.id, cell]));
  const done = new Set<string>();
  const order: string[] = [];
  const place = (id: string): void => {
    // A stack of its own: a chain of cells may be longer than the call stack is deep.
    const pending = [id];
    while (pending.length > 0) {
      const next = pending.at(-1) ?? id;
      const before = (byId.get(next)?.flow?.needs ?? []).flatMap((name) => giver.get(name) ?? []);
      const missing = done.has(next)
        ? undefined
        : before.find((one) => !done.has(one) && !pending.includes(one));
      if (missing !== undefined) {
        pending.push(missing);
        continue;
      }
      pending.pop();
      if (done.has(next)) continue;
      done.add(next);
      order.push(next);
    }
  };
  for (const { id } of cells) place(id);
  return order;
}
