import type { Library } from "../library.ts";

export const tqdm: Library = {
  name: "tqdm",
  version: "4.70.1",
  source: "https://tqdm.github.io/",
  modules: ["tqdm", "tqdm.auto", "tqdm.notebook"],
  functions: {
    display: "nothing",
    tqdm: "by-row",
    trange: "by-row",
  },
  methods: {
    progress_apply: "apply",
    progress_map: "apply",
  },
  former: ["progress_apply", "progress_map"],
};
