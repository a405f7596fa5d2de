import type { Library } from "../library.ts";

export const optunaIntegration: Library = {
  name: "optuna_integration",
  also: ["optuna"],
  version: null,
  source: "https://optuna-integration.readthedocs.io/en/stable/",
  classes: {
    OptunaSearchCV: "search",
  },
};
