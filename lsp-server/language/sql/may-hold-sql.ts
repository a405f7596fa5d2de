/** Whether a text may hold SQL: a parser for it is only needed then. */
export function mayHoldSql(source: string): boolean {
  return /\bselect\b|^\s*%{1,2}(sql|bigquery|sparksql|bq)\b|\bduckdb\b|\.sql\(/im.test(source);
}
