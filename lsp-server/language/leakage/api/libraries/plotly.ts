import type { Library } from "../library.ts";

export const plotly: Library = {
  name: "plotly",
  version: "7.1.0",
  source: "https://plotly.com/python-api-reference/",
  modules: ["plotly.express", "plotly.graph_objects"],
  functions: {
    bar: "nothing",
    scatter: "nothing",
  },
};
