import type { Library } from "../library.ts";

export const optbinning: Library = {
  name: "optbinning",
  version: null,
  source: "https://gnpalencia.org/optbinning/",
  classes: {
    BinningProcess: "supervised",
    OptimalBinning: "supervised",
  },
};
