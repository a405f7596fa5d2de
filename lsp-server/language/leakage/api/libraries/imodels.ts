import type { Library } from "../library.ts";

export const imodels: Library = {
  name: "imodels",
  version: null,
  source: "https://csinva.io/imodels/",
  classes: {
    RuleFitClassifier: "model",
  },
};
