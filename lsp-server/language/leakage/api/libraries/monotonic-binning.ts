import type { Library } from "../library.ts";

export const monotonicBinning: Library = {
  name: "monotonic_binning",
  version: null,
  source: "https://github.com/jstephenj14/Monotonic-WOE-Binning-Algorithm",
  classes: {
    MonotonicBinning: "supervised",
  },
};
