import type { Library } from "../library.ts";

export const seaborn: Library = {
  name: "seaborn",
  version: "0.13.2",
  source: "https://seaborn.pydata.org/api.html",
  modules: ["seaborn"],
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
  former: ["factorplot"],
};
