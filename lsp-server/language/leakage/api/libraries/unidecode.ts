import type { Library } from "../library.ts";

export const unidecode: Library = {
  name: "unidecode",
  version: null,
  source: "https://github.com/avian2/unidecode",
  functions: {
    unidecode: "by-row",
  },
};
