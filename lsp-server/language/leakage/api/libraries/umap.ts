import type { Library } from "../library.ts";

export const umap: Library = {
  name: "umap",
  version: null,
  source: "https://umap-learn.readthedocs.io/en/latest/api.html",
  classes: {
    UMAP: "transformer",
  },
  mixing: ["UMAP"],
};
