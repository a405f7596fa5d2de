import { isUnknown, type TrainingSetDefinition, type Unknown } from "../../model.ts";
import { problemOf } from "../problems.ts";
import type { Reading } from "../reading.ts";
import type { Value } from "../values/value.ts";
import { noteArguments } from "./argument-place.ts";
import type { Bound } from "./bind-arguments.ts";
import { noName, type Where } from "./where.ts";

/** A training set. A list of features of which one is not known is unknown whole. */
export function trainingSet(bound: Bound, where: Where, reading: Reading): Value {
  const name = bound.text("name");
  const spine = bound.one("spine", "source");
  if (name === null || isUnknown(name)) return noName;
  const { variable, place } = where;
  const missing = problemOf("features/missing-argument", `The training set "${name}" has no spine.`, place);
  const definition: TrainingSetDefinition = {
    name,
    spine: spine === null ? { unknown: missing } : isUnknown(spine) ? spine : spine.source.name,
    label: bound.text("label"),
    features: featuresOf(bound),
    variable,
    doubts: bound.doubts,
    place,
  };
  reading.made(definition, bound.doubts, []);
  const named = isUnknown(definition.features) ? [] : definition.features;
  const passed = passedViews(bound);
  const views = [...new Set(named.map((reference) => reference.slice(0, reference.indexOf(":"))))].flatMap(
    (each) => passed?.get(each) ?? (passed ? [] : (reading.viewNamed(each) ?? [])),
  );
  const holds = [...(spine === null || isUnknown(spine) ? [] : [spine]), ...views];
  reading.holds(definition, holds);
  return { kind: "training-set", trainingSet: noteArguments(definition, bound.places), holds };
}

function featuresOf(bound: Bound): readonly string[] | Unknown {
  const items = bound.items("features");
  if (isUnknown(items)) return items;
  const texts: string[] = [];
  for (const item of items) {
    // Feast's own services take views whole; here each feature is named.
    if (item.value.kind === "view")
      return bound.report(
        problemOf(
          "features/bad-reference",
          `A feature is named "view:feature", not by a feature view.`,
          item.place,
        ),
      );
    const stated = bound.item("features", item, "text");
    if (isUnknown(stated)) return stated;
    bound.refer({ to: "feature", text: stated.text, place: item.place });
    texts.push(stated.text);
  }
  return texts;
}

/** `views=[…]` says which views the references mean, the last of a name; null when it is not given. */
function passedViews(bound: Bound): ReadonlyMap<string, Value> | null {
  if (!bound.given("views")) return null;
  const items = bound.items("views");
  const found = new Map<string, Value>();
  if (isUnknown(items)) bound.doubts.push(items.unknown);
  for (const item of isUnknown(items) ? [] : items) {
    const stated = bound.item("views", item, "view");
    if (isUnknown(stated)) bound.doubts.push(stated.unknown);
    else found.set(stated.view.name, stated);
  }
  return found;
}
