import { counted } from "../../counted.ts";
import { compareModels } from "../compare/facts/compare-models.ts";
import type { ModelFit, Run } from "../format/run.ts";
import type { Again } from "./again.ts";
import { judgeAnswers } from "./judge-answers.ts";
import type { Count, Difference } from "./reproduction.ts";

/** The fitted models: by class, parameters and data, and by their bytes or what they answer where that was kept. Those of which nothing was kept are not counted. */
export function differencesOfModels(
  given: Again,
  number: (cellId: string) => number | null,
  isWhole: boolean,
): {
  readonly differences: readonly Difference[];
  readonly remarks: readonly string[];
  readonly count: Count;
} {
  const { recorded, again } = given;
  const differences: Difference[] = [];
  const ran = new Set(recorded.run.cells.slice(0, again.run.cells.length).map(({ cellId }) => cellId));
  const before = recorded.run.models.filter(({ cellId }) => isWhole || ran.has(cellId));
  const near: string[] = [];
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
    const became = stateOf(left, right, given);
    if (became === null) unkept++;
    else if (became === "same" || became === "near") {
      of++;
      same++;
      if (became === "near") near.push(name);
    } else if (became === "rounded")
      put(`${name} was trained to the same but for the rounding of its weights`, true);
    else put(`${name} was trained to another state`, true);
  }
  const remarks = [
    ...(near.length === 0
      ? []
      : [
          `What ${near.join(", ")} answered is the same within ${given.tolerance} of its size, or the last digits of single precision, and not to the last digit.`,
        ]),
    ...(unkept === 0
      ? []
      : [
          `Of ${counted(unkept, "fitted model")} only class, parameters and data can be compared, which are the same: what became of ${unkept === 1 ? "it" : "them"} cannot.`,
        ]),
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

/**
 * By bytes, else by what they answered and weigh: bytes of one model can differ, as they hold memory that nobody set, or how long something
 * took. `near` is but for the last digits of answers. Null: nothing was kept that tells.
 */
function stateOf(
  left: ModelFit,
  right: ModelFit,
  given: Again,
): "same" | "near" | "rounded" | "other" | null {
  if (left.kept !== null && left.kept.sha256 === right.kept?.sha256) return "same";
  // Those of a short fit are not always asked for.
  const areWeighed = left.importances !== null && right.importances !== null;
  const weights = areWeighed ? weighed(left, right, given.tolerance) : "same";
  const answers = judgeAnswers(left.samples, right.samples, given);
  if (answers !== null) return answers === "other" || weights === "same" ? answers : weights;
  if (left.best !== null && right.best !== null)
    return isSameBest(left.best, right.best, given.tolerance) ? null : "other";
  if (isOfScore(left.kept) && isOfScore(right.kept)) return "other";
  return areWeighed ? weights : null;
}

/** Others are kept though nothing is known of whether the same model has the same bytes. */
function isOfScore(kept: ModelFit["kept"]): boolean {
  return kept !== null && (kept.why === null || kept.why === "score");
}

type Best = NonNullable<ModelFit["best"]>;

function isSameBest(left: Best, right: Best, tolerance: number): boolean {
  const [score, other] = [left.score ?? Number.NaN, right.score ?? Number.NaN];
  return (
    JSON.stringify([left.estimator, left.parameters]) ===
      JSON.stringify([right.estimator, right.parameters]) &&
    (Object.is(left.score, right.score) || isNear(score, other, tolerance))
  );
}

function isNear(left: number, right: number, tolerance: number): boolean {
  return Math.abs(left - right) <= tolerance * Math.max(Math.abs(left), Math.abs(right));
}

/** Threads add in another order, and numbers that lie otherwise in memory are added in other groups: the last digits are of neither. */
function weighed(
  { importances: left }: ModelFit,
  { importances: right }: ModelFit,
  tolerance: number,
): "same" | "rounded" | "other" {
  if (JSON.stringify(left) === JSON.stringify(right)) return "same";
  if (left === null || right === null || left.length !== right.length) return "other";
  const after = new Map(right);
  const isRounded = left.every(([name, value]) => isNear(value, after.get(name) ?? Number.NaN, tolerance));
  return isRounded ? "rounded" : "other";
}

function lastOf(models: Run["models"], name: string, className: string): ModelFit | null {
  return (
    models.findLast(({ variable }) => variable === name) ??
    models.findLast((model) => model.className === className) ??
    null
  );
}
