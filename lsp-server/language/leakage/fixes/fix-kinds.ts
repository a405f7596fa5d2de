import type { Fix } from "../finding.ts";
import type { NotebookFacts, Subject } from "../rule.ts";
import type { FixKind } from "./fix-kind.ts";
import { compareByFolds } from "./kinds/compare-by-folds.ts";
import { fillAlike } from "./kinds/fill-alike.ts";
import { fitOnTrain } from "./kinds/fit-on-train.ts";
import { keepGroupsTogether } from "./kinds/keep-groups-together.ts";
import { keepInOrder } from "./kinds/keep-in-order.ts";
import { learnFromFirstRows } from "./kinds/learn-from-first-rows.ts";
import { learnFromTrainingPart } from "./kinds/learn-from-training-part.ts";
import { learnFromTrainingRows } from "./kinds/learn-from-training-rows.ts";
import { moveBehindSplit } from "./kinds/move-behind-split.ts";
import { onlyTransform } from "./kinds/only-transform.ts";
import { prepareAlike } from "./kinds/prepare-alike.ts";
import { prepareInFolds } from "./kinds/prepare-in-folds.ts";
import { resampleInFolds } from "./kinds/resample-in-folds.ts";
import { resampleTrainingRows } from "./kinds/resample-training-rows.ts";
import { sameColumns } from "./kinds/same-columns.ts";
import { scoreByFolds } from "./kinds/score-by-folds.ts";
import { searchInFolds } from "./kinds/search-in-folds.ts";
import { tellToAnswer } from "./kinds/tell-to-answer.ts";
import { transformAlike } from "./kinds/transform-alike.ts";
import { validationDataSet } from "./kinds/validation-data-set.ts";
import { validationSet } from "./kinds/validation-set.ts";
import { leftToPeople } from "./left-to-people.ts";
import { Obstacle } from "./obstacle.ts";

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
  onlyTransform,
  transformAlike,
  fillAlike,
];

/** What may remove a fault, planned no further than somebody asks. */
export interface Planned {
  /** The best first. */
  all(): readonly Fix[];
  /** Whether there is one, of those that are meant. */
  some(isMeant?: (fix: Fix) => boolean): boolean;
  /** Why no other was planned, the nearest reason first; there is one wherever nothing is planned. */
  obstacles(): readonly string[];
}

/** What may remove a fault that a rule found, behind what only that rule knows; each kind is asked once. */
export function planFixes(
  rule: string,
  subject: Subject,
  facts: NotebookFacts,
  known: readonly Fix[] = [],
): Planned {
  const left = fixKinds.filter(({ rules }) => rules.includes(rule));
  const made = known.map(plain);
  const met: string[] = [];
  const goOn = (): boolean => {
    const [kind] = left;
    if (kind === undefined) return false;
    const answer = kind.plan(subject, facts);
    if (answer instanceof Obstacle) met.push(answer.reason);
    else made.push(...answer.map(plain));
    left.shift();
    return true;
  };
  return {
    all: () => {
      while (goOn());
      return made;
    },
    some: (isMeant = () => true) => {
      while (!made.some(isMeant)) if (!goOn()) return false;
      return true;
    },
    obstacles: () => {
      while (goOn());
      return met.length > 0 || made.length > 0 ? met : [leftToPeople(rule)];
    },
  };
}

/** A fix whose ranges are nothing but ranges, where a rule or a kind gave places. */
function plain(fix: Fix): Fix {
  const edits =
    ranged.get(fix.edits) ??
    fix.edits.map(({ range: { start, end }, ...edit }) => ({ ...edit, range: { start, end } }));
  ranged.set(fix.edits, edits);
  return { ...fix, edits };
}

/** Many findings may have one plan. */
const ranged = new WeakMap<Fix["edits"], Fix["edits"]>();
