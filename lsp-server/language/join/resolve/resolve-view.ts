import { kindOf } from "../../features/files/column-kind.ts";
import { fitsDeclared } from "../../features/files/declared-type.ts";
import { refusedFeature, refusedKey } from "../../features/files/feature-types.ts";
import type {
  FeatureDefinition,
  SettledDefinitions,
  SettledSource,
  SettledView,
} from "../../features/model.ts";
import { argumentPlace } from "../../features/read/constructors/argument-place.ts";
import type { Availability, ViewJoin, WindowAggregate } from "../plan/view-join.ts";
import {
  type ColumnSchema,
  type FileColumns,
  findColumn,
  type SchemaOf,
  unreadFile,
} from "./column-schema.ts";
import type { KeyColumn, ResolvedSpine, ResolvedView, ValueColumn } from "./resolved-training-set.ts";
import { columnsAdvice, type Report, refuseTwins, timeColumn } from "./time-column.ts";

/**
 * Finds what one view needs in its own file and in the spine, and lays it out as a join. Null when something is
 * missing, which has then been reported. New key columns of the spine are added to `keys`.
 */
export function resolveView(view: SettledView, context: ViewContext): ResolvedView | null {
  const found = resolveSource(view, context);
  if (!found) return null;
  const { source, columns, time } = found;
  const keys = resolveKeys(view, columns, source, context);
  const values = resolveValues(view, columns, source, context);
  if (!keys || !values) return null;
  const created =
    source.createdTimestampColumn === null
      ? null
      : timeColumn(
          columns,
          source.createdTimestampColumn,
          source.path,
          context.report,
          argumentPlace(source, "created_timestamp_column"),
        );
  if (source.createdTimestampColumn !== null && created === null) return null;
  const wanted = neededFeatures(view, context.names);
  const join: ViewJoin = {
    id: `v${context.index}`,
    spine: "s",
    relation: `v${context.index}`,
    keys: keys.map((key) => key.as),
    has: { created: created !== null, sequence: false, sign: false },
    availability: availabilityOf(view, created !== null),
    upper: view.upper,
    ttlUs: view.ttlUs,
    values: values.filter((value) => usedByLatest(wanted, value)).map((value) => value.as),
    windows: windowsOf(wanted, values),
  };
  return {
    definition: view,
    source,
    time,
    created,
    csv: columns.csv ?? null,
    keys,
    values,
    join,
  };
}

/** When the view's rows can first be read: a declared delay after their time, and not before they were created. */
function availabilityOf({ delayUs, createdTime }: SettledView, created: boolean): Availability {
  if (created && createdTime === "bounds") return { mode: "created", delayUs };
  return delayUs === 0 ? { mode: "event" } : { mode: "delay", delayUs };
}

export interface ViewContext {
  readonly definitions: SettledDefinitions;
  /** Names of the wanted features. */
  readonly names: readonly string[];
  readonly index: number;
  /** Null when the view is looked at alone. */
  readonly spine: ResolvedSpine | null;
  readonly keys: Map<string, KeyColumn>;
  readonly schemaOf: SchemaOf;
  readonly report: Report;
}

function resolveSource(
  view: SettledView,
  { definitions, schemaOf, report }: ViewContext,
): { source: SettledSource; columns: FileColumns; time: ColumnSchema } | null {
  const source = definitions.sources.findLast((candidate) => candidate.name === view.source);
  if (!source) {
    report(
      "join/no-source",
      `The view ${view.name} reads ${view.source}, which is not defined.`,
      "Define it as a FileSource.",
      argumentPlace(view, "source"),
    );
    return null;
  }
  const columns = schemaOf(source);
  if (!columns) {
    report(...unreadFile(source, schemaOf), argumentPlace(source, "path"));
    return null;
  }
  if (source.timestampField === null) {
    report(
      "join/no-time",
      `The source ${source.name} does not say when a row was observed.`,
      "Add timestamp_field to it.",
      source.place,
    );
    return null;
  }
  const time = timeColumn(
    columns,
    source.timestampField,
    source.path,
    report,
    argumentPlace(source, "timestamp_field"),
  );
  return time && { source, columns, time };
}

function resolveKeys(
  view: SettledView,
  columns: FileColumns,
  source: SettledSource,
  context: ViewContext,
): KeyColumn[] | null {
  const { definitions, spine, keys, report } = context;
  const names = view.entities.flatMap((name): readonly (string | null)[] => {
    const entity = definitions.entities.findLast((candidate) => candidate.name === name);
    if (!entity)
      report(
        "join/no-entity",
        `The view ${view.name} belongs to ${name}, which is not defined.`,
        "Define it as an Entity.",
        argumentPlace(view, "entities"),
      );
    return entity ? entity.joinKeys : [null];
  });
  const found = names.map((name): KeyColumn | null => {
    if (name === null) return null;
    if (refuseTwins(columns, name, source.path, report, view.place)) return null;
    const column = findColumn(columns, name);
    if (!column) {
      report(
        "join/no-column",
        `${source.path} has no column ${name}, the key of ${view.name}.`,
        columnsAdvice(columns),
        view.place,
      );
      return null;
    }
    const probe = spine ? findColumn(spine.columns, name) : column;
    if (!probe) {
      report(
        "join/no-column",
        `${spine?.source.path} has no column ${name}, which ${view.name} is looked up by.`,
        columnsAdvice(spine?.columns ?? []),
        argumentPlace(view, "entities"),
      );
      return null;
    }
    const refused = refusedKey(name, column.type) ?? refusedKey(name, probe.type);
    if (refused !== null) {
      const place =
        refusedKey(name, column.type) === null ? (spine?.source.path ?? source.path) : source.path;
      report("join/key-types", `In ${place}, ${refused}`, "Store it as a whole number or as text.");
      return null;
    }
    if (kindOf(column.type) !== kindOf(probe.type)) {
      report(
        "join/key-types",
        `The key ${name} is ${column.type} in ${source.path} and ${probe.type} in ${spine?.source.path ?? source.path}.`,
        "Store both as the same type.",
        argumentPlace(view, "entities"),
      );
      return null;
    }
    const known = keys.get(name.toLowerCase()) ?? { column: probe, as: `k${keys.size}` };
    keys.set(name.toLowerCase(), known);
    return { column, as: known.as };
  });
  const whole = found.filter((key) => key !== null);
  return whole.length === found.length ? whole : null;
}

function resolveValues(
  view: SettledView,
  columns: FileColumns,
  source: SettledSource,
  { names, report }: ViewContext,
): ValueColumn[] | null {
  const values: ValueColumn[] = [];
  for (const feature of neededFeatures(view, names)) {
    if (refuseTwins(columns, feature.column, source.path, report, feature.place)) return null;
    const column = findColumn(columns, feature.column);
    if (!column) {
      report(
        "join/no-column",
        `${source.path} has no column ${feature.column}, which ${view.name}:${feature.name} is made of.`,
        columnsAdvice(columns),
        view.place,
      );
      return null;
    }
    const fault = columns.faults?.get(column.name);
    const declared = feature.kind === "latest" ? feature.type : null;
    if (fault !== undefined || (declared !== null && fitsDeclared(declared, column.type) === "none")) {
      const message = fault
        ? `In ${source.path}, ${fault}.`
        : `${feature.column} of ${source.path} holds ${column.type}, not ${declared}.`;
      report(
        "join/not-as-declared",
        message,
        "Mend the value or the declared type; empty, NA, NULL and the like are missing values.",
        feature.place,
      );
      return null;
    }
    const refused = refusedFeature(
      feature.kind === "latest" ? "latest" : feature.function,
      column.name,
      column.type,
    );
    if (refused !== null) {
      report(
        "join/not-a-number",
        `${view.name}:${feature.name} is not defined. In ${source.path}, ${refused}`,
        "Use count, or another column.",
        feature.place,
      );
      return null;
    }
    const known = values.findIndex((value) => value.column.name === column.name);
    if (known < 0) values.push({ column, as: `x${values.length}`, declared });
    else if (declared !== null) values[known] = { ...values[known]!, declared };
  }
  return values;
}

/** With one latest feature come all: ties are decided by every value of the row, so that each training set picks the same row. */
function neededFeatures(view: SettledView, names: readonly string[]): FeatureDefinition[] {
  const latest = view.features.some((feature) => feature.kind === "latest" && names.includes(feature.name));
  return view.features.filter(
    (feature) => names.includes(feature.name) || (latest && feature.kind === "latest"),
  );
}

function usedByLatest(features: readonly FeatureDefinition[], value: KeyColumn): boolean {
  return features.some((feature) => feature.kind === "latest" && sameColumn(feature.column, value));
}

/** One aggregate for each (column, function, width), however many features ask for it. */
function windowsOf(features: readonly FeatureDefinition[], values: readonly KeyColumn[]): WindowAggregate[] {
  const windows: WindowAggregate[] = [];
  for (const feature of features) {
    if (feature.kind !== "window") continue;
    const value = values.find((candidate) => sameColumn(feature.column, candidate))!;
    const edge = { kind: "continuous", windowUs: feature.windowUs } as const;
    const same = windows.some(
      (window) =>
        window.column === value.as &&
        window.function === feature.function &&
        window.edge.kind === edge.kind &&
        window.edge.windowUs === edge.windowUs,
    );
    if (same) continue;
    const kind = kindOf(value.column.type);
    const number = kind === "integer" || kind === "decimal" || kind === "float" ? kind : "other";
    windows.push({
      output: `w${windows.length}`,
      column: value.as,
      number,
      function: feature.function,
      edge,
    });
  }
  return windows;
}

function sameColumn(name: string, value: KeyColumn): boolean {
  return value.column.name.toLowerCase() === name.toLowerCase();
}
