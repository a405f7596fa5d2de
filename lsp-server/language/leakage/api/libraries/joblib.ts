import type { Library } from "../library.ts";

export const joblib: Library = {
  name: "joblib",
  also: ["sklearn.externals"],
  version: "1.6.0",
  source: "https://joblib.readthedocs.io/en/stable/",
  modules: ["joblib"],
  functions: {
    dump: "by-row",
    hash: "nothing",
    load: "by-row",
  },
  callers: {
    Parallel: "parallel",
    delayed: "hand-on",
  },
};
