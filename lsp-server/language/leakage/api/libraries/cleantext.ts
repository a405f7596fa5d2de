import type { Library } from "../library.ts";

export const cleantext: Library = {
  name: "cleantext",
  version: null,
  source: "https://github.com/jfilter/clean-text",
  functions: {
    clean: "by-row",
  },
};
