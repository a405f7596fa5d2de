import type { Fix } from "../finding.ts";
import type { NotebookFacts, Subject } from "../rule.ts";
import type { FixKind } from "./fix-kind.ts";
import { compareByFolds } from "./kinds/compare-by-folds.ts";
import { fitOnTrain } from "./kinds/fit-on-train.ts";
import { keepGroupsTogether } from "./kinds/keep-groups-together.ts";
import { keepInOrder } from "./kinds/keep-in-order.ts";
import { learnFromFirstRows } from "./kinds/learn-from-first-rows.ts";
import { learnFromTrainingPart } from "./kinds/learn-from-training-part.ts";
import { learnFromTrainingRows } from "./kinds/learn-from-training-rows.ts";
import { moveBehindSplit } from "./kinds/move-behind-split.ts";
import { prepareAlike } from "./kinds/prepare-alike.ts";
import { prepareInFolds } from "./kinds/prepare-in-folds.ts";
import { resampleInFolds } from "./kinds/resample-in-folds.ts";
import { resampleTrainingRows } from "./kinds/resample-training-rows.ts";
import { sameColumns } from "./kinds/same-columns.ts";
import { scoreByFolds } from "./kinds/score-by-folds.ts";
import { searchInFolds } from "./kinds/search-in-folds.ts";
import { tellToAnswer } from "./kinds/tell-to-answer.ts";
import { validationDataSet } from "./kinds/validation-data-set.ts";
import { validationSet } from "./kinds/validation-set.ts";

/** Every kind of fix; of those for one rule the better stands first. */
export const fixKinds: readonly FixKind[] = [
  keepInOrder,
  keepGroupsTogether,
  moveBehindSplit,
  learnFromTrainingPart,
  resampleTrainingRows,
  resampleInFolds,
  learnFromTrainingRows,
  learnFromFirstRows,
  prepareInFolds,
  fitOnTrain,
  searchInFolds,
  sameColumns,
  scoreByFolds,
  validationSet,
  validationDataSet,
  compareByFolds,
  tellToAnswer,
  prepareAlike,
];

/** What may remove a fault that a rule found, the best first. */
export function planFixes(rule: string, subject: Subject, facts: NotebookFacts): Fix[] {
  return fixKinds.filter(({ rules }) => rules.includes(rule)).flatMap((kind) => kind.plan(subject, facts));
}
