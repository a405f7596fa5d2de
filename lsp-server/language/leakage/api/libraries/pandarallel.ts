import type { Library } from "../library.ts";

export const pandarallel: Library = {
  name: "pandarallel",
  version: null,
  source: "https://github.com/nalepae/pandarallel",
  methods: {
    parallel_apply: "apply",
    parallel_map: "apply",
  },
};
