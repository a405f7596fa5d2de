import { latestSteps } from "./latest-steps.ts";
import { integer } from "./quote-name.ts";
import type { ResolvedFeature, ResolvedTrainingSet, ResolvedView } from "./resolved-training-set.ts";
import type { Step, Steps, ViewJoin, WindowAggregate } from "./view-join.ts";
import { tileSteps, tilesName, windowLookup } from "./window-steps.ts";

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

/** What does not depend on the spine: the tiled events of a window. Null for latest values. */
export function sharedSteps(group: PreviewGroup): Steps | null {
  const window = windowOf(group);
  if (!window) return null;
  return { steps: tileSteps(group.view.join, window), result: tilesName(group.view.join, window) };
}

/** The group's join as its definitions say. Its result holds `row_id`, `time` and the values. */
export function servedSteps(group: PreviewGroup): Steps {
  return picks(group, group.view.join);
}

/** The same join as if every row could be read the moment it was observed. Null when that is what the definitions say. */
export function eventSteps(group: PreviewGroup): Steps | null {
  if (delayOf(group.view.join) === 0) return null;
  return picks(group, { ...group.view.join, availability: { mode: "event" } });
}

/**
 * What a join that does not know of availability would show. When the spine has a column of the name of the view's
 * event time, people merge on it: the row of just that time, or the window that ends there, is what they get. Else it
 * is the newest row observed up to the moment of prediction, arrived or not.
 */
export function naiveSteps(group: PreviewGroup): Steps {
  const event: ViewJoin = { ...group.view.join, availability: { mode: "event" } };
  if (!group.view.anchor) return picks(group, event);
  const anchored = { name: "s_anchor", sql: `SELECT * REPLACE (n_${group.view.join.id} AS t) FROM s` };
  if (group.kind === "window") {
    const window = picks(group, { ...event, spine: anchored.name });
    return { steps: [anchored, ...window.steps], result: window.result };
  }
  const rows = latestSteps(event).steps[0]!;
  const on = [...event.keys.map((key) => `s.${key} = x.${key}`), "s.t = x.t"].join(" AND ");
  const merged = {
    name: "merged",
    sql: `SELECT s.row_id, x.t AS time, ${event.values.map((value) => `x.${value}`).join(", ")}
FROM ${anchored.name} s LEFT JOIN ${rows.name} x ON ${on}`,
  };
  return { steps: [anchored, rows, merged], result: merged.name };
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

function picks(group: PreviewGroup, view: ViewJoin): Steps {
  const window = windowOf(group);
  const { steps, result } = window ? windowLookup(view, window, sharedName(group)) : latestSteps(view);
  const time = window ? `${window.output}_t` : "t";
  const values = window ? [window.output] : view.values;
  const picked: Step = {
    name: "picked",
    sql: `SELECT row_id, ${time} AS time, ${values.join(", ")} FROM ${result}`,
  };
  return { steps: [...steps, picked], result: picked.name };
}
