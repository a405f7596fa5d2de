import type { Library } from "../library.ts";

export const distributed: Library = {
  name: "distributed",
  also: ["dask.distributed"],
  version: null,
  source: "https://distributed.dask.org/en/stable/api.html",
  callers: {
    as_completed: "gather",
    gather: "gather",
    wait: "gather",
  },
};
