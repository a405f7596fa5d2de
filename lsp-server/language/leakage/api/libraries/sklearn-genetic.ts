import type { Library } from "../library.ts";

export const sklearnGenetic: Library = {
  name: "sklearn_genetic",
  version: null,
  source: "https://sklearn-genetic-opt.readthedocs.io/en/stable/",
  classes: {
    GASearchCV: "search",
  },
};
