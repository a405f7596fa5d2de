import type { Library } from "../library.ts";

export const feast: Library = {
  name: "feast",
  version: null,
  source: "https://rtd.feast.dev/en/master/",
  tables: ["to_df"],
};
