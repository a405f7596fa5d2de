import type { CaptureCases } from "../capture-case.ts";

const data = 'open("d.csv", "w").write("a,b\\n1,x\\n2,y\\n")';
const run = (code: string) => [`import duckdb\n${code}`];
const reads = (name: string, code: string) => ({
  name,
  setup: data,
  cells: run(code),
  expects: { reads: ["d.csv"] },
});

export const duckdb: CaptureCases = {
  library: "DuckDB",
  needs: ["duckdb", "pandas"],
  cases: [
    reads("a file in FROM", "r = duckdb.sql(\"from 'd.csv'\").fetchall()"),
    reads("read_csv in SQL", "r = duckdb.sql(\"select * from read_csv('d.csv', delim = ',')\").fetchall()"),
    reads("read_csv_auto of a list", "r = duckdb.sql(\"select * from read_csv_auto(['d.csv'])\").fetchall()"),
    reads("a prepared parameter", 'r = duckdb.execute("select * from read_csv(?)", ["d.csv"]).fetchall()'),
    reads("a named parameter", 'r = duckdb.execute("select * from read_csv($f)", {"f": "d.csv"}).fetchall()'),
    reads("read_csv of Python", 'r = duckdb.read_csv("d.csv").fetchall()'),
    reads("a connection", "c = duckdb.connect(); r = c.execute(\"select count(*) from 'd.csv'\").fetchall()"),
    reads("quotes as of a name", "r = duckdb.sql('select * from \"d.csv\"').fetchall()"),
    reads(
      "a text that is no file beside one that is",
      "r = duckdb.sql(\"select * from 'd.csv' where b = 'e.csv'\").fetchall()",
    ),
    reads(
      "a common table expression",
      "r = duckdb.sql(\"with t as (select * from 'd.csv') select * from t\").df()",
    ),
    {
      name: "a pattern",
      setup: 'for i in range(3): open(f"p{i}.csv", "w").write("a\\n1\\n")',
      cells: run("r = duckdb.sql(\"select * from 'p*.csv'\").fetchall()"),
      expects: { reads: ["p0.csv", "p1.csv", "p2.csv"] },
    },
    {
      name: "a join of two files",
      setup: `${data}\nopen("e.csv", "w").write("a,c\\n1,2\\n")`,
      cells: run("r = duckdb.sql(\"select * from 'd.csv' join 'e.csv' using (a)\").fetchall()"),
      expects: { reads: ["d.csv", "e.csv"] },
    },
    {
      name: "a frame of the notebook",
      cells: run(
        'import pandas as pd\ndf = pd.DataFrame({"a": [1]})\nr = duckdb.sql("select * from df").fetchall()',
      ),
      expects: {},
    },
    {
      name: "COPY to a file",
      setup: data,
      cells: run("duckdb.sql(\"copy (from 'd.csv') to 'o.parquet' (format parquet)\")"),
      expects: { reads: ["d.csv"], writes: ["o.parquet"] },
    },
    {
      name: "COPY from a file",
      setup: data,
      cells: run(
        'c = duckdb.connect(); c.execute("create table t (a int, b text)"); c.execute("copy t from \'d.csv\'")',
      ),
      expects: { reads: ["d.csv"] },
    },
    {
      name: "a relation written",
      setup: data,
      cells: run('duckdb.sql("from \'d.csv\'").write_parquet("o.parquet")'),
      expects: { reads: ["d.csv"], writes: ["o.parquet"] },
    },
    {
      name: "a database written",
      cells: run('c = duckdb.connect("o.duckdb"); c.execute("create table t as select 1 a"); c.close()'),
      expects: { writes: ["o.duckdb"] },
    },
    {
      name: "a database read",
      setup:
        'import duckdb\nc = duckdb.connect("d.duckdb"); c.execute("create table t as select 1 a"); c.close()',
      cells: run(
        'c = duckdb.connect("d.duckdb", read_only=True); r = c.execute("from t").fetchall(); c.close()',
      ),
      expects: { reads: ["d.duckdb"] },
    },
    {
      name: "ATTACH",
      setup:
        'import duckdb\nc = duckdb.connect("d.duckdb"); c.execute("create table t as select 1 a"); c.close()',
      cells: run(
        'c = duckdb.connect(); c.execute("attach \'d.duckdb\' as d (read_only)"); r = c.execute("from d.t").fetchall(); c.close()',
      ),
      expects: { reads: ["d.duckdb"] },
    },
    {
      name: "read, then written over by COPY",
      setup: data,
      cells: [
        ...run("r = duckdb.sql(\"from 'd.csv'\").fetchall()"),
        "duckdb.sql(\"copy (select 1 a) to 'd.csv'\")",
      ],
      expects: { reads: [{ path: "d.csv", bytes: "after-setup" }], writes: [{ path: "d.csv", cell: 1 }] },
    },
  ],
};
