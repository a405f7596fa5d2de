import type { Library } from "../library.ts";

export const dask: Library = {
  name: "dask",
  version: "2026.8.0",
  source: "https://docs.dask.org/en/stable/api.html",
  modules: ["dask", "dask.base", "dask.delayed"],
  receivers: ["dask.delayed.Delayed"],
  functions: {
    persist: "by-row",
  },
  callers: {
    compute: "gather",
    delayed: "hand-on",
  },
  classes: {
    DaskGridSearchCV: "search",
  },
  methods: {
    compute: "by-row",
  },
  former: ["DaskGridSearchCV"],
};
