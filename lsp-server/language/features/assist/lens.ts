import { mayBeJoined } from "../may-be-joined.ts";
import {
  type Definitions,
  isUnknown,
  type Place,
  type SettledView,
  type TrainingSetDefinition,
} from "../model.ts";
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

/**
 * What a training set amounts to, numbers first. "Fresh to" is the longest delay among its views; it is said only of definitions
 * that a join can be made of.
 */
export function summaryOf(set: TrainingSetDefinition, definitions: Definitions): string {
  if (isUnknown(set.features)) return "its features are not known from the text";
  const names = new Set(set.features.map((reference) => reference.split(":")[0] ?? ""));
  const { definitions: joined } = mayBeJoined(definitions, set.name);
  return [
    count(names.size, "view"),
    count(set.features.length, "feature"),
    joined === null || joined.views.length < names.size
      ? "no join can be made of it"
      : freshness(joined.views),
  ].join(", ");
}

function freshness(views: readonly SettledView[]): string {
  const delayUs = Math.max(0, ...views.map((view) => view.delayUs));
  return delayUs === 0 ? "fresh to the moment" : `fresh to ${sayDuration(delayUs)}`;
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}
