import { mayBeJoined } from "../../features/may-be-joined.ts";
import type {
  Definitions,
  SettledDefinitions,
  SettledTrainingSet,
  SettledView,
} from "../../features/model.ts";
import { argumentPlace } from "../../features/read/constructors/argument-place.ts";
import { type ColumnSchema, findColumn, type SchemaOf, twinsOf, unreadFile } from "./column-schema.ts";
import { resolveView } from "./resolve-view.ts";
import type {
  JoinProblem,
  ResolvedFeature,
  ResolvedSpine,
  ResolvedTrainingSet,
  ResolvedView,
} from "./resolved-training-set.ts";
import { columnsAdvice, type Report, refuseTwins, timeColumn } from "./time-column.ts";

/**
 * Finds everything a training set names, in the definitions and in the files. Answers either the whole or the reasons
 * why not, never a part. `delaysUs` replaces the delay of views by name.
 */
export function resolveTrainingSet(
  definitions: Definitions,
  name: string,
  schemaOf: SchemaOf,
  delaysUs: Readonly<Record<string, number>> = {},
): { readonly set: ResolvedTrainingSet | null; readonly problems: readonly JoinProblem[] } {
  const problems: JoinProblem[] = [];
  const report: Report = (code, message, advice, place = null) =>
    void problems.push({ code, message, advice, place });
  const stated = definitions.trainingSets.findLast((set) => set.name === name);
  if (!stated) {
    const known = definitions.trainingSets.map((set) => set.name).join(", ") || "none";
    report(
      "join/no-training-set",
      `There is no training set called ${name}.`,
      `Known training sets: ${known}.`,
    );
    return { set: null, problems };
  }
  const joinable = mayBeJoined(definitions, name);
  const definition = joinable.definitions?.trainingSets[0];
  if (!joinable.definitions || !definition) {
    for (const { code, message, place } of joinable.problems) report(code, message, notGuessed, place);
    return { set: null, problems };
  }
  const settled = joinable.definitions;
  const spine = resolveSpine(settled, definition, schemaOf, report);
  const chosen = chosenFeatures(settled, definition, report);
  if (!spine || problems.length > 0) return { set: null, problems };

  const keys = new Map<string, { column: ColumnSchema; as: string }>();
  const views: ResolvedView[] = [];
  for (const [index, { view, names }] of chosen.entries()) {
    const delayUs = delaysUs[view.name] ?? view.delayUs;
    const resolved = resolveView(
      { ...view, delayUs },
      { definitions: settled, names, index, spine, keys, schemaOf, report },
    );
    if (resolved) views.push(resolved);
  }
  if (problems.length > 0) return { set: null, problems };
  const features = nameOutputs(definition, spine, views, report);
  if (problems.length > 0) return { set: null, problems };
  const set = {
    name,
    label: definition.label,
    spine: { ...spine, keys: [...keys.values()] },
    views,
    features,
    definitions: settled,
  };
  return { set, problems };
}

const notGuessed =
  "No join is made on a guess: write it so that the text tells it, or run the training set's to_df() in a kernel.";

function resolveSpine(
  definitions: SettledDefinitions,
  definition: SettledTrainingSet,
  schemaOf: SchemaOf,
  report: Report,
): ResolvedSpine | null {
  const source = definitions.sources.findLast((candidate) => candidate.name === definition.spine);
  if (!source) {
    report(
      "join/no-spine",
      `The training set ${definition.name} takes its rows from ${definition.spine}, which is not defined.`,
      "Define it as a FileSource, or name one that is.",
      argumentPlace(definition, "spine"),
    );
    return null;
  }
  const columns = schemaOf(source);
  if (!columns) {
    report(...unreadFile(source, schemaOf), argumentPlace(source, "path"));
    return null;
  }
  const place = argumentPlace(definition, "spine");
  // Every column of the spine is part of the result.
  const twin = columns.find((column) => twinsOf(columns, column.name) !== null);
  if (twin && refuseTwins(columns, twin.name, source.path, report, place)) return null;
  if (source.timestampField === null) {
    report(
      "join/no-time",
      `The source ${source.name} does not say which column is the moment of prediction.`,
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
  if (definition.label !== null && !findColumn(columns, definition.label)) {
    report(
      "join/no-column",
      `${source.path} has no column ${definition.label}, the label.`,
      columnsAdvice(columns),
      argumentPlace(definition, "label"),
    );
  }
  return time && { source, columns, time, keys: [] };
}

/** Views in the order first named, each with the features wanted of it. */
function chosenFeatures(definitions: SettledDefinitions, definition: SettledTrainingSet, report: Report) {
  const place = argumentPlace(definition, "features");
  const chosen = new Map<string, { view: SettledView; names: string[] }>();
  for (const ref of definition.features) {
    const at = ref.indexOf(":");
    const view = definitions.views.findLast((candidate) => candidate.name === ref.slice(0, at));
    const name = ref.slice(at + 1);
    if (at < 0 || !view?.features.some((feature) => feature.name === name)) {
      report(
        "join/no-feature",
        `There is no feature ${ref}.`,
        view && view.features.length > 0
          ? `${view.name} has ${view.features.map((feature) => feature.name).join(", ")}.`
          : "Write it as view:feature, as the view names it.",
        place,
      );
      continue;
    }
    const entry = chosen.get(view.name) ?? { view, names: [] };
    if (!entry.names.includes(name)) entry.names.push(name);
    chosen.set(view.name, entry);
  }
  return [...chosen.values()];
}

/** A feature keeps its name unless the spine or another feature has it; then it is `view__name`, as Feast writes full names. */
function nameOutputs(
  definition: SettledTrainingSet,
  spine: ResolvedSpine,
  views: readonly ResolvedView[],
  report: Report,
): ResolvedFeature[] {
  const refs = [...new Set(definition.features)];
  const short = refs.map((ref) => ref.slice(ref.indexOf(":") + 1).toLowerCase());
  const columns = new Set(spine.columns.map((column) => column.name.toLowerCase()));
  const used = new Set(columns);
  return refs.map((ref) => {
    const name = ref.slice(ref.indexOf(":") + 1);
    const view = views.findIndex((candidate) => candidate.definition.name === ref.slice(0, ref.indexOf(":")));
    const found = views[view]!.definition.features.find((feature) => feature.name === name)!;
    const alone = short.filter((other) => other === name.toLowerCase()).length === 1;
    const output =
      alone && !columns.has(name.toLowerCase()) ? name : `${views[view]!.definition.name}__${name}`;
    if (used.has(output.toLowerCase())) {
      report("join/column-taken", `Two columns would be called ${output}.`, `Rename the feature ${ref}.`);
    }
    used.add(output.toLowerCase());
    return { ref, definition: found, view, value: valueColumn(views[view]!, name), output };
  });
}

function valueColumn(view: ResolvedView, name: string): string {
  const feature = view.definition.features.find((candidate) => candidate.name === name)!;
  const column = view.values.find(
    (value) => value.column.name.toLowerCase() === feature.column.toLowerCase(),
  )!.as;
  if (feature.kind === "latest") return column;
  return view.join.windows.find(
    (window) =>
      window.column === column &&
      window.function === feature.function &&
      window.edge.kind === "continuous" &&
      window.edge.windowUs === feature.windowUs,
  )!.output;
}
