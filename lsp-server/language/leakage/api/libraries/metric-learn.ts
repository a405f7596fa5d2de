import type { Library } from "../library.ts";

export const metricLearn: Library = {
  name: "metric_learn",
  version: null,
  source: "https://contrib.scikit-learn.org/metric-learn/",
  classes: {
    LFDA: "supervised",
    LMNN: "supervised",
    MLKR: "supervised",
    NCA: "supervised",
  },
};
