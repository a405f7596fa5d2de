import type { Library } from "../library.ts";

export const patsy: Library = {
  name: "patsy",
  version: null,
  source: "https://patsy.readthedocs.io/en/latest/API-reference.html",
  functions: {
    dmatrices: "formula-tables",
    dmatrix: "by-row",
  },
};
