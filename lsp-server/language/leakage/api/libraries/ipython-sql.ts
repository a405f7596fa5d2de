import type { Library } from "../library.ts";

export const ipythonSql: Library = {
  name: "sql",
  version: null,
  source: "https://jupysql.ploomber.io/en/latest/api/python.html",
  tables: ["DataFrame", "PolarsDataFrame"],
};
