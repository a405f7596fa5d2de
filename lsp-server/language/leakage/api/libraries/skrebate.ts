import type { Library } from "../library.ts";

export const skrebate: Library = {
  name: "skrebate",
  version: null,
  source: "https://epistasislab.github.io/scikit-rebate/",
  classes: {
    MultiSURF: "supervised",
    ReliefF: "supervised",
  },
};
