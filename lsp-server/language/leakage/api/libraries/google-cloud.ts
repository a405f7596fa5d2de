import type { Library } from "../library.ts";

export const googleCloud: Library = {
  name: "google.cloud",
  version: null,
  source: "https://cloud.google.com/python/docs/reference/bigquery/latest",
  methods: {
    result: "copy",
  },
  tables: ["to_arrow", "to_dataframe"],
};
