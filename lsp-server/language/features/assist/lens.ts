import { type Definitions, isUnknown, known, type Place, type TrainingSetDefinition } from "../model.ts";
import { sayDuration } from "../read/values/duration.ts";

/** A command above a training set, and what the set amounts to. */
export interface Lens {
  readonly trainingSet: string;
  readonly title: "Preview join";
  /** "2 views, 7 features, fresh to 45 min". */
  readonly summary: string;
  readonly place: Place;
}

/** One lens for each training set of the text itself, in order. */
export function lenses(definitions: Definitions): Lens[] {
  return definitions.trainingSets
    .filter((set) => set.place.cellId !== null)
    .map((set) => ({
      trainingSet: set.name,
      title: "Preview join",
      summary: summaryOf(set, definitions),
      place: set.place,
    }));
}

/** What a training set amounts to, numbers first. "Fresh to" is the longest delay among its views. */
export function summaryOf(set: TrainingSetDefinition, definitions: Definitions): string {
  if (isUnknown(set.features)) return "its features are not known from the text";
  const names = new Set(set.features.map((reference) => reference.split(":")[0] ?? ""));
  const views = definitions.views.filter((view) => names.has(view.name));
  const delays = views.map((view) => view.delayUs);
  const unknown = delays.some(isUnknown);
  const delayUs = Math.max(0, ...delays.map((delay) => known(delay) ?? 0));
  const fresh = delayUs === 0 ? "fresh to the moment" : `fresh to ${sayDuration(delayUs)}`;
  const freshness = unknown ? "how fresh the text does not tell" : fresh;
  return [count(names.size, "view"), count(set.features.length, "feature"), freshness].join(", ");
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}
