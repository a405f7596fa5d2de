import type { Library } from "../library.ts";

export const scikitOptimize: Library = {
  name: "skopt",
  version: null,
  source: "https://scikit-optimize.readthedocs.io/en/latest/",
  classes: {
    BayesSearchCV: "search",
  },
};
