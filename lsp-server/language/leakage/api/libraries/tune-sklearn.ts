import type { Library } from "../library.ts";

export const tuneSklearn: Library = {
  name: "tune_sklearn",
  version: null,
  source: "https://docs.ray.io/en/releases-2.9.3/tune/api/sklearn.html",
  classes: {
    TuneGridSearchCV: "search",
    TuneSearchCV: "search",
  },
};
