import { evaluations } from "./classes.ts";

/** Whether a name is a method of estimators. */
export function isModelMethod(name: string): boolean {
  return fits.has(name) || evaluations.has(name) || handsItselfOn.has(name) || answersByRow.has(name);
}

const fits: ReadonlySet<string> = new Set(
  "fit fit_transform fit_predict fit_generator partial_fit fit_resample fit_sample transform inverse_transform fit_on_texts texts_to_sequences texts_to_matrix adapt split".split(
    " ",
  ),
);

/** Methods of estimators that answer the estimator. */
export const handsItselfOn: ReadonlySet<string> = new Set(
  "add compile set_params set_config set_output set_fit_request set_transform_request to build eval cuda cpu float half".split(
    " ",
  ),
);

/** Methods of estimators that answer about each row by itself, or about no row. */
export const answersByRow: ReadonlySet<string> = new Set(
  "apply decision_path staged_predict staged_predict_proba staged_decision_function kneighbors radius_neighbors predict_on_batch predict_quantiles predict_joint_log_proba train_on_batch test_on_batch get_params get_feature_importance get_booster get_n_splits summary save save_model save_weights load_weights load_model plot flow flow_from_directory get_config to_json".split(
    " ",
  ),
);
