import type { Step, Steps, ViewJoin, WindowAggregate } from "../plan/view-join.ts";
import type { ResolvedFeature, ResolvedTrainingSet, ResolvedView } from "../resolve/resolved-training-set.ts";
import { delayOf } from "../steps/available-at.ts";
import { latestSteps } from "../steps/latest-steps.ts";
import { integer } from "../steps/quote-name.ts";
import { unorderedWindow } from "../steps/view-steps.ts";
import { tileSteps, tilesName, widthUs, windowLookup } from "../steps/window-steps.ts";

/**
 * Features that share one pick: all latest values of a view, or one window. Its columns in the preview are
 * `<id>_time`, `<id>_available`, `<id>_naive_time`, `<id>_leaked` and `<id>_skewed`.
 */
export interface PreviewGroup {
  readonly id: string;
  readonly view: ResolvedView;
  readonly kind: "latest" | "window";
  /** Position in the training set's features, and the column of the join. */
  readonly features: readonly { readonly at: number; readonly feature: ResolvedFeature }[];
}

/** The groups of a training set, in the order of its features. */
export function previewGroups(set: ResolvedTrainingSet): readonly PreviewGroup[] {
  const groups = new Map<string, PreviewGroup & { features: { at: number; feature: ResolvedFeature }[] }>();
  for (const [at, feature] of set.features.entries()) {
    const kind = feature.definition.kind;
    const key = kind === "latest" ? `${feature.view}` : `${feature.view} ${feature.value}`;
    const group = groups.get(key) ?? {
      id: `g${groups.size}`,
      view: set.views[feature.view]!,
      kind,
      features: [],
    };
    group.features.push({ at, feature });
    groups.set(key, group);
  }
  return [...groups.values()];
}

/**
 * What does not depend on the moments, as tables: for a window over rows in event order its tiled events, for latest
 * values the rows that the join could pick (one of each instant, or of each created time of an instant where that
 * counts), numbered as `pick`.
 */
export function sharedTables(
  group: PreviewGroup,
): readonly { readonly name: string; readonly steps: Steps }[] {
  const { join } = group.view;
  const window = windowOf(group);
  if (window) {
    const tiled = tiledView(group);
    const source = arrivesLate(group) ? [{ name: tiled.relation, sql: arrivingSql(join, window) }] : [];
    return windowsOf(group).map((each) => ({
      name: tilesOf(group, each),
      steps: { steps: [...source, ...tileSteps(tiled, each)], result: tilesName(tiled, each) },
    }));
  }
  const kept = [...join.keys, "t", ...join.values];
  if (!arrivesLate(group)) {
    const rows = latestSteps(observed(group)).steps[0]!;
    return [{ name: sharedName(group), steps: numbered(rows, kept) }];
  }
  const order = join.values.map((column) => `${column} DESC NULLS LAST`).join(", ");
  const known = [...join.keys, "t"].map((column) => `${column} IS NOT NULL`).join(" AND ");
  const versions = `SELECT ${[...kept, "c"].join(", ")} FROM ${join.relation} WHERE ${known}
QUALIFY row_number() OVER (PARTITION BY ${[...join.keys, "t", "c"].join(", ")} ORDER BY ${order}) = 1`;
  return [{ name: sharedName(group), steps: numbered({ name: "versions", sql: versions }, [...kept, "c"]) }];
}

function numbered(rows: Step, columns: readonly string[]): Steps {
  const sql = `SELECT row_number() OVER () AS pick, ${columns.join(", ")} FROM ${rows.name}`;
  return { steps: [rows, { name: "numbered", sql }], result: "numbered" };
}

/**
 * The group's join as its definitions say, of the moments `m`. Its result holds `row_id`, `time`, where rows may arrive
 * late `arrived` (when the picked row, or the newest in the window, could first be read), and the window's value or the
 * `pick`, also when it has expired.
 */
export function servedSteps(group: PreviewGroup): Steps {
  const view = { ...group.view.join, spine: "m" };
  const window = windowOf(group);
  if (!window) return picks(group, view);
  if (!arrivesLate(group)) return tiledPick(group, view);
  const value = unorderedWindow(view, window)!;
  const newest = latestSteps({
    ...view,
    id: `${view.id}_newest`,
    relation: "stated",
    ttlUs: null,
    values: [],
  });
  const stated = `SELECT * FROM ${view.relation} WHERE ${window.column} IS NOT NULL`;
  const since = `m.t - ${integer(delayOf(view))} - ${integer(widthUs(window))}`;
  const inside = `x.t ${view.upper === "inclusive" ? ">" : ">="} ${since}`;
  const sql = `SELECT m.row_id, CASE WHEN ${inside} THEN x.t END AS time, CASE WHEN ${inside} THEN x.a END AS arrived, v.${window.output}
FROM m LEFT JOIN ${value.result} v ON v.row_id = m.row_id LEFT JOIN ${newest.result} x ON x.row_id = m.row_id`;
  const steps = [...value.steps, { name: "stated", sql: stated }, ...newest.steps, { name: "picked", sql }];
  return { steps, result: "picked" };
}

/**
 * The naive join: as-of on event time, as if every row could be read the moment it was observed. Its result holds what
 * that of `servedSteps` does; `arrived` of a window is the last of its rows to arrive, and what never arrives has
 * `neverUs`. Null when that is what the definitions say.
 */
export function eventSteps(group: PreviewGroup): Steps | null {
  if (group.view.join.availability.mode === "event") return null;
  const view = { ...observed(group), spine: "m" };
  return windowOf(group) ? tiledPick(group, view) : picks(group, view);
}

/** The table, and in `joined` the prefix of the columns, that tells which rows a naive join would use. */
export function naiveName({ id, view }: PreviewGroup): string {
  return view.join.availability.mode === "event" ? `${id}_served` : `${id}_event`;
}

/** Whether rows may arrive in another order than that of their events. */
export function arrivesLate({ view }: PreviewGroup): boolean {
  return view.join.availability.mode === "created";
}

/** When what a join of the group picked could first be read; `name` is the join's. */
export function arrivedSql(group: PreviewGroup, name: string): string {
  return arrivesLate(group) ? `s.${name}_arrived` : `s.${name}_time + ${integer(delayOf(group.view.join))}`;
}

/** When a row of the view can first be read, over its columns under `alias`; NULL for a row that never can. */
export function arrivalSql({ view }: PreviewGroup, alias: string): string {
  const due = `${alias}.t + ${integer(delayOf(view.join))}`;
  return view.join.availability.mode === "created"
    ? `CASE WHEN ${alias}.c IS NOT NULL THEN greatest(${due}, ${alias}.c) END`
    : due;
}

/** Whether what arrives at `arrived` could not be read at `moment`; both are SQL expressions. What never arrives is NULL. */
export function notYetReadable(view: ViewJoin, arrived: string, moment: string): string {
  return `coalesce(${arrived}, ${neverUs}) ${view.upper === "inclusive" ? ">" : ">="} ${moment}`;
}

/** The table of what a group shares. */
export function sharedName(group: PreviewGroup): string {
  return `${group.id}_shared`;
}

/** The window of a group of one; null for latest values. */
export function windowOf({ view, features }: PreviewGroup): WindowAggregate | null {
  return view.join.windows.find((window) => window.output === features[0]!.feature.value) ?? null;
}

/** Later than every moment. */
const neverUs = "9223372036854775807";

function observed({ view }: PreviewGroup): ViewJoin {
  return { ...view.join, availability: { mode: "event" } };
}

/** The latest rows of the moments, by the number they have among the shared ones. */
function picks(group: PreviewGroup, view: ViewJoin): Steps {
  const created = arrivesLate(group);
  const shared = sharedName(group);
  const has = { created, sequence: false, sign: false };
  const { steps, result } = latestSteps({ ...view, relation: shared, has, values: ["pick"], ttlUs: null });
  const sql = created
    ? `SELECT p.row_id, p.t AS time, ${arrivalSql(group, "x")} AS arrived, p.pick FROM ${result} p LEFT JOIN ${shared} x ON x.pick = p.pick`
    : `SELECT row_id, t AS time, pick FROM ${result}`;
  return { steps: [...steps, { name: "picked", sql }], result: "picked" };
}

/** A window looked up in the shared tiles. */
function tiledPick(group: PreviewGroup, view: ViewJoin): Steps {
  const tiled = { ...tiledView(group), availability: view.availability, spine: "m" };
  const windows = windowsOf(group);
  const looked = windows.map((each) => windowLookup(tiled, each, tilesOf(group, each)));
  const [window] = windows;
  const [value, last] = looked;
  const sql = `SELECT w.row_id, w.${window!.output}_t AS time, ${last ? `l.${arrivals.output} AS arrived, ` : ""}w.${window!.output}
FROM ${value!.result} w${last ? ` LEFT JOIN ${last.result} l ON l.row_id = w.row_id` : ""}`;
  return { steps: [...looked.flatMap(({ steps }) => steps), { name: "picked", sql }], result: "picked" };
}

function tilesOf(group: PreviewGroup, window: WindowAggregate): string {
  return window.column === arrivals.column ? `${sharedName(group)}_${arrivals.output}` : sharedName(group);
}

/** The last of a window's rows to arrive: the naive window leaks when that is after the moment. */
const arrivals: WindowAggregate = {
  output: "arrivals",
  column: "arrives",
  number: "integer",
  function: "max",
  edge: { kind: "lifetime" },
};

/** A group's window and, where rows may arrive late, when the last of its rows does. */
function windowsOf(group: PreviewGroup): readonly WindowAggregate[] {
  const window = windowOf(group)!;
  return arrivesLate(group) ? [window, { ...arrivals, edge: window.edge }] : [window];
}

/** The view whose events are tiled. */
function tiledView(group: PreviewGroup): ViewJoin {
  return arrivesLate(group) ? { ...observed(group), relation: "arriving" } : group.view.join;
}

function arrivingSql(join: ViewJoin, window: WindowAggregate): string {
  const due = `t + ${integer(delayOf(join))}`;
  const arrives = `CASE WHEN ${window.column} IS NOT NULL THEN CASE WHEN c IS NULL THEN ${neverUs} ELSE greatest(${due}, c) END END`;
  return `SELECT *, ${arrives} AS arrives FROM ${join.relation}`;
}
