import type { Library } from "../library.ts";

export const seaborn: Library = {
  name: "seaborn",
  version: null,
  source: "https://seaborn.pydata.org/api.html",
  functions: {
    barplot: "nothing",
    boxplot: "nothing",
    catplot: "nothing",
    countplot: "nothing",
    distplot: "nothing",
    factorplot: "nothing",
    heatmap: "nothing",
    histplot: "nothing",
    jointplot: "nothing",
    kdeplot: "nothing",
    lineplot: "nothing",
    load_dataset: "read",
    pairplot: "nothing",
    regplot: "nothing",
    scatterplot: "nothing",
    violinplot: "nothing",
  },
  former: ["distplot", "factorplot"],
};
