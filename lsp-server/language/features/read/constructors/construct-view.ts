import {
  type DefinitionProblem,
  type FeatureDefinition,
  isUnknown,
  type Unknown,
  type ViewDefinition,
} from "../../model.ts";
import { badDuration, problemOf } from "../problems.ts";
import type { Reading } from "../reading.ts";
import { parseDuration } from "../values/duration.ts";
import { definitionOf, type Placed, partsOf, type Value } from "../values/value.ts";
import { noteArguments } from "./argument-place.ts";
import type { Bound } from "./bind-arguments.ts";
import { noName, type Where } from "./where.ts";

/** A feature view, in Lookback's, Feast's and Feast's older words (`features=[Feature(…)]`, `batch_source=`, `input=`). */
export function view(bound: Bound, where: Where, reading: Reading): Value {
  const name = bound.text("name");
  const sourceArgument = ["source", "batch_source", "input"].find((each) => bound.given(each)) ?? "source";
  const from = bound.one(sourceArgument, "source");
  if (name === null || isUnknown(name)) return noName;
  const stated = entitiesOf(bound);
  const tags = bound.record("tags");
  const ttl = bound.duration("ttl");
  const keys = new Set(isUnknown(stated) ? [] : stated.flatMap((each) => each.joinKeys));
  const columnOf = from === null || isUnknown(from) ? new Map<string, string>() : from.columnOf;
  const parts = featuresGiven(bound);
  const { variable, place } = where;
  const definition: ViewDefinition = {
    name,
    entities: isUnknown(stated) ? stated : stated.map((each) => each.name),
    source:
      from === null ? { unknown: missingSource(name, where) } : isUnknown(from) ? from : from.source.name,
    ttlUs: ttl === 0 ? null : ttl,
    delayUs: durationWord("data_delay", bound, tags) ?? 0,
    createdTime: choiceWord("created_time", ["bounds", "ties"], bound, tags) ?? "bounds",
    upper: choiceWord("upper", ["inclusive", "exclusive"], bound, tags) ?? "inclusive",
    features: featuresOf(bound, parts, keys, columnOf),
    owner: shown(bound.text("owner")),
    doubts: bound.doubts,
    variable,
    place,
  };
  reading.made(
    definition,
    bound.doubts,
    parts.flatMap(({ value }) => definitionOf(value) ?? []),
  );
  const entities = bound.given("entities");
  const holds = [
    ...(from === null || isUnknown(from) ? [] : [from]),
    ...(entities ? [entities.value, ...partsOf(entities.value)] : []),
    ...parts.map((part) => part.value),
  ].filter((each) => definitionOf(each) !== null);
  reading.holds(definition, holds);
  return { kind: "view", view: noteArguments(definition, bound.places), holds };
}

function missingSource(name: string, where: Where): DefinitionProblem {
  return problemOf("features/missing-argument", `The view "${name}" has no source.`, where.place);
}

function shown(owner: string | null | Unknown): string | null {
  return isUnknown(owner) ? null : owner || null;
}

interface EntityReference {
  readonly name: string;
  readonly joinKeys: readonly string[];
}

function entitiesOf(bound: Bound): readonly EntityReference[] | Unknown {
  const items = bound.items("entities");
  if (isUnknown(items)) return items;
  const found: EntityReference[] = [];
  for (const item of items) {
    const text = item.value.kind === "member" ? item.value.value : item.value;
    if (text.kind === "text") {
      bound.refer({ to: "entity", text: text.text, place: item.place });
      found.push({ name: text.text, joinKeys: [] });
      continue;
    }
    const stated = bound.item("entities", item, "entity");
    if (isUnknown(stated)) return stated;
    const { name, joinKeys } = stated.entity;
    found.push({ name, joinKeys: isUnknown(joinKeys) ? [] : joinKeys });
  }
  return found;
}

type Tags = ReturnType<Bound["record"]>;

/** A word that Feast lacks: as an argument, or as the tag `lookback.<word>`. Tags that are not known may say it. */
function wordOf(word: string, bound: Bound, tags: Tags): Placed | null | Unknown {
  return bound.given(word) ?? (isUnknown(tags) ? tags : (tags.get(`lookback.${word}`) ?? null));
}

function durationWord(word: string, bound: Bound, tags: Tags): number | null | Unknown {
  if (bound.given(word)) return bound.duration(word);
  const stated = wordOf(word, bound, tags);
  if (stated === null || isUnknown(stated)) return stated;
  const text = bound.item(`lookback.${word}`, stated, "text");
  if (isUnknown(text)) return text;
  return parseDuration(text.text) ?? bound.report(badDuration(text.text, stated.place));
}

function choiceWord<W extends string>(
  word: string,
  choices: readonly W[],
  bound: Bound,
  tags: Tags,
): W | null | Unknown {
  const stated = wordOf(word, bound, tags);
  if (stated === null || isUnknown(stated)) return stated;
  const text = bound.item(word, stated, "text");
  if (isUnknown(text)) return text;
  const known = choices.find((each) => each === text.text);
  const message = `${word} is "${choices.join('" or "')}", not "${text.text}".`;
  return known ?? bound.report(problemOf("features/unknown-bound", message, stated.place));
}

/** The fields and aggregates of a view as given; what is none of them is a doubt. */
function featuresGiven(bound: Bound): readonly Placed[] {
  const schemaArgument = bound.given("schema") || !bound.given("features") ? "schema" : "features";
  return (
    [
      [schemaArgument, "field"],
      ["aggregations", "aggregate"],
    ] as const
  ).flatMap(([argument, kind]) => {
    const items = bound.items(argument);
    if (isUnknown(items)) {
      bound.doubts.push(items.unknown);
      return [];
    }
    return items.flatMap((item) => {
      const value = bound.item(argument, item, kind);
      if (!isUnknown(value)) return [item];
      bound.doubts.push(value.unknown);
      return [];
    });
  });
}

function featuresOf(
  bound: Bound,
  parts: readonly Placed[],
  keys: ReadonlySet<string>,
  columnOf: ReadonlyMap<string, string>,
): FeatureDefinition[] {
  const all: FeatureDefinition[] = [];
  for (const { value, place } of parts) {
    if (value.kind === "field" && !keys.has(value.field.name)) {
      const { name, type } = value.field;
      all.push({ kind: "latest", name, column: columnOf.get(name) ?? name, type, place });
    } else if (value.kind === "aggregate") {
      const column = columnOf.get(value.aggregate.column) ?? value.aggregate.column;
      all.push({ kind: "window", ...value.aggregate, column, place });
    }
  }
  const names = all.map((feature) => feature.name);
  for (const [at, feature] of all.entries()) {
    if (names.indexOf(feature.name) === at) continue;
    const message = `A feature named "${feature.name}" stands above already.`;
    bound.doubt(problemOf("features/duplicate-feature", message, feature.place));
  }
  return all.filter((feature, at) => names.indexOf(feature.name) === at);
}
