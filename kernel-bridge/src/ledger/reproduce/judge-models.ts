import { counted } from "../../counted.ts";
import { compareModels } from "../compare/facts/compare-models.ts";
import type { ModelFit, Run } from "../format/run.ts";
import type { Again } from "./again.ts";
import type { Count, Difference } from "./reproduction.ts";

/** The fitted models: by class, parameters and data, and by their bytes or what they answer where that was kept. Those of which nothing was kept are not counted. */
export function differencesOfModels(
  { recorded, again }: Again,
  number: (cellId: string) => number | null,
  isWhole: boolean,
): {
  readonly differences: readonly Difference[];
  readonly remarks: readonly string[];
  readonly count: Count;
} {
  const differences: Difference[] = [];
  const ran = new Set(recorded.run.cells.slice(0, again.run.cells.length).map(({ cellId }) => cellId));
  const before = recorded.run.models.filter(({ cellId }) => isWhole || ran.has(cellId));
  let [same, of, unkept] = [0, 0, 0];
  for (const { name, className, state, facts, parameters } of compareModels(before, again.run.models)) {
    const left = lastOf(before, name, className);
    const right = lastOf(again.run.models, name, className);
    const put = (what: string, isChance: boolean) => {
      of++;
      differences.push({ cell: left === null ? null : number(left.cellId), what, isChance });
    };
    if (state === "removed" || left === null || right === null) {
      if (isWhole)
        put(`${name} was ${state === "removed" ? "not fitted" : "fitted, and was not then"}`, false);
      continue;
    }
    const changed = [...parameters, ...facts]
      .filter(({ state }) => state !== "same" && state !== "unknown")
      .filter((each) => !ofTraining.has(each.name) && !each.name.startsWith("best."))
      .map((each) => each.name);
    if (changed.length > 0) {
      // Other rows by chance, as of a split without a seed.
      put(
        `${name} was fitted with another ${changed.join(", ")}`,
        changed.every((each) => each === "digest"),
      );
      continue;
    }
    const alike = isAlike(left, right);
    if (alike === null) unkept++;
    else if (alike) {
      of++;
      same++;
    } else put(`${name} was trained to another state`, true);
  }
  const remarks =
    unkept === 0
      ? []
      : [
          `Of ${counted(unkept, "fitted model")} only class, parameters and data were recorded, which are the same: what became of ${unkept === 1 ? "it" : "them"} is not.`,
        ];
  return { differences, remarks, count: { same, of } };
}

/** What training comes to, or how long it takes; and paths, which are written files. */
const ofTraining = new Set([
  "durationMs",
  "sha256",
  "bytes",
  "importances",
  "bestScore",
  "saved",
  "innerFits",
]);

/** By bytes, else by what they answered and weigh: bytes of one model can differ, as they hold memory that nobody set. Null: nothing was kept. */
function isAlike(left: ModelFit, right: ModelFit): boolean | null {
  if (left.kept !== null && left.kept.sha256 === right.kept?.sha256) return true;
  const answers = ({ samples, importances }: ModelFit) =>
    JSON.stringify([samples.map(({ sha256 }) => sha256), importances]);
  const isTold = left.samples.length > 0 && right.samples.length > 0;
  if (isTold) return answers(left) === answers(right);
  if (left.kept !== null && right.kept !== null) return false;
  return left.importances !== null && right.importances !== null ? answers(left) === answers(right) : null;
}

function lastOf(models: Run["models"], name: string, className: string): ModelFit | null {
  return (
    models.findLast(({ variable }) => variable === name) ??
    models.findLast((model) => model.className === className) ??
    null
  );
}
