import type { Library } from "../library.ts";

export const scikeras: Library = {
  name: "scikeras",
  version: null,
  source: "https://adriangb.com/scikeras/stable/",
  classes: {
    KerasClassifier: "model",
    KerasRegressor: "model",
  },
};
