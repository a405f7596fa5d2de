import type { Place } from "../model.ts";

/** A place as a person would name it, lines counted from 1: "cell 3, line 2", "features/views.py, line 8". */
export function sayPlace(place: Place): string {
  const line = (place.within?.firstLine ?? 0) + place.start.line + 1;
  return place.within ? `${place.within.name}, line ${line}` : `line ${line}`;
}
