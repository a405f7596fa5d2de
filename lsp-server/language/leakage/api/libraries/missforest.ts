import type { Library } from "../library.ts";

export const missForest: Library = {
  name: "missforest",
  also: ["missingpy"],
  version: null,
  source: "https://pypi.org/project/MissForest/",
  classes: {
    MissForest: "transformer",
  },
  mixing: ["MissForest"],
};
