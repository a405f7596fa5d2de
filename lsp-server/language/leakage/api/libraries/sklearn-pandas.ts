import type { Library } from "../library.ts";

export const sklearnPandas: Library = {
  name: "sklearn_pandas",
  version: null,
  source: "https://github.com/scikit-learn-contrib/sklearn-pandas",
  classes: {
    DataFrameMapper: "union",
  },
};
