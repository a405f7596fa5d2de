import type { Library } from "../library.ts";

export const boruta: Library = {
  name: "boruta",
  version: null,
  source: "https://github.com/scikit-learn-contrib/boruta_py",
  classes: {
    BorutaPy: "supervised",
  },
};
