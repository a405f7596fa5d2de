/** Arguments on which a rule's verdict rests, by the function or class: one that is computed at run time is a gap of the answer. */
export const decisiveArguments: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries({
    train_test_split: ["shuffle", "random_state"],
    cross_val_score: ["cv"],
    cross_validate: ["cv"],
    cross_val_predict: ["cv"],
    GridSearchCV: ["cv"],
    RandomizedSearchCV: ["cv"],
    HalvingGridSearchCV: ["cv"],
    HalvingRandomSearchCV: ["cv"],
    BayesSearchCV: ["cv"],
    KFold: ["shuffle", "random_state"],
    StratifiedKFold: ["shuffle", "random_state"],
    merge: ["on", "left_on", "right_on"],
    merge_asof: ["on", "left_on", "right_on", "by", "direction"],
  }),
);
