import type { Library } from "../library.ts";

export const h2o: Library = {
  name: "h2o",
  version: null,
  source: "https://docs.h2o.ai/h2o/latest-stable/h2o-py/docs/",
  estimators: {
    train: "fit",
  },
};
