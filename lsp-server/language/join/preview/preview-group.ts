import type { Steps, ViewJoin, WindowAggregate } from "../plan/view-join.ts";
import type { ResolvedFeature, ResolvedTrainingSet, ResolvedView } from "../resolve/resolved-training-set.ts";
import { latestSteps } from "../steps/latest-steps.ts";
import { integer } from "../steps/quote-name.ts";
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
 * What does not depend on the moments: the tiled events of a window, or for latest values the one row of each instant
 * that the join would pick, numbered as `pick`.
 */
export function sharedSteps(group: PreviewGroup): Steps {
  const { join } = group.view;
  const window = windowOf(group);
  if (window) return { steps: tileSteps(join, window), result: tilesName(join, window) };
  const rows = latestSteps(observed(group)).steps[0]!;
  const numbered = `SELECT row_number() OVER () AS pick, ${[...join.keys, "t", ...join.values].join(", ")} FROM ${rows.name}`;
  return { steps: [rows, { name: "numbered", sql: numbered }], result: "numbered" };
}

/** The group's join as its definitions say, of the moments `m`. Its result holds `row_id`, `time`, and the window's value or the `pick`, also when it has expired. */
export function servedSteps(group: PreviewGroup): Steps {
  return picks(group, { ...group.view.join, spine: "m" });
}

/** The same join as if every row could be read the moment it was observed. Null when that is what the definitions say. */
export function eventSteps(group: PreviewGroup): Steps | null {
  if (delayOf(group.view.join) === 0) return null;
  return picks(group, { ...observed(group), spine: "m" });
}

/**
 * Which rows a join that does not know of availability would use, when the spine has a column of the name of the view's
 * event time: people merge on it, so the row of just that time, or the window that ends there, is what they get. Of the
 * moments in `anchorsName`; the result holds `row_id` and the `time` of the newest such row. Null without such a column:
 * then it is the newest row observed up to the moment of prediction, arrived or not, as `naiveName` tells.
 */
export function anchoredSteps(group: PreviewGroup): Steps | null {
  if (!group.view.anchor) return null;
  const { keys } = group.view.join;
  const window = windowOf(group);
  const on = [...keys.map((key) => `s.${key} = x.${key}`), window ? "s.t >= x.t" : "s.t = x.t"].join(" AND ");
  const time = window ? `CASE WHEN x.t > s.t - ${integer(widthUs(window))} THEN x.t END` : "x.t";
  const sql = `SELECT s.row_id, ${time} AS time
FROM ${anchorsName(group)} s ${window ? "ASOF " : ""}LEFT JOIN ${sharedName(group)} x ON ${on}`;
  return { steps: [{ name: "merged", sql }], result: "merged" };
}

/** The table of the moments that the spine's column of the view's event time names. */
export function anchorsName({ view }: PreviewGroup): string {
  return `a_${view.join.id}`;
}

/** The table, and in `joined` the prefix of the columns, that tells which rows a naive join would use. */
export function naiveName({ id, view }: PreviewGroup): string {
  if (view.anchor) return `${id}_naive`;
  return delayOf(view.join) === 0 ? `${id}_served` : `${id}_event`;
}

/** The constant delay of a view that definitions can state. */
export function delayOf(view: ViewJoin): number {
  return view.availability.mode === "delay" ? view.availability.delayUs : 0;
}

/** Whether a row observed at `time` could not yet be read at `moment`; both are SQL expressions. */
export function notYetReadable(view: ViewJoin, time: string, moment: string): string {
  return `${time} + ${integer(delayOf(view))} ${view.upper === "inclusive" ? ">" : ">="} ${moment}`;
}

/** The table that holds `sharedSteps`. */
export function sharedName(group: PreviewGroup): string {
  return `${group.id}_shared`;
}

/** The window of a group of one; null for latest values. */
export function windowOf({ view, features }: PreviewGroup): WindowAggregate | null {
  return view.join.windows.find((window) => window.output === features[0]!.feature.value) ?? null;
}

function observed({ view }: PreviewGroup): ViewJoin {
  return { ...view.join, availability: { mode: "event" } };
}

function picks(group: PreviewGroup, view: ViewJoin): Steps {
  const window = windowOf(group);
  if (window) {
    const { steps, result } = windowLookup(view, window, sharedName(group));
    const sql = `SELECT row_id, ${window.output}_t AS time, ${window.output} FROM ${result}`;
    return { steps: [...steps, { name: "picked", sql }], result: "picked" };
  }
  const has = { created: false, sequence: false, sign: false };
  const numbered = { ...view, relation: sharedName(group), has, values: ["pick"], ttlUs: null };
  const { steps, result } = latestSteps(numbered);
  const sql = `SELECT row_id, t AS time, pick FROM ${result}`;
  return { steps: [...steps, { name: "picked", sql }], result: "picked" };
}
