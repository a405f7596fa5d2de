import type { Schema, SchemaOf } from "../files/schema.ts";
import type {
  Definitions,
  EntityDefinition,
  FeatureDefinition,
  SourceDefinition,
  TrainingSetDefinition,
  ViewDefinition,
} from "../model.ts";
import { sayDuration } from "../read/duration.ts";
import { summaryOf } from "./lens.ts";
import { table, text } from "./markdown.ts";

/** An entity: its keys, and the views about it. */
export function describeEntity(entity: EntityDefinition, definitions: Definitions): string {
  const views = definitions.views.filter((view) => view.entities.includes(entity.name));
  return paragraphs(
    `**${text(entity.name)}** entity, identified by ${list(entity.joinKeys)}.`,
    usedIn(views.map((view) => view.name)),
  );
}

/** A source: its file, columns and first rows. */
export function describeSource(
  source: SourceDefinition,
  definitions: Definitions,
  schemaOf: SchemaOf,
): string {
  const schema = schemaOf(source.path);
  const views = definitions.views.filter((view) => view.source === source.name);
  const sets = definitions.trainingSets.filter((set) => set.spine === source.name);
  return paragraphs(
    `**${text(source.name)}** source, ${text(source.path)}${sizeOf(schema)}.`,
    source.timestampField === null ? "No event time." : `Event time ${text(source.timestampField)}.`,
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
  const schema = source ? schemaOf(source.path) : null;
  const rows = view.features.map((feature) => [text(feature.name), ...meaning(feature, schema)]);
  const columns = [
    ...(source?.timestampField ? [source.timestampField] : []),
    ...view.features.map((each) => each.column),
  ];
  return paragraphs(
    `**${text(view.name)}** feature view of ${view.entities.length > 0 ? list(view.entities) : "no entity"}.`,
    source && `Source ${text(source.name)}, ${text(source.path)}${sizeOf(schema)}.`,
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
  const [from = "", type = ""] = meaning(feature, source ? schemaOf(source.path) : null);
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
  const rows = spine ? (schemaOf(spine.path)?.rows ?? null) : null;
  const features = set.features.flatMap((reference) => {
    const view = definitions.views.find((each) => reference.startsWith(`${each.name}:`));
    const feature = view?.features.find((each) => `${view.name}:${each.name}` === reference);
    if (!view || !feature) return [[text(reference), "not defined", ""]];
    const source = definitions.sources.find((each) => each.name === view.source);
    return [[text(reference), ...meaning(feature, source ? schemaOf(source.path) : null)]];
  });
  return paragraphs(
    `**${text(set.name)}** training set: ${summaryOf(set, definitions)}.`,
    spine &&
      `${rows === null ? "One row" : `${number(rows)} rows, one`} for each row of ${text(spine.name)}${spine.timestampField ? ` at its ${text(spine.timestampField)}` : ""}.`,
    set.label && `Label ${text(set.label)}.`,
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

function lateness(view: ViewDefinition): string {
  return view.delayUs === 0
    ? "Known at its event time."
    : `Known ${sayDuration(view.delayUs)} after its event time.`;
}

function age(view: ViewDefinition): string {
  return view.ttlUs === null ? "Lives forever." : `Lives ${sayDuration(view.ttlUs)}.`;
}

function setsWith(view: ViewDefinition, definitions: Definitions): string[] {
  const uses = (set: TrainingSetDefinition) => set.features.some((each) => each.startsWith(`${view.name}:`));
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
