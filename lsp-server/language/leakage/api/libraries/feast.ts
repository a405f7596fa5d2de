import type { Library } from "../library.ts";

export const feast: Library = {
  name: "feast",
  version: null,
  source: "https://rtd.feast.dev/en/master/",
  methods: { get_historical_features: "training-set" },
  tables: ["to_df"],
};
