import { fitsDeclared } from "../files/declared-type.ts";
import { refusedFeature, refusedKey } from "../files/feature-types.ts";
import { isParquet } from "../files/is-parquet.ts";
import { type Schema, type SchemaOf, schemaOfSource } from "../files/schema.ts";
import {
  type DefinitionProblem,
  type Definitions,
  isUnknown,
  known,
  type Place,
  type SourceDefinition,
  type ViewDefinition,
} from "../model.ts";
import { argumentPlace } from "../read/constructors/argument-place.ts";
import { didYouMean } from "../read/constructors/did-you-mean.ts";

/** What is known of the files that sources name, by path as written. */
export interface Files {
  readonly schemaOf: SchemaOf;
  /** True only when it is certain that no such file exists. */
  missing(path: string): boolean;
}

/**
 * Everything wrong with definitions: what reading them found, and where the files do not hold what is asked of them.
 *
 * Only definitions of the text itself are checked, not those of modules it imports. A file whose schema is not known raises nothing.
 */
export function diagnose(definitions: Definitions, files: Files): DefinitionProblem[] {
  const own = <D extends { readonly place: Place }>(all: readonly D[]) =>
    all.filter((each) => each.place.cellId !== null);
  return [
    ...definitions.problems,
    ...own(definitions.sources).flatMap((source) => sourceProblems(source, files)),
    ...own(definitions.views).flatMap((view) => viewProblems(view, definitions, files)),
    ...own(definitions.trainingSets).flatMap((set) => {
      const spine = definitions.sources.find((source) => source.name === set.spine);
      const schema = schemaOfSource(spine, files.schemaOf);
      if (!spine || !schema) return [];
      const stated = known(set.label);
      const label = stated === null ? [] : column(stated, spine, schema, argumentPlace(set, "label"));
      return [...label, ...spineProblems(set, spine, schema, definitions)];
    }),
  ];
}

function sourceProblems(source: SourceDefinition, files: Files): DefinitionProblem[] {
  if (isUnknown(source.path)) return [];
  if (files.missing(source.path)) {
    const message = `The file "${source.path}" does not exist beside this notebook.`;
    return [error("features/file-missing", message, argumentPlace(source, "path"))];
  }
  const schema = files.schemaOf(source.path);
  if (!schema) return [];
  const times: [string, string | null][] = [
    ["timestamp_field", known(source.timestampField)],
    ["created_timestamp_column", known(source.createdTimestampColumn)],
  ];
  return times.flatMap(([argument, name]) => {
    if (name === null) return [];
    const place = argumentPlace(source, argument);
    const missing = column(name, source, schema, place);
    const type = schema.types[name];
    if (missing.length > 0 || type === undefined || /^(TIMESTAMP|DATE)/.test(type)) return missing;
    const message = `"${name}" is ${type}, not a time; "${source.name}" cannot be joined by it.`;
    return [error("features/not-a-time", message, place)];
  });
}

function viewProblems(view: ViewDefinition, definitions: Definitions, files: Files): DefinitionProblem[] {
  const source = definitions.sources.find((each) => each.name === view.source);
  const schema = schemaOfSource(source, files.schemaOf);
  const problems: DefinitionProblem[] = [];
  // Of a source that stands here, a rule of the linter says it, at the source.
  if (source && source.place.cellId === null && source.timestampField === null) {
    const message = `"${source.name}" has no timestamp_field, so nobody can tell which of its rows were known when.`;
    problems.push(error("features/no-timestamp", message, argumentPlace(view, "source")));
  }
  if (!source || !schema) return problems;
  for (const key of keysOf(view, definitions)) {
    const place = argumentPlace(view, "entities");
    problems.push(...column(key, source, schema, place));
    const type = schema.types[key];
    const refused = type === undefined ? null : refusedKey(key, type);
    if (refused !== null) problems.push(error("features/not-a-key", refused, place));
  }
  for (const feature of view.features) {
    problems.push(...column(feature.column, source, schema, feature.place));
    const type = schema.types[feature.column];
    const wanted = feature.kind === "latest" ? "latest" : feature.function;
    const refused = type === undefined ? null : refusedFeature(wanted, feature.column, type);
    if (refused !== null) problems.push(error("features/not-a-number", refused, feature.place));
    const declared = feature.kind === "latest" ? feature.type : null;
    if (type === undefined || refused !== null || declared === null || !isParquet(known(source.path) ?? ""))
      continue;
    if (fitsDeclared(declared, type) !== "none") continue;
    const message = `"${feature.column}" is ${type} in "${known(source.path)}", not ${declared}; no join of it is made.`;
    problems.push(error("features/not-as-declared", message, feature.place));
  }
  return problems;
}

function spineProblems(
  set: Definitions["trainingSets"][number],
  spine: SourceDefinition,
  schema: Schema,
  definitions: Definitions,
): DefinitionProblem[] {
  const used = new Set((known(set.features) ?? []).map((reference) => reference.split(":")[0]));
  const views = definitions.views.filter((view) => used.has(view.name));
  const place = argumentPlace(set, "spine");
  const keys = new Set(views.flatMap((view) => keysOf(view, definitions)));
  const problems = [...keys].flatMap((key) => column(key, spine, schema, place));
  for (const view of views) {
    if (view.source !== spine.name || view.upper !== "inclusive" || view.delayUs !== 0) continue;
    problems.push({
      code: "features/own-row",
      message: `"${view.name}" reads the spine's own rows and counts the row of the very moment: each row sees itself. Give the view upper="exclusive".`,
      severity: "warning",
      place,
    });
  }
  return problems;
}

function keysOf(view: ViewDefinition, definitions: Definitions): readonly string[] {
  return definitions.entities
    .filter((each) => known(view.entities)?.includes(each.name))
    .flatMap((each) => known(each.joinKeys) ?? []);
}

/** A problem when the file has no such column, as DuckDB would look for it: without regard to case. */
function column(name: string, source: SourceDefinition, schema: Schema, place: Place): DefinitionProblem[] {
  if (schema.columns.some((each) => each.toLowerCase() === name.toLowerCase())) return [];
  const message = `"${source.path}" has no column "${name}".${didYouMean(name, schema.columns)}`;
  return [error("features/unknown-column", message, place)];
}

function error(code: string, message: string, place: Place): DefinitionProblem {
  return { code, message, severity: "error", place };
}
