import { functionEffect } from "../../leakage/api/known.ts";
import type { Called } from "./called.ts";

/**
 * The names that a text given to a call may look up where it is called: of a query, `@limit`, of a formula, of SQL. `*` where the text is not
 * written out; null where no text is looked into.
 */
export function namesInTexts(called: Called): readonly string[] | "*" | null {
  const { path, name, args, textOf } = called;
  if (path === "builtins.dir" && args.length === 0) return "*";
  const isOfFrames = name === "query" || name === "eval";
  const effect = path !== null && !called.isMethod ? functionEffect(path) : undefined;
  const isFormula = effect === "formula" || effect === "formula-tables" || name === "from_formula";
  const isSql =
    /^(sql|sqldf|execute|query_df|from_query)$/.test(name) &&
    !/^(sqlite3|psycopg2|pymysql|sqlalchemy)/.test(path ?? "");
  if (!isOfFrames && !isFormula && !isSql) return null;
  const [first] = args.filter((one) => one.name === null || /^(expr|formula|query|sql)$/.test(one.name));
  if (!first) return null;
  const text = textOf(first.value);
  if (text === null) return "*";
  const names = text.match(isOfFrames && called.isMethod ? /(?<=@)[A-Za-z_]\w*/g : /[A-Za-z_]\w*/g);
  return names ?? [];
}
