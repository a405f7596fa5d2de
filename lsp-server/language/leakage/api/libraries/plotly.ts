import type { Library } from "../library.ts";

export const plotly: Library = {
  name: "plotly",
  version: null,
  source: "https://plotly.com/python-api-reference/",
  functions: {
    bar: "nothing",
    scatter: "nothing",
  },
};
