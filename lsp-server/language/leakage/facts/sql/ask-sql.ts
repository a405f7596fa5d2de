import type { Expression, Place } from "../../ir.ts";
import { tableFile } from "../calls/files.ts";
import type { Program } from "../program.ts";
import { constantOf, scalar, unknown } from "../values/kinds.ts";
import type { Reference } from "../values/reference.ts";
import { allOf } from "../values/rows.ts";
import type { Passed, Value } from "../values/value.ts";
import type { TablesInReach } from "./context.ts";
import { runSql, runText } from "./run-sql.ts";
import { sqlTextOf } from "./sql-text.ts";

type Call = Extract<Expression, { op: "call" }>;

/** What a call answers that is given SQL: `duckdb.sql(…)`, `pd.read_sql(…)`, `con.execute(…)`. Null where it is given none, or none that was read. */
export function askSql(
  program: Program,
  name: string,
  owner: Value | null,
  args: readonly Passed[],
  call: Call,
): Reference | null {
  if (!askers.has(name)) return null;
  const tables = tablesInReach(program, name, owner, args);
  for (const arg of args.slice(0, 2)) {
    const answer = arg.spread === null ? runSql(program, arg.value, call.at, tables) : null;
    if (answer !== null) return program.store.allocate(answer);
  }
  return null;
}

/** The table that a magic's query answers. */
export function readQuery(program: Program, text: string, at: Place): Reference {
  const tables = tablesInReach(program, "sql", null, []);
  const sql = sqlTextOf(program, { ...scalar(text), at }, at);
  const answer = sql && runText(program, sql, at, tables);
  return program.store.allocate(answer ?? { ...unknown, rows: allOf(`read:${at.cell}:${at.from}`) });
}

/** Functions and methods that run the query they are given. */
const askers = new Set([
  "execute",
  "execute_sql",
  "from_query",
  "query",
  "query_df",
  "read_database",
  "read_database_uri",
  "read_gbq",
  "read_sql",
  "read_sql_query",
  "sql",
  "sqldf",
]);

/** Those that ask a database, which knows nothing of the notebook's names. */
const ofDatabases = new Set(["read_database", "read_database_uri", "read_gbq", "read_sql", "read_sql_query"]);

function tablesInReach(
  program: Program,
  asker: string,
  owner: Value | null,
  args: readonly Passed[],
): TablesInReach {
  const { store, files } = program;
  const isOfDatabase = ofDatabases.has(asker);
  const named = (name: string): Value | null => {
    const given = args.find((arg) => arg.name === name)?.value;
    if (given?.rows) return given;
    if (owner?.rows && owner.kind === "data" && (name === "self" || constantOf(args[0]?.value) === name))
      return owner;
    const stored = files.get(tableFile(name)) ?? files.get(tableFile(name.toLowerCase()));
    if (stored) return stored;
    const reference = isOfDatabase ? undefined : store.lookup(name);
    const value = reference === undefined ? null : store.read(reference);
    return value?.kind === "data" && value.rows !== null ? value : null;
  };
  const all = () =>
    isOfDatabase ? [] : [...store.globals().values()].map(store.read).filter(({ kind }) => kind === "data");
  return { named, all, isOfNotebook: !isOfDatabase };
}

/** A text of which parts are filled in, or that is laid out anew: its places stay where it is written. */
export function sameText(name: string, owner: Value | null, args: readonly Passed[]): Value | null {
  const text = owner !== null && /^(format|format_map|strip|lstrip|rstrip)$/.test(name) ? owner : null;
  const [first] = args;
  const laidOut = owner === null && /^(dedent|cleandoc|text)$/.test(name) ? (first?.value ?? null) : null;
  const of = text ?? laidOut;
  return of?.kind === "scalar" &&
    of.at !== null &&
    (typeof constantOf(of) === "string" || constantOf(of) === undefined)
    ? { ...scalar(undefined, of.rest), at: of.at }
    : null;
}
