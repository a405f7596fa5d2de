import { kindOf } from "../../features/files/column-kind.ts";
import type { Steps } from "../plan/view-join.ts";
import type { KeyColumn, ResolvedTrainingSet } from "../resolve/resolved-training-set.ts";
import { withSteps } from "../steps/compile-training-set.ts";
import { preparedSpine, preparedView } from "../steps/prepared-relations.ts";
import { integer, quoteName } from "../steps/quote-name.ts";
import {
  arrivedSql,
  arrivesLate,
  eventSteps,
  naiveName,
  notYetReadable,
  type PreviewGroup,
  servedSteps,
  sharedName,
  sharedTables,
} from "./preview-group.ts";

/** The alias a view's file is loaded under. */
export function viewAlias(index: number): string {
  return `view_${index}`;
}

/**
 * Statements that turn the loaded tables `spine_file` and `view_<i>` into the view `preview`, and leave the prepared
 * relations `s` and `v<i>` for questions about single rows. They may be run again, as with another delay.
 *
 * Joins run once per distinct moment of a key, and the table `joined` holds which rows were picked; `preview` computes
 * the rest of the columns for whoever asks. Its rows are in no order: sorting them all costs more than sorting what is
 * looked at.
 */
export function previewStatements(
  set: ResolvedTrainingSet,
  groups: readonly PreviewGroup[],
  shown: readonly string[],
): readonly string[] {
  const spine = preparedSpine(set, "spine_file", "row_number() OVER () - 1", "microseconds");
  const columns = shown.map((name, index) => `${quoteName(name)} AS s${index}`);
  const withColumns = spine.replace("\nFROM", `${columns.map((column) => `, ${column}`).join("")}\nFROM`);
  const keys = set.spine.keys.map((key) => key.as);
  const coded = set.spine.keys.filter(({ column }) => kindOf(column.type) === "text");
  return [
    ...coded.map(({ column, as }) => table(`ids_${as}`, idsSql(quoteName(column.name)))),
    table("s", codedSql(withColumns, coded, "LEFT JOIN")),
    table("m", moments(keys)),
    ...set.views.map((view, index) =>
      table(
        `v${index}`,
        codedSql(
          preparedView(view, viewAlias(index), "microseconds"),
          coded.filter(({ as }) => view.join.keys.includes(as)),
          "JOIN",
        ),
      ),
    ),
    ...groups.flatMap((group) => {
      const event = eventSteps(group);
      return [
        ...sharedTables(group).map(({ name, steps }) => table(name, query(steps))),
        table(`${group.id}_served`, query(servedSteps(group))),
        ...(event ? [table(`${group.id}_event`, query(event))] : []),
      ];
    }),
    table("joined", joinedSql(keys, groups, shown)),
    `CREATE OR REPLACE VIEW preview AS\n${previewSql(groups, shown)}`,
  ];
}

/** Keys of text become numbers, which sort in half the time. */
function idsSql(column: string): string {
  return `SELECT CAST(row_number() OVER () AS INTEGER) AS id, k
FROM (SELECT DISTINCT ${column} AS k FROM spine_file WHERE ${column} IS NOT NULL)`;
}

/** A prepared relation with the numbers of `coded` keys. An inner join leaves out keys that the spine does not have. */
function codedSql(prepared: string, coded: readonly KeyColumn[], join: "JOIN" | "LEFT JOIN"): string {
  if (coded.length === 0) return prepared;
  const replaced = coded.map(({ as }) => `ids_${as}.id AS ${as}`).join(", ");
  const joins = coded.map(({ as }) => `${join} ids_${as} ON ids_${as}.k = p.${as}`).join(" ");
  return `SELECT p.* REPLACE (${replaced})\nFROM (${prepared}) p ${joins}`;
}

function moments(keys: readonly string[]): string {
  const distinct = `SELECT DISTINCT ${[...keys, "t"].join(", ")} FROM s`;
  return `SELECT row_number() OVER () AS row_id, * FROM (${distinct})`;
}

/** Per group and join of `joinsOf`: `<join>_time`, where rows may arrive late `<join>_arrived`, and the window's value or the number of the picked row as `<join>_pick`. */
function joinedSql(
  keys: readonly string[],
  groups: readonly PreviewGroup[],
  shown: readonly string[],
): string {
  const held = groups.flatMap((group) =>
    joinsOf(group).flatMap((name) => [
      { name, from: "time", as: "time" },
      ...(arrivesLate(group) ? [{ name, from: "arrived", as: "arrived" }] : []),
      { name, from: pickOf(group), as: "pick" },
    ]),
  );
  const picked = held.map(({ name, from, as }) => `${name}.${from} AS ${name}_${as}`);
  const served = `(SELECT ${["m.*", ...picked].join(", ")}
  FROM m ${groups.flatMap((group) => joinsOf(group).map((name) => `LEFT JOIN ${name} ON ${name}.row_id = m.row_id`)).join("\n  ")})`;
  const same = [...keys, "t"]
    .map((column) => `s.${column} IS NOT DISTINCT FROM served.${column}`)
    .join(" AND ");
  const columns = [
    "s.row_id, s.t",
    ...keys.map((key) => `s.${key}`),
    ...shown.map((_, index) => `s${index}`),
    ...held.map(({ name, as }) => `${name}_${as}`),
  ];
  return `SELECT ${columns.join(", ")}
FROM s LEFT JOIN ${served} served ON ${same}`;
}

function previewSql(groups: readonly PreviewGroup[], shown: readonly string[]): string {
  const leaked = groups.map((group) => `${group.id}_leaked`).join(" OR ") || "false";
  const skewed = groups.map((group) => `${group.id}_skewed`).join(" OR ") || "false";
  const parts = groups.map(groupColumns);
  return `SELECT *, ${leaked} AS leaked, ${skewed} AS skewed
FROM (
  SELECT ${["s.row_id", "s.t AS spine_time", ...shown.map((_, index) => `s${index}`), ...parts.flatMap(({ columns }) => columns)].join(",\n         ")}
  FROM joined s
  ${parts.flatMap(({ joins }) => joins).join("\n  ")}
)`;
}

function groupColumns(group: PreviewGroup): { columns: string[]; joins: string[] } {
  const { id, view } = group;
  const names = joinsOf(group);
  const naive = naiveName(group);
  const served = `${id}_served`;
  const heldBy = (name: string, value: string) => {
    if (group.kind === "window") return `s.${name}_pick`;
    const fresh = freshSql(group, name);
    return fresh === "TRUE" ? `${name}_row.${value}` : `CASE WHEN ${fresh} THEN ${name}_row.${value} END`;
  };
  const values = group.features.map(({ feature }) => feature.value);
  const differs = values.map(
    (value) => `${heldBy(served, value)} IS DISTINCT FROM ${heldBy(`${id}_event`, value)}`,
  );
  const fresh = freshSql(group, served);
  const late = notYetReadable(view.join, arrivedSql(group, naive), "s.t");
  const leaks = [late, ...(freshSql(group, naive) === "TRUE" ? [] : [freshSql(group, naive)])].join(" AND ");
  const columns = [
    `CASE WHEN ${fresh} THEN s.${served}_time END AS ${id}_time`,
    `CASE WHEN ${fresh} THEN ${arrivedSql(group, served)} END AS ${id}_available`,
    `s.${naive}_time AS ${id}_naive_time`,
    `s.${naive}_time IS NOT NULL AND ${leaks} AS ${id}_leaked`,
    `${names.includes(`${id}_event`) ? differs.join(" OR ") : "false"} AS ${id}_skewed`,
    ...group.features.flatMap(({ at, feature }) => [
      `${heldBy(served, feature.value)} AS f${at}`,
      `${reasonSql(group, heldBy(served, feature.value))} AS f${at}_reason`,
    ]),
  ];
  const keys = view.join.keys;
  const first = `SELECT ${keys.map((key) => `${key}, `).join("")}min(t) AS first
  FROM ${view.join.relation} WHERE t IS NOT NULL${keys.length > 0 ? ` GROUP BY ${keys.join(", ")}` : ""}`;
  const on = keys.map((key) => `s.${key} = ${id}_first.${key}`).join(" AND ") || "TRUE";
  const rows = group.kind === "window" ? [] : names;
  return {
    columns,
    joins: [
      ...rows.map(
        (name) => `LEFT JOIN ${sharedName(group)} ${name}_row ON ${name}_row.pick = s.${name}_pick`,
      ),
      `LEFT JOIN (${first}) ${id}_first ON ${on}`,
    ],
  };
}

/** The joins of a group at the moments `m`. */
function joinsOf(group: PreviewGroup): readonly string[] {
  return [`${group.id}_served`, ...(naiveName(group) === `${group.id}_event` ? [naiveName(group)] : [])];
}

function pickOf(group: PreviewGroup): string {
  return group.kind === "window" ? group.features[0]!.feature.value : "pick";
}

function freshSql({ view, kind }: PreviewGroup, name: string): string {
  return view.join.ttlUs && kind === "latest"
    ? `s.${name}_time >= s.t - ${integer(view.join.ttlUs)}`
    : "TRUE";
}

/** Why there is no value: `no-time`, `no-key`, `no-row`, `not-yet-available`, `expired`, `empty-window`, `null-value`; NULL when there is one. */
function reasonSql({ id, view, kind }: PreviewGroup, value: string): string {
  const lacksKey = view.join.keys.map((key) => `s.${key} IS NULL`).join(" OR ") || "FALSE";
  const expired = view.join.ttlUs
    ? `WHEN s.${id}_served_time < s.t - ${integer(view.join.ttlUs)} THEN 'expired' `
    : "";
  const empty =
    kind === "window"
      ? "'empty-window'"
      : `CASE ${expired}WHEN s.${id}_served_time IS NULL THEN 'not-yet-available' ELSE 'null-value' END`;
  return `CASE WHEN (${value}) IS NOT NULL THEN NULL WHEN s.t IS NULL THEN 'no-time' WHEN ${lacksKey} THEN 'no-key' WHEN ${id}_first.first IS NULL THEN 'no-row' ELSE ${empty} END`;
}

function table(name: string, sql: string): string {
  return `CREATE OR REPLACE TABLE ${name} AS\n${sql}`;
}

function query({ steps, result }: Steps): string {
  return `${withSteps(steps)}\nSELECT * FROM ${result}`;
}
