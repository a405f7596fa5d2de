import { isSql } from "../../../sql/is-sql.ts";
import type { Statement } from "../../../sql/query.ts";
import type { Place } from "../../ir.ts";
import { tableFile } from "../calls/files.ts";
import type { Program } from "../program.ts";
import { scalar } from "../values/kinds.ts";
import { noTraits } from "../values/traits.ts";
import type { Value } from "../values/value.ts";
import { answerOf } from "./answer-of.ts";
import type { AskedQuery } from "./asked-query.ts";
import type { TablesInReach } from "./context.ts";
import { type SqlText, sqlTextOf } from "./sql-text.ts";

/** What the SQL that a value is answers about rows; null where it is no SQL, or was not read, which is said. */
export function runSql(program: Program, value: Value, call: Place, tables: TablesInReach): Value | null {
  const sql = sqlTextOf(program, value, call);
  return sql === null || !isSql(sql.text) ? null : runText(program, sql, call, tables);
}

/** What a text of SQL answers: a table of what its columns were computed from. Null where it was not read, which is said. */
export function runText(program: Program, sql: SqlText, call: Place, tables: TablesInReach): Value | null {
  const at = sql.place({ from: 0, to: sql.text.length });
  if (program.sql === null) {
    sayNotRead(program, at, notThere);
    return null;
  }
  const statements = program.sql.read(sql.text);
  if (statements === null) {
    if (!isAboutNoRows(sql.text)) sayNotRead(program, at, notParsed);
    return null;
  }
  let answer: Value = scalar(undefined, noTraits);
  for (const statement of statements) answer = runStatement(program, statement, sql, call, tables);
  return answer;
}

/** The queries in a text, without what they do to rows; none where it is no SQL, or was not read. */
export function asked(program: Program, sql: SqlText): AskedQuery[] {
  const statements = isSql(sql.text) ? (program.sql?.read(sql.text) ?? null) : [];
  if (statements === null) {
    const reason = program.sql === null ? notThere : notParsed;
    sayNotRead(program, sql.place({ from: 0, to: sql.text.length }), reason);
  }
  return (statements ?? []).map(({ query }) => ({ query, place: sql.place, written: sql.written }));
}

function runStatement(
  program: Program,
  { makes, query }: Statement,
  sql: SqlText,
  call: Place,
  tables: TablesInReach,
): Value {
  const answer = answerOf(query, {
    program,
    sql,
    call: call,
    tables,
    named: new Map(),
    numbered: new Map(),
    depth: 0,
    isOfDuckDb: program.facts.imports.has("duckdb") && tables.isOfNotebook,
    answerOf,
  });
  if (makes === null) return answer;
  program.files.set(tableFile(makes), answer);
  return scalar(undefined, noTraits);
}

/** Whether a text that does not parse is a statement that reads no rows: `PRAGMA …`, `SHOW TABLES`. */
function isAboutNoRows(text: string): boolean {
  return /^\s*(?:alter|analyze|attach|begin|call|checkpoint|commit|connect|delete|describe|detach|drop|explain|export|grant|install|load|pragma|refresh|reset|revoke|rollback|set|show|truncate|update|use|vacuum)\b[^;]*;?\s*$/i.test(
    text,
  );
}

function sayNotRead(program: Program, at: Place, reason: string): void {
  program.note(at, {
    code: "coverage/sql-not-read",
    weight: "unread",
    reason,
    means: "What it does to rows is not part of the answer.",
    advice: "Look at it yourself.",
  });
}

const notThere = "This SQL was not read: its parser is not there.";
const notParsed = "This SQL was not read: it parses in none of the dialects that are known here.";
