import type { Place } from "../../model.ts";

/** Where the value of an argument of a definition stands; the definition's own place when it was not given or not read from text. */
export function argumentPlace(definition: { readonly place: Place }, argument: string): Place {
  return places.get(definition)?.get(argument) ?? definition.place;
}

/** Notes where the arguments of a definition stand. Kept beside the definition: nothing that is computed from it depends on places. */
export function noteArguments<D extends object>(
  definition: D,
  argumentPlaces: ReadonlyMap<string, Place>,
): D {
  places.set(definition, argumentPlaces);
  return definition;
}

const places = new WeakMap<object, ReadonlyMap<string, Place>>();
