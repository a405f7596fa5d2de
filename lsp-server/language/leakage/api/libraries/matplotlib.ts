import type { Library } from "../library.ts";

export const matplotlib: Library = {
  name: "matplotlib",
  also: ["pylab"],
  version: "3.11.2",
  source: "https://matplotlib.org/stable/api/pyplot_summary.html",
  modules: ["matplotlib.pyplot"],
  receivers: ["matplotlib.figure.Figure"],
  functions: {
    bar: "nothing",
    boxplot: "nothing",
    figure: "nothing",
    hist: "nothing",
    legend: "nothing",
    plot: "nothing",
    "pyplot.stem": "nothing",
    scatter: "nothing",
    show: "nothing",
    subplots: "nothing",
    title: "nothing",
    violinplot: "nothing",
    xlabel: "nothing",
    ylabel: "nothing",
  },
  methods: {
    savefig: "nothing",
  },
};
