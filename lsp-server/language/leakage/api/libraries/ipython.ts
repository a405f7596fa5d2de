import type { Library } from "../library.ts";

export const ipython: Library = {
  name: "IPython",
  version: null,
  source: "https://ipython.readthedocs.io/en/stable/api/",
  functions: {
    display: "nothing",
  },
  callers: {
    get_ipython: "namespace",
  },
};
