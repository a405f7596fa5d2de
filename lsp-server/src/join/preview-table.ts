import { availableAt } from "./available-at.ts";
import { withSteps } from "./compile-training-set.ts";
import { preparedSpine, preparedView } from "./prepared-relations.ts";
import {
  delayOf,
  eventSteps,
  naiveSteps,
  notYetReadable,
  type PreviewGroup,
  servedSteps,
  sharedName,
  sharedSteps,
} from "./preview-group.ts";
import { integer, quoteName } from "./quote-name.ts";
import type { ResolvedTrainingSet } from "./resolved-training-set.ts";
import { timeExpression } from "./time-expression.ts";
import type { Steps } from "./view-join.ts";

/** The alias a view's file is loaded under. */
export function viewAlias(index: number): string {
  return `view_${index}`;
}

/**
 * Statements that turn the loaded tables `spine_file` and `view_<i>` into the table `preview`, and leave the prepared
 * relations `s` and `v<i>` for questions about single rows. They may be run again, as with another delay. The rows of
 * `preview` are in no order: sorting them all costs more than sorting what is looked at.
 */
export function previewStatements(
  set: ResolvedTrainingSet,
  groups: readonly PreviewGroup[],
  shown: readonly string[],
): readonly string[] {
  const spine = preparedSpine(set, "spine_file", "row_number() OVER () - 1", "microseconds");
  const anchors = set.views.flatMap((view) =>
    view.anchor ? [`${timeExpression(view.anchor, "spine", "microseconds")} AS n_${view.join.id}`] : [],
  );
  const columns = [...anchors, ...shown.map((name, index) => `${quoteName(name)} AS s${index}`)];
  const withColumns = spine.replace("\nFROM", `${columns.map((column) => `, ${column}`).join("")}\nFROM`);
  return [
    table("s", withColumns),
    ...set.views.map((view, index) =>
      table(`v${index}`, preparedView(view, viewAlias(index), "microseconds")),
    ),
    ...groups.flatMap((group) => {
      const event = eventSteps(group);
      const naive = group.view.anchor || !event ? naiveSteps(group) : null;
      const shared = sharedSteps(group);
      return [
        ...(shared ? [table(sharedName(group), query(shared))] : []),
        table(`${group.id}_served`, query(servedSteps(group))),
        ...(event ? [table(`${group.id}_event`, query(event))] : []),
        ...(naive ? [table(`${group.id}_naive`, query(naive))] : []),
      ];
    }),
    table("preview", previewSql(groups, shown)),
  ];
}

function previewSql(groups: readonly PreviewGroup[], shown: readonly string[]): string {
  const leaked = groups.map((group) => `${group.id}_leaked`).join(" OR ") || "false";
  const skewed = groups.map((group) => `${group.id}_skewed`).join(" OR ") || "false";
  const parts = groups.map(groupColumns);
  return `SELECT *, ${leaked} AS leaked, ${skewed} AS skewed
FROM (
  SELECT ${["s.row_id", "s.t AS spine_time", ...shown.map((_, index) => `s${index}`), ...parts.flatMap(({ columns }) => columns)].join(",\n         ")}
  FROM s
  ${parts.flatMap(({ joins }) => joins).join("\n  ")}
)`;
}

function groupColumns(group: PreviewGroup): { columns: string[]; joins: string[] } {
  const { id, view } = group;
  const delay = integer(delayOf(view.join));
  const hasEvent = delayOf(view.join) !== 0;
  const naive = view.anchor || !hasEvent ? `${id}_naive` : `${id}_event`;
  const fresh =
    view.join.ttlUs && group.kind === "latest"
      ? `${id}_served.time >= s.t - ${integer(view.join.ttlUs)}`
      : "TRUE";
  const values = group.features.map(({ feature }) => feature.value);
  const differs = values.map((value) => `${id}_served.${value} IS DISTINCT FROM ${id}_event.${value}`);
  const columns = [
    `CASE WHEN ${fresh} THEN ${id}_served.time END AS ${id}_time`,
    `CASE WHEN ${fresh} THEN ${id}_served.time + ${delay} END AS ${id}_available`,
    `${naive}.time AS ${id}_naive_time`,
    `coalesce(${notYetReadable(view.join, `${naive}.time`, "s.t")}, false) AS ${id}_leaked`,
    `${hasEvent ? differs.join(" OR ") : "false"} AS ${id}_skewed`,
    ...group.features.flatMap(({ at, feature }) => [
      `${id}_served.${feature.value} AS f${at}`,
      `${naive}.${feature.value} AS f${at}_naive`,
      `${reasonSql(group, feature.value)} AS f${at}_reason`,
    ]),
  ];
  const keys = view.join.keys;
  const first = `SELECT ${keys.map((key) => `${key}, `).join("")}min(${availableAt(view.join.availability)}) AS first
  FROM ${view.join.relation} WHERE t IS NOT NULL${keys.length > 0 ? ` GROUP BY ${keys.join(", ")}` : ""}`;
  const on = keys.map((key) => `s.${key} = ${id}_first.${key}`).join(" AND ") || "TRUE";
  const results = [
    `${id}_served`,
    ...(hasEvent ? [`${id}_event`] : []),
    ...(naive.endsWith("naive") ? [naive] : []),
  ];
  return {
    columns,
    joins: [
      ...results.map((name) => `LEFT JOIN ${name} ON ${name}.row_id = s.row_id`),
      `LEFT JOIN (${first}) ${id}_first ON ${on}`,
    ],
  };
}

/** Why there is no value: `no-time`, `no-key`, `no-row`, `not-yet-available`, `expired`, `empty-window`, `null-value`; NULL when there is one. */
function reasonSql({ id, view, kind }: PreviewGroup, value: string): string {
  const lacksKey = view.join.keys.map((key) => `s.${key} IS NULL`).join(" OR ") || "FALSE";
  const expired = view.join.ttlUs
    ? `WHEN ${id}_served.time < s.t - ${integer(view.join.ttlUs)} THEN 'expired' `
    : "";
  const empty =
    kind === "window"
      ? "'empty-window'"
      : `CASE ${expired}WHEN ${id}_served.time IS NULL THEN 'not-yet-available' ELSE 'null-value' END`;
  return `CASE WHEN ${id}_served.${value} IS NOT NULL THEN NULL WHEN s.t IS NULL THEN 'no-time' WHEN ${lacksKey} THEN 'no-key' WHEN ${id}_first.first IS NULL THEN 'no-row' ELSE ${empty} END`;
}

function table(name: string, sql: string): string {
  return `CREATE OR REPLACE TABLE ${name} AS\n${sql}`;
}

function query({ steps, result }: Steps): string {
  return `${withSteps(steps)}\nSELECT * FROM ${result}`;
}
