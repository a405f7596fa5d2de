/** What methods of estimators do, by name. */
export type EstimatorEffect =
  | "by-row"
  | "evaluate"
  | "fit"
  | "fit-predict"
  | "fit-transform"
  | "flow"
  | "itself"
  | "names"
  | "resample"
  | "split"
  | "transform";

const named = (effect: EstimatorEffect, names: string): [string, EstimatorEffect][] =>
  names.split(/\s+/).map((name) => [name, effect]);

export const modelMethods: ReadonlyMap<string, EstimatorEffect> = new Map([
  ...named(
    "by-row",
    "fit fit_transform fit_predict fit_generator partial_fit fit_resample fit_sample transform inverse_transform fit_on_texts texts_to_sequences texts_to_matrix adapt split",
  ),
  ...named(
    "itself",
    "fit fit_transform fit_predict fit_generator partial_fit fit_resample fit_sample transform inverse_transform fit_on_texts texts_to_sequences texts_to_matrix adapt split",
  ),
  ...named("flow", "flow flow_from_dataframe"),
  ...named(
    "evaluate",
    "predict predict_proba predict_log_proba predict_classes decision_function score evaluate evaluate_generator predict_generator score_samples forecast get_prediction",
  ),
  ...named("names", "get_feature_names get_feature_names_out get_support"),
  ...named("split", "split"),
  ...named("resample", "fit_resample fit_sample"),
  ...named("fit-predict", "fit_predict"),
  ...named("transform", "transform texts_to_sequences texts_to_matrix inverse_transform"),
  ...named("fit-transform", "fit_transform texts_to_sequences_fit"),
  ...named("fit", "fit fit_generator partial_fit train adapt fit_on_texts"),
]);
