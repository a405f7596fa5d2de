import type { Steps, ViewJoin } from "../plan/view-join.ts";
import { deltaSteps, isInvertible } from "./delta-steps.ts";
import { latestSteps } from "./latest-steps.ts";
import { arrivesInOrder, windowSteps } from "./window-steps.ts";

/**
 * All of a view's part in a join: its latest values, its windows, each by the cheapest steps that are right for it.
 * `results` name the steps that hold one row per spine row. A window that no steps can hold is named in `refused`.
 */
export function viewSteps(view: ViewJoin): {
  readonly steps: Steps["steps"];
  readonly results: readonly string[];
  readonly refused: readonly string[];
} {
  const ordered = view.windows.filter((window) => arrivesInOrder(view, window));
  const rest = view.windows.filter((window) => !arrivesInOrder(view, window));
  const parts = [
    ...(view.values.length > 0 ? [latestSteps(view)] : []),
    ...(ordered.length > 0 ? [windowSteps({ ...view, windows: ordered })] : []),
    ...rest.filter(isInvertible).map((window) => deltaSteps(view, window)),
  ];
  return {
    steps: parts.flatMap((part) => part.steps),
    results: parts.map((part) => part.result),
    refused: rest
      .filter((window) => !isInvertible(window))
      .map(
        (window) => `${window.function} over a ${window.edge.kind} window in ${view.availability.mode} mode`,
      ),
  };
}
