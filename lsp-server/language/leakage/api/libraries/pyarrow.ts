import type { Library } from "../library.ts";

export const pyarrow: Library = {
  name: "pyarrow",
  version: null,
  source: "https://arrow.apache.org/docs/python/api.html",
  tables: ["to_pandas"],
};
