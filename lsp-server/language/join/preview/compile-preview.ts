import { kindOf } from "../../features/files/column-kind.ts";
import type { SettledSource } from "../../features/model.ts";
import type { JoinFeature, JoinPlan } from "../plan/join-plan.ts";
import type { ColumnSchema } from "../resolve/column-schema.ts";
import type { ResolvedTrainingSet } from "../resolve/resolved-training-set.ts";
import { delayOf } from "../steps/available-at.ts";
import { compileTrainingSet } from "../steps/compile-training-set.ts";
import { microsecondsByType } from "../steps/time-expression.ts";
import { historySql, naiveSql, whySql } from "./explain-row.ts";
import { factsSql } from "./facts-sql.ts";
import { type PreviewGroup, previewGroups } from "./preview-group.ts";
import { previewStatements, viewAlias } from "./preview-table.ts";

/**
 * The same join for the page: which files to load, which statements to run, and what to ask afterwards.
 *
 * `pathOf` gives the path of a source relative to the workspace root; `relationOf` and `digest` are those of the
 * training query, which the plan carries along.
 */
export function compilePreview(
  set: ResolvedTrainingSet,
  sources: {
    readonly pathOf: (source: SettledSource) => string;
    readonly relationOf: (source: SettledSource) => string;
    readonly digest: string;
  },
): JoinPlan {
  const groups = previewGroups(set);
  const shown = shownColumns(set);
  const spineNeeds = [set.spine.time, ...shown];
  return {
    trainingSet: set.name,
    label: set.label,
    tables: [
      {
        alias: "spine_file",
        path: sources.pathOf(set.spine.source),
        columns: loaded(spineNeeds, "spine"),
        csv: set.spine.columns.csv ?? null,
        role: "spine",
      },
      ...set.views.map((view, index) => ({
        alias: viewAlias(index),
        path: sources.pathOf(view.source),
        columns: loaded(
          [
            ...[...view.keys, ...view.values].map(({ column }) => column),
            view.time,
            ...(view.created ? [view.created] : []),
          ],
          "view",
        ),
        csv: view.csv,
        role: "view" as const,
      })),
    ],
    statements: previewStatements(
      set,
      groups,
      shown.map((column) => column.name),
    ),
    spineColumns: shown.map((column) => column.name),
    features: set.features.map((_, at) => {
      const group = groups.find((candidate) => candidate.features.some((member) => member.at === at))!;
      return describeFeature(set, group, at);
    }),
    factsSql: factsSql(groups),
    trainingSql: compileTrainingSet(set, sources.relationOf),
    digest: sources.digest,
  };
}

function describeFeature(set: ResolvedTrainingSet, group: PreviewGroup, at: number): JoinFeature {
  const feature = set.features[at]!;
  const { definition, join, keys } = group.view;
  return {
    ref: feature.ref,
    view: definition.name,
    name: feature.definition.name,
    kind: feature.definition.kind,
    entityKeys: keys.map(({ column }) => column.name),
    delayUs: delayOf(join),
    createdTime: group.view.created === null ? null : definition.createdTime,
    ttlUs: definition.ttlUs,
    windowUs: feature.definition.kind === "window" ? feature.definition.windowUs : null,
    columns: {
      value: `f${at}`,
      eventTime: `${group.id}_time`,
      availableAt: `${group.id}_available`,
      reason: `f${at}_reason`,
      leaked: `${group.id}_leaked`,
    },
    naiveSql: naiveSql(group, feature),
    whySql: whySql(group, feature),
    historySql: historySql(group, feature),
  };
}

/** What tells a person which row it is: the keys, two columns of text (each costs a tenth of a second of reading), and the label. The moment itself is `spine_time`. */
function shownColumns(set: ResolvedTrainingSet): ColumnSchema[] {
  const isLabel = (column: ColumnSchema) => column.name.toLowerCase() === set.label?.toLowerCase();
  const keys = set.spine.keys.map(({ column }) => column);
  const text = set.spine.columns.filter(
    (column) => kindOf(column.type) === "text" && !isLabel(column) && !keys.includes(column),
  );
  const chosen = [...keys, ...text.slice(0, 2), ...set.spine.columns.filter(isLabel)];
  return [...new Map(chosen.map((column) => [column.name, column])).values()];
}

function loaded(
  columns: readonly ColumnSchema[],
  role: "spine" | "view",
): JoinPlan["tables"][number]["columns"] {
  const unique = new Map(columns.map((column) => [column.name, column]));
  return [...unique.values()].map(({ name, type }) => {
    const isTime = ["timestamp", "date"].includes(kindOf(type));
    return { name, microseconds: isTime ? microsecondsByType(name, role) : null };
  });
}
