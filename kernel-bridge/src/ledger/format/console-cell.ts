/**
 * The count under which a console ran what is named so; null for a cell of a notebook. `python/observer/cells.py` names by the session and its
 * count what no cell asked for.
 */
export function consoleCount(cellId: string): number | null {
  const count = /^console-[A-Za-z0-9_-]{1,8}-(\d+)$/.exec(cellId)?.[1];
  return count === undefined ? null : Number(count);
}
