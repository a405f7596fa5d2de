/**
 * The name of each cell of a notebook, given their ids as the file has them: what findings, runs and editors call it.
 *
 * The first cell of an id (a text that is not empty) keeps it. A cell without one is `cell-<index>`; a further cell of an id is
 * `<id>#<index>`. A name that is taken already gets `#<index>` once more, so that names are unique. Indexes are 0-based among all cells.
 */
export function identifyCells(ids: readonly unknown[]): readonly CellName[] {
  const first = new Map<string, number>();
  for (const [index, id] of ids.entries()) if (isId(id) && !first.has(id)) first.set(id, index);
  const taken = new Set(first.keys());
  return ids.map((id, index) => {
    if (isId(id) && first.get(id) === index) return { id, repeats: null };
    let name = isId(id) ? `${id}#${index}` : `cell-${index}`;
    while (taken.has(name)) name += `#${index}`;
    taken.add(name);
    return { id: name, repeats: isId(id) ? id : null };
  });
}

export interface CellName {
  readonly id: string;
  /** The id of an earlier cell that this one has too, or null. */
  readonly repeats: string | null;
}

function isId(id: unknown): id is string {
  return typeof id === "string" && id !== "";
}
