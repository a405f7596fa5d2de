import type { Library } from "../library.ts";

export const xgboost: Library = {
  name: "xgboost",
  version: "3.2.0",
  source: "https://xgboost.readthedocs.io/en/stable/python/python_api.html",
  modules: ["xgboost"],
  functions: {
    DMatrix: "rows",
    ExtMemQuantileDMatrix: "rows",
    QuantileDMatrix: "rows",
    build_info: "nothing",
    config_context: "nothing",
    get_config: "nothing",
    plot_importance: "by-row",
    plot_tree: "by-row",
    set_config: "nothing",
    to_graphviz: "nothing",
    train: "train",
  },
  classes: {
    Booster: "model",
    XGBClassifier: "model",
    XGBModel: "model",
    XGBRFClassifier: "model",
    XGBRFRegressor: "model",
    XGBRanker: "model",
    XGBRegressor: "model",
  },
  estimators: {
    apply: "transform",
    fit: "fit",
    inplace_predict: "evaluate",
    predict: "evaluate",
    predict_proba: "evaluate",
    score: "evaluate",
  },
  unjudged: ["cv"],
};
