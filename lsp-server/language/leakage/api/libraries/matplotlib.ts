import type { Library } from "../library.ts";

export const matplotlib: Library = {
  name: "matplotlib",
  also: ["pylab"],
  version: null,
  source: "https://matplotlib.org/stable/api/pyplot_summary.html",
  functions: {
    bar: "nothing",
    boxplot: "nothing",
    figure: "nothing",
    hist: "nothing",
    legend: "nothing",
    plot: "nothing",
    scatter: "nothing",
    show: "nothing",
    subplots: "nothing",
    title: "nothing",
    xlabel: "nothing",
    ylabel: "nothing",
  },
  methods: {
    savefig: "nothing",
  },
};
