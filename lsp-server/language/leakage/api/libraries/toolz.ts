import type { Library } from "../library.ts";

export const toolz: Library = {
  name: "toolz",
  version: "1.2.0",
  source: "https://toolz.readthedocs.io/en/latest/api.html",
  modules: ["toolz", "toolz.curried"],
  callers: {
    curry: "partial",
    map: "map",
    partial: "partial",
    reduce: "reduce",
  },
};
