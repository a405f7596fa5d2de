import { type Schema, type SchemaOf, schemaOfSource } from "../files/schema.ts";
import {
  type Definitions,
  type EntityDefinition,
  type FeatureDefinition,
  isUnknown,
  known,
  type SourceDefinition,
  type TrainingSetDefinition,
  type Unknown,
  type ViewDefinition,
} from "../model.ts";
import { sayDuration } from "../read/values/duration.ts";
import { summaryOf } from "./lens.ts";
import { table, text } from "./markdown.ts";

/** An entity: its keys, and the views about it. */
export function describeEntity(entity: EntityDefinition, definitions: Definitions): string {
  const views = definitions.views.filter((view) => known(view.entities)?.includes(entity.name));
  return paragraphs(
    `**${text(entity.name)}** entity, identified by ${isUnknown(entity.joinKeys) ? notKnown : list(entity.joinKeys)}.`,
    usedIn(views.map((view) => view.name)),
  );
}

/** A source: its file, columns and first rows. */
export function describeSource(
  source: SourceDefinition,
  definitions: Definitions,
  schemaOf: SchemaOf,
): string {
  const schema = schemaOfSource(source, schemaOf);
  const views = definitions.views.filter((view) => view.source === source.name);
  const sets = definitions.trainingSets.filter((set) => set.spine === source.name);
  return paragraphs(
    `**${text(source.name)}** source, ${shown(source.path)}${sizeOf(schema)}.`,
    source.timestampField === null ? "No event time." : `Event time ${shown(source.timestampField)}.`,
    usedIn([...views, ...sets].map((each) => each.name)),
    schema &&
      table(
        ["column", "type"],
        schema.columns.map((name) => [text(name), text(schema.types[name] ?? "")]),
      ),
    schema && sampleOf(schema, schema.columns),
  );
}

/** A view: its features and types, entity, how old and how late its values are, owner, where it is used, first rows. */
export function describeView(view: ViewDefinition, definitions: Definitions, schemaOf: SchemaOf): string {
  const source = definitions.sources.find((each) => each.name === view.source);
  const schema = schemaOfSource(source, schemaOf);
  const rows = view.features.map((feature) => [text(feature.name), ...meaning(feature, schema)]);
  const columns = [
    ...(typeof source?.timestampField === "string" ? [source.timestampField] : []),
    ...view.features.map((each) => each.column),
  ];
  return paragraphs(
    `**${text(view.name)}** feature view of ${entitiesOf(view)}.`,
    source && `Source ${text(source.name)}, ${shown(source.path)}${sizeOf(schema)}.`,
    `${lateness(view)} ${age(view)}`,
    view.owner && `Owner ${text(view.owner)}.`,
    usedIn(setsWith(view, definitions)),
    table(["feature", "from", "type"], rows),
    schema && sampleOf(schema, columns),
  );
}

/** One feature of a view. */
export function describeFeature(
  view: ViewDefinition,
  feature: FeatureDefinition,
  definitions: Definitions,
  schemaOf: SchemaOf,
): string {
  const source = definitions.sources.find((each) => each.name === view.source);
  const [from = "", type = ""] = meaning(feature, schemaOfSource(source, schemaOf));
  return paragraphs(
    `**${text(`${view.name}:${feature.name}`)}**: ${from}${type ? `, ${type}` : ""}.`,
    `${lateness(view)} ${age(view)}`,
  );
}

/** A training set: its size, spine, label and features. */
export function describeTrainingSet(
  set: TrainingSetDefinition,
  definitions: Definitions,
  schemaOf: SchemaOf,
): string {
  const spine = definitions.sources.find((each) => each.name === set.spine);
  const rows = schemaOfSource(spine, schemaOf)?.rows ?? null;
  const features = (known(set.features) ?? []).flatMap((reference) => {
    const view = definitions.views.find((each) => reference.startsWith(`${each.name}:`));
    const feature = view?.features.find((each) => `${view.name}:${each.name}` === reference);
    if (!view || !feature) return [[text(reference), "not defined", ""]];
    const source = definitions.sources.find((each) => each.name === view.source);
    return [[text(reference), ...meaning(feature, schemaOfSource(source, schemaOf))]];
  });
  return paragraphs(
    `**${text(set.name)}** training set: ${summaryOf(set, definitions)}.`,
    spine &&
      `${rows === null ? "One row" : `${number(rows)} rows, one`} for each row of ${text(spine.name)}${spine.timestampField ? ` at its ${shown(spine.timestampField)}` : ""}.`,
    set.label && `Label ${shown(set.label)}.`,
    table(["feature", "from", "type"], features),
  );
}

function meaning(feature: FeatureDefinition, schema: Schema | null): [string, string] {
  if (feature.kind === "latest") {
    const type = feature.type ?? schema?.types[feature.column] ?? "";
    return [`latest ${text(feature.column)}`, type && text(type)];
  }
  return [`${feature.function} of ${text(feature.column)} over ${sayDuration(feature.windowUs)}`, ""];
}

const notKnown = "what the text does not tell";

function shown(part: string | Unknown): string {
  return isUnknown(part) ? notKnown : text(part);
}

function entitiesOf(view: ViewDefinition): string {
  if (isUnknown(view.entities)) return notKnown;
  return view.entities.length > 0 ? list(view.entities) : "no entity";
}

function lateness(view: ViewDefinition): string {
  if (isUnknown(view.delayUs)) return "How late it is known the text does not tell.";
  return view.delayUs === 0
    ? "Known at its event time."
    : `Known ${sayDuration(view.delayUs)} after its event time.`;
}

function age(view: ViewDefinition): string {
  if (isUnknown(view.ttlUs)) return "How long it lives the text does not tell.";
  return view.ttlUs === null ? "Lives forever." : `Lives ${sayDuration(view.ttlUs)}.`;
}

function setsWith(view: ViewDefinition, definitions: Definitions): string[] {
  const uses = (set: TrainingSetDefinition) =>
    known(set.features)?.some((each) => each.startsWith(`${view.name}:`));
  return definitions.trainingSets.filter(uses).map((set) => set.name);
}

function usedIn(names: readonly string[]): string {
  return names.length > 0 ? `Used in ${list(names)}.` : "Not used yet.";
}

function sizeOf(schema: Schema | null): string {
  if (!schema) return "";
  const columns = `${number(schema.columns.length)} columns`;
  return schema.rows === null ? `: ${columns}` : `: ${number(schema.rows)} rows, ${columns}`;
}

/** The first rows of at most six columns. */
function sampleOf(schema: Schema, columns: readonly string[]): string | null {
  const shown = [...new Set(columns)].filter((name) => schema.columns.includes(name)).slice(0, 6);
  if (schema.sample.length === 0 || shown.length === 0) return null;
  const cell = (value: unknown) => (value === null || value === undefined ? "" : text(String(value)));
  return table(
    shown.map(text),
    schema.sample.map((row) => shown.map((name) => cell(row[name]))),
  );
}

function list(names: readonly string[]): string {
  return names.map(text).join(", ");
}

function number(value: number): string {
  return value.toLocaleString("en-US");
}

function paragraphs(...parts: readonly (string | null | undefined | false)[]): string {
  return parts.filter(Boolean).join("\n\n");
}
