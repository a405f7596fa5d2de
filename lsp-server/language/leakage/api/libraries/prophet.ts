import type { Library } from "../library.ts";

export const prophet: Library = {
  name: "prophet",
  also: ["fbprophet"],
  version: null,
  source: "https://facebook.github.io/prophet/docs/",
  classes: {
    Prophet: "model",
  },
};
