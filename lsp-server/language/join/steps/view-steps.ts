import type { Steps, ViewJoin, WindowAggregate } from "../plan/view-join.ts";
import { deltaSteps, isInvertible } from "./delta-steps.ts";
import { isLateWindow, lateWindowSteps } from "./late-window-steps.ts";
import { latestSteps } from "./latest-steps.ts";
import { arrivesInOrder, windowSteps } from "./window-steps.ts";

/**
 * All of a view's part in a join: its latest values, its windows, each by the cheapest steps that are right for it.
 * `results` name the steps that hold one row per spine row, `holderOf` the one that holds an output. A window that no
 * steps can hold is named in `refused`.
 */
export function viewSteps(view: ViewJoin): {
  readonly steps: Steps["steps"];
  readonly results: readonly string[];
  readonly holderOf: ReadonlyMap<string, string>;
  readonly refused: readonly string[];
} {
  const ordered = view.windows.filter((window) => arrivesInOrder(view, window));
  const rest = view.windows.filter((window) => !arrivesInOrder(view, window));
  const alone = rest.map((window) => ({ window, steps: unorderedWindow(view, window) }));
  const parts: { readonly outputs: readonly string[]; readonly steps: Steps }[] = [
    ...(view.values.length > 0 ? [{ outputs: view.values, steps: latestSteps(view) }] : []),
    ...(ordered.length > 0
      ? [{ outputs: ordered.map(({ output }) => output), steps: windowSteps({ ...view, windows: ordered }) }]
      : []),
    ...alone.flatMap(({ window, steps }) => (steps ? [{ outputs: [window.output], steps }] : [])),
  ];
  return {
    steps: parts.flatMap(({ steps }) => steps.steps),
    results: parts.map(({ steps }) => steps.result),
    holderOf: new Map(
      parts.flatMap(({ outputs, steps }) =>
        outputs.map((output): [string, string] => [output, steps.result]),
      ),
    ),
    refused: alone
      .filter(({ steps }) => steps === null)
      .map(
        ({ window }) =>
          `${window.function} over a ${window.edge.kind} window in ${view.availability.mode} mode`,
      ),
  };
}

/** A window over rows that do not arrive in event order; null when no steps can hold it. */
export function unorderedWindow(view: ViewJoin, window: WindowAggregate): Steps | null {
  if (isInvertible(window)) return deltaSteps(view, window);
  return isLateWindow(view, window) ? lateWindowSteps(view, window) : null;
}
