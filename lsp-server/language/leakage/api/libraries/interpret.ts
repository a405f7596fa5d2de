import type { Library } from "../library.ts";

export const interpret: Library = {
  name: "interpret",
  version: null,
  source: "https://interpret.ml/docs/",
  classes: {
    ExplainableBoostingClassifier: "model",
  },
};
