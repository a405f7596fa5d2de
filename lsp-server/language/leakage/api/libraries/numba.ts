import type { Library } from "../library.ts";

export const numba: Library = {
  name: "numba",
  version: null,
  source: "https://numba.readthedocs.io/en/stable/reference/",
  callers: {
    jit: "hand-on",
    njit: "hand-on",
    vectorize: "hand-on",
  },
};
