import type { Rule } from "../rule.ts";
import { aggregationWithoutWindowBound } from "./definitions/aggregation-without-window-bound.ts";
import { batchAggregateInOdfv } from "./definitions/batch-aggregate-in-odfv.ts";
import { entityKeyMismatch } from "./definitions/entity-key-mismatch.ts";
import { featureNotInSchema } from "./definitions/feature-not-in-schema.ts";
import { missingTimestampField } from "./definitions/missing-timestamp-field.ts";
import { missingTtl } from "./definitions/missing-ttl.ts";
import { nondeterministicTransformation } from "./definitions/nondeterministic-transformation.ts";
import { nowInTransformation } from "./definitions/now-in-transformation.ts";
import { odfvNeedsLabelOrFuture } from "./definitions/odfv-needs-label-or-future.ts";
import { unfilteredFactSource } from "./definitions/unfiltered-fact-source.ts";
import { asOfNoTolerance } from "./joins/as-of-no-tolerance.ts";
import { asOfWrongDirection } from "./joins/as-of-wrong-direction.ts";
import { joinNotAsOf } from "./joins/join-not-as-of.ts";
import { labelTimeMissing } from "./joins/label-time-missing.ts";
import { latestSnapshotJoin } from "./joins/latest-snapshot-join.ts";
import { manyToManyJoin } from "./joins/many-to-many-join.ts";
import { mixedTimezones } from "./joins/mixed-timezones.ts";
import { rejoinedAnonymousKey } from "./joins/rejoined-anonymous-key.ts";
import { resampleLabelRight } from "./joins/resample-label-right.ts";
import { updatedAtAsEventTime } from "./joins/updated-at-as-event-time.ts";
import { windowCrossesLabelTime } from "./joins/window-crosses-label-time.ts";
import { featureSelectionBeforeSplit } from "./preparation/feature-selection-before-split.ts";
import { imputerBeforeSplit } from "./preparation/imputer-before-split.ts";
import { outliersBeforeSplit } from "./preparation/outliers-before-split.ts";
import { refitOnTest } from "./preparation/refit-on-test.ts";
import { resampleBeforeSplit } from "./preparation/resample-before-split.ts";
import { resampleTest } from "./preparation/resample-test.ts";
import { scalerBeforeSplit } from "./preparation/scaler-before-split.ts";
import { stackingInSample } from "./preparation/stacking-in-sample.ts";
import { targetEncodingBeforeSplit } from "./preparation/target-encoding-before-split.ts";
import { targetEncodingNoFolds } from "./preparation/target-encoding-no-folds.ts";
import { trainTestConcatStat } from "./preparation/train-test-concat-stat.ts";
import { bestScoreAsFinal } from "./scores/best-score-as-final.ts";
import { earlyStopOnTest } from "./scores/early-stop-on-test.ts";
import { evalModeMissing } from "./scores/eval-mode-missing.ts";
import { evaluateOnTrain } from "./scores/evaluate-on-train.ts";
import { groupAcrossSplit } from "./scores/group-across-split.ts";
import { leakyCvRefit } from "./scores/leaky-cv-refit.ts";
import { multiTest } from "./scores/multi-test.ts";
import { refitOnAllThenTest } from "./scores/refit-on-all-then-test.ts";
import { thresholdOnTest } from "./scores/threshold-on-test.ts";
import { tuneOnTest } from "./scores/tune-on-test.ts";
import { unseededSplit } from "./scores/unseeded-split.ts";
import { dummiesDrift } from "./serving/dummies-drift.ts";
import { preprocessingNotInArtifact } from "./serving/preprocessing-not-in-artifact.ts";
import { trainOnlyTransform } from "./serving/train-only-transform.ts";
import { computedWithTarget } from "./target/computed-with-target.ts";
import { idAsFeature } from "./target/id-as-feature.ts";
import { outcomeProxy } from "./target/outcome-proxy.ts";
import { rowFilterOnOutcome } from "./target/row-filter-on-outcome.ts";
import { targetInFeatures } from "./target/target-in-features.ts";
import { backfilledFeature } from "./time/backfilled-feature.ts";
import { centeredWindow } from "./time/centered-window.ts";
import { fullHistoryAggregate } from "./time/full-history-aggregate.ts";
import { includeCurrentRow } from "./time/include-current-row.ts";
import { interpolateTwoSided } from "./time/interpolate-two-sided.ts";
import { labelWindowInFeatureWindow } from "./time/label-window-in-feature-window.ts";
import { negativeShiftFeature } from "./time/negative-shift-feature.ts";
import { noGapBetweenWindows } from "./time/no-gap-between-windows.ts";
import { randomSplitOnTime } from "./time/random-split-on-time.ts";
import { ungroupedShift } from "./time/ungrouped-shift.ts";

/**
 * Every rule, in catalog order. What one fault might be called by another name has no rule of its own: copies of rows on both sides of a split are
 * `resample-before-split` and `many-to-many-join`, no rows held out are `evaluate-on-train`, and an order of cells that changes the verdict is said
 * in the message of whatever it changes.
 */
export const rules: readonly Rule[] = [
  scalerBeforeSplit,
  imputerBeforeSplit,
  featureSelectionBeforeSplit,
  targetEncodingBeforeSplit,
  targetEncodingNoFolds,
  trainTestConcatStat,
  outliersBeforeSplit,
  resampleBeforeSplit,
  resampleTest,
  refitOnTest,
  stackingInSample,
  evaluateOnTrain,
  refitOnAllThenTest,
  multiTest,
  tuneOnTest,
  leakyCvRefit,
  unseededSplit,
  groupAcrossSplit,
  earlyStopOnTest,
  bestScoreAsFinal,
  thresholdOnTest,
  randomSplitOnTime,
  negativeShiftFeature,
  centeredWindow,
  backfilledFeature,
  interpolateTwoSided,
  targetInFeatures,
  computedWithTarget,
  ungroupedShift,
  includeCurrentRow,
  fullHistoryAggregate,
  labelWindowInFeatureWindow,
  noGapBetweenWindows,
  idAsFeature,
  outcomeProxy,
  rowFilterOnOutcome,
  joinNotAsOf,
  asOfWrongDirection,
  asOfNoTolerance,
  resampleLabelRight,
  updatedAtAsEventTime,
  labelTimeMissing,
  mixedTimezones,
  manyToManyJoin,
  rejoinedAnonymousKey,
  latestSnapshotJoin,
  windowCrossesLabelTime,
  nowInTransformation,
  nondeterministicTransformation,
  missingTtl,
  missingTimestampField,
  batchAggregateInOdfv,
  odfvNeedsLabelOrFuture,
  aggregationWithoutWindowBound,
  unfilteredFactSource,
  entityKeyMismatch,
  featureNotInSchema,
  preprocessingNotInArtifact,
  dummiesDrift,
  trainOnlyTransform,
  evalModeMissing,
];
