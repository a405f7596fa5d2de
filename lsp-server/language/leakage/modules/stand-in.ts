import { type Place, placeWith } from "../ir.ts";

/** Statements or expressions of a module, each place with the name of its file and its line there. */
export function standIn<T>(part: T, { name, firstLine }: { name: string; firstLine: number }): T {
  return changePlaces(part, (place) =>
    placeWith(place, {
      module: { where: `${name}, line ${firstLine + place.start.line + 1}`, from: null },
    }),
  );
}

/** The same, as run from a place in the notebook: what happens there is said here. */
export function runFrom<T extends object>(part: T, from: Place): T {
  const known = placed.get(part) ?? new Map<string, object>();
  placed.set(part, known);
  const key = `${from.cell}:${from.from}:${from.to}`;
  const before = known.get(key);
  if (before) return before as T;
  const now = changePlaces(part, (place) =>
    place.module ? placeWith(place, { module: { ...place.module, from } }) : place,
  );
  known.set(key, now);
  return now;
}

const placed = new WeakMap<object, Map<string, object>>();

/** The place in the notebook that a place is seen from: itself, or where the notebook runs the module that it is in. */
export function seenAt(place: Place): Place {
  return place.module?.from ?? place;
}

function changePlaces<T>(part: T, change: (place: Place) => Place): T {
  if (typeof part !== "object" || part === null) return part;
  if (Array.isArray(part)) return part.map((one) => changePlaces(one, change)) as T;
  if (isPlace(part)) return change(part) as T;
  return Object.fromEntries(
    Object.entries(part).map(([name, inner]) => [name, changePlaces(inner, change)]),
  ) as T;
}

function isPlace(part: object): part is Place {
  return "cell" in part && "from" in part && "start" in part;
}
