/** Why nothing is written for a finding of a rule, as a half sentence: what only people know of it, or that it is written in a way that no fix knows. */
export function leftToPeople(rule: string): string {
  return whyNoFixOf.get(rule) ?? "it is not written in a way that a change is known for";
}

/** Rules that have no fix, whatever the code looks like, and why. */
export const whyNoFixOf: ReadonlyMap<string, string> = new Map([
  ["aggregation-without-window-bound", "over which time it is to be counted, only you know"],
  ["as-of-no-tolerance", "how old a row may be, only you know"],
  ["batch-aggregate-in-odfv", "where the statistic is to come from instead, only you know"],
  ["best-score-as-final", "there are no rows yet that the search has not seen: hold some back above it"],
  ["computed-with-target", "what it is to be computed from instead, only you know"],
  ["entity-key-mismatch", "which of the two names is right, only you know"],
  ["feature-not-in-schema", "which of the two names is right, only you know"],
  ["id-as-feature", "whether it stands for something that is known of the entity, only you know"],
  ["label-time-missing", "at which moment each answer was to be predicted, only you know"],
  ["label-window-in-feature-window", "from which moment on the answers lie, only you know"],
  ["latest-snapshot-join", "which columns say from when a row was valid, only you know"],
  ["leaky-cv-refit", "how the model is made anew stands elsewhere: make it, or copy it, inside of the loop"],
  ["missing-timestamp-field", "which column holds the moment, only you know"],
  ["mixed-timezones", "which clock the moments were written by, only you know"],
  ["nondeterministic-transformation", "what it is to be computed from instead, only you know"],
  ["odfv-needs-label-or-future", "what is known when the model is asked, only you know"],
  [
    "outliers-before-split",
    "which bounds are to be learned, only you know: cut the training rows by theirs, behind the split",
  ],
  ["preprocessing-not-in-artifact", "what is to be saved, and who loads it, only you know"],
  ["rejoined-anonymous-key", "whether these names may be joined at all, only you know"],
  ["row-filter-on-outcome", "which rows the model will be asked about, only you know"],
  ["target-encoding-no-folds", "how the columns are put back behind an encoding by folds, only you know"],
  ["target-in-features", "which columns are computed from it, and go with it, only you know"],
  [
    "threshold-on-test",
    "there are no validation rows yet: split some from the training rows, and choose by these",
  ],
  ["unseeded-split", "which seed is wanted, and whether for this call or once for all, only you know"],
  ["updated-at-as-event-time", "which column says when it happened, only you know"],
]);
