import type { Library } from "../library.ts";

export const skfeature: Library = {
  name: "skfeature",
  version: null,
  source: "https://github.com/jundongl/scikit-feature",
  classes: {
    FCBF: "supervised",
  },
};
