import type { Library } from "../library.ts";

export const scanpy: Library = {
  name: "scanpy",
  version: null,
  source: "https://scanpy.readthedocs.io/en/stable/api/",
  functions: {
    pca: "learned",
    scale: "learned",
  },
};
