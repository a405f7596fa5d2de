/** What a column is called that is known by its place alone: counted from the first, or from behind the last. */
export function placeName(place: number): string {
  return `[:, ${place}]`;
}

/** How many columns are gone from the front of a table, and from its end, that are known by their places alone. */
export function placesGone(gone: ReadonlySet<string>): { readonly first: number; readonly last: number } {
  const places = [...gone].map(placeOf).filter((place) => place !== null);
  const last = places.filter((place) => place < 0).length;
  return { first: places.length - last, last };
}

/** Whether a column may be one that was taken away: a name says nothing of a place, and nobody knows how many columns there are. */
export function mayBeGone(column: string, gone: string): boolean {
  const [place, another] = [placeOf(column), placeOf(gone)];
  if (place === null && another === null) return column === gone;
  if (place === null || another === null) return true;
  if (place < 0 === another < 0) return place === another;
  // Where the first are gone and something is left, the last is there.
  return place !== -1;
}

/** Whether a column is known by its place alone. */
export function isPlaceName(column: string): boolean {
  return placeOf(column) !== null;
}

function placeOf(name: string): number | null {
  const [, place] = /^\[:, (-?\d+)\]$/.exec(name) ?? [];
  return place === undefined ? null : Number(place);
}
