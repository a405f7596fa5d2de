import type { Library } from "../library.ts";

export const tpot: Library = {
  name: "tpot",
  version: null,
  source: "https://epistasislab.github.io/tpot/",
  classes: {
    TPOTClassifier: "search",
    TPOTRegressor: "search",
  },
};
