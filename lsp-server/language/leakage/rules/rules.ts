import type { Rule } from "../rule.ts";
import { bestScoreAsFinal } from "./best-score-as-final.ts";
import { earlyStopOnTest } from "./early-stop-on-test.ts";
import { evaluateOnTrain } from "./evaluate-on-train.ts";
import { joinNotAsOf } from "./join-not-as-of.ts";
import { multiTest } from "./multi-test.ts";
import { outcomeProxy } from "./outcome-proxy.ts";
import { randomSplitOnTime } from "./random-split-on-time.ts";
import { refitOnAllThenTest } from "./refit-on-all-then-test.ts";
import { refitOnTest } from "./refit-on-test.ts";
import { resampleBeforeSplit } from "./resample-before-split.ts";
import { resampleTest } from "./resample-test.ts";
import { scalerBeforeSplit } from "./scaler-before-split.ts";

/** Every rule that is on, in catalog order. */
export const rules: readonly Rule[] = [
  scalerBeforeSplit,
  resampleBeforeSplit,
  resampleTest,
  refitOnTest,
  evaluateOnTrain,
  refitOnAllThenTest,
  multiTest,
  earlyStopOnTest,
  bestScoreAsFinal,
  randomSplitOnTime,
  outcomeProxy,
  joinNotAsOf,
];
