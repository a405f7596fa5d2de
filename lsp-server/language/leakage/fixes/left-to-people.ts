/** Why nothing is written for a finding of a rule, as a half sentence: what only people know of it, or that it is written in a way that no fix knows. */
export function leftToPeople(rule: string): string {
  return whyNoFixOf.get(rule) ?? "it is not written in a way that a change is known for";
}

/** By rule: what no fix knows, whatever the code looks like or where it is written otherwise than those know it. */
export const whyNoFixOf: ReadonlyMap<string, string> = new Map([
  ["aggregation-without-window-bound", "over which time it is to be counted, only you know"],
  ["as-of-no-tolerance", "how old a row may be, only you know"],
  [
    "backfilled-feature",
    "in which order in time the rows stand, or whether a value came before, is not known: sort them, and fill from what came before",
  ],
  ["batch-aggregate-in-odfv", "where the statistic is to come from instead, only you know"],
  ["best-score-as-final", "there are no rows yet that the search has not seen: hold some back above it"],
  [
    "centered-window",
    "in which order in time the rows stand, or where the window ends, is not known: sort them, and let it end at each row",
  ],
  ["computed-with-target", "what it is to be computed from instead, only you know"],
  [
    "early-stop-on-test",
    "which rows say when to stop is not said by names: split some from the training rows, and stop by these",
  ],
  ["entity-key-mismatch", "which of the two names is right, only you know"],
  [
    "eval-mode-missing",
    "by which name it is told the mode was not followed: call `eval()` before it answers",
  ],
  ["feature-not-in-schema", "which of the two names is right, only you know"],
  [
    "full-history-aggregate",
    "until when each row may count is not written there: compute it of what came before the row's own time",
  ],
  [
    "group-across-split",
    "the rows are not cut by a call that can be told groups: cut them by `GroupShuffleSplit`",
  ],
  ["id-as-feature", "whether it stands for something that is known of the entity, only you know"],
  [
    "include-current-row",
    "it is not written in a way in which a row is left out: compute it of the rows before each row",
  ],
  [
    "interpolate-two-sided",
    "in which order in time the rows stand is not known: sort them by it, and fill from what came before",
  ],
  [
    "join-not-as-of",
    "it is not one `merge` of two tables whose times are known: join as of the row's own time",
  ],
  ["label-time-missing", "at which moment each answer was to be predicted, only you know"],
  ["label-window-in-feature-window", "from which moment on the answers lie, only you know"],
  ["latest-snapshot-join", "which columns say from when a row was valid, only you know"],
  ["leaky-cv-refit", "how the model is made anew stands elsewhere: make it, or copy it, inside of the loop"],
  ["missing-timestamp-field", "which column holds the moment, only you know"],
  ["missing-ttl", "how long a value holds, only you know"],
  ["mixed-timezones", "which clock the moments were written by, only you know"],
  [
    "negative-shift-feature",
    "how it reaches later rows is not written as a shift: take it out of the inputs, or look back",
  ],
  [
    "no-gap-between-windows",
    "how many rows lie between is not said where they are cut: leave out as many as the answers look ahead",
  ],
  ["nondeterministic-transformation", "what it is to be computed from instead, only you know"],
  ["now-in-transformation", "which moment is meant in the place of now, only you know"],
  ["odfv-needs-label-or-future", "what is known when the model is asked, only you know"],
  [
    "outliers-before-split",
    "which bounds are to be learned, only you know: cut the training rows by theirs, behind the split",
  ],
  ["preprocessing-not-in-artifact", "what is to be saved, and who loads it, only you know"],
  [
    "random-split-on-time",
    "the rows are not cut by a call that can be told their order: sort them by time, and cut them where they stand",
  ],
  ["rejoined-anonymous-key", "whether these names may be joined at all, only you know"],
  ["row-filter-on-outcome", "which rows the model will be asked about, only you know"],
  ["target-encoding-no-folds", "how the columns are put back behind an encoding by folds, only you know"],
  ["target-in-features", "which columns are computed from it, and go with it, only you know"],
  [
    "threshold-on-test",
    "there are no validation rows yet: split some from the training rows, and choose by these",
  ],
  [
    "tune-on-test",
    "what chose is no search that folds could score: choose by validation rows, split from the training rows",
  ],
  ["unseeded-split", "which seed is wanted, and whether for this call or once for all, only you know"],
  ["updated-at-as-event-time", "which column says when it happened, only you know"],
  [
    "window-crosses-label-time",
    "how it is bounded is not written in a way that is known: let it end before the time of the answer",
  ],
]);
