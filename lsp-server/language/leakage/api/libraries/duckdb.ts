import type { Library } from "../library.ts";

export const duckdb: Library = {
  name: "duckdb",
  version: "2.0.1",
  source: "https://duckdb.org/docs/stable/clients/python/reference/",
  modules: ["duckdb"],
  receivers: ["duckdb.DuckDBPyConnection", "duckdb.DuckDBPyRelation"],
  methods: {
    register: "nothing",
  },
  tables: ["df", "fetch_df", "fetchdf", "pl"],
};
