import type { Library } from "../library.ts";

export const smoteVariants: Library = {
  name: "smote_variants",
  version: null,
  source: "https://smote-variants.readthedocs.io/en/latest/",
  classes: {
    MDO: "sampler",
    ROSE: "sampler",
    SPIDER: "sampler",
  },
};
