import type { Library } from "../library.ts";

export const mdlp: Library = {
  name: "mdlp",
  version: null,
  source: "https://github.com/hlin117/mdlp-discretization",
  classes: {
    MDLP: "supervised",
  },
};
