import type { CaptureCase, CaptureCases } from "../capture-case.ts";

const frame = 'import polars as pl\ndf = pl.DataFrame({"a": [1, 2, 3], "b": ["x", "y", "z"]})\n';

function thereAndBack(name: string, write: string, read: string, file: string): CaptureCase[] {
  return [
    {
      name: `${name}, read`,
      setup: `${frame}${write}`,
      cells: [`import polars as pl\nd = ${read}`],
      expects: { reads: [{ path: file, has: { rows: 3 } }] },
    },
    {
      name: `${name}, write`,
      cells: [`${frame}${write}`],
      expects: { writes: [{ path: file, has: { rows: 3 } }] },
    },
  ];
}

const parts = `${frame}for i in range(3): df.write_parquet(f"p{i}.parquet")`;
const all = ["p0.parquet", "p1.parquet", "p2.parquet"];

export const polars: CaptureCases = {
  library: "polars",
  needs: ["polars", "numpy"],
  cases: [
    ...thereAndBack("csv", 'df.write_csv("d.csv")', 'pl.read_csv("d.csv")', "d.csv"),
    ...thereAndBack("parquet", 'df.write_parquet("d.parquet")', 'pl.read_parquet("d.parquet")', "d.parquet"),
    ...thereAndBack("ipc", 'df.write_ipc("d.arrow")', 'pl.read_ipc("d.arrow")', "d.arrow"),
    ...thereAndBack("json", 'df.write_json("d.json")', 'pl.read_json("d.json")', "d.json"),
    ...thereAndBack("ndjson", 'df.write_ndjson("d.ndjson")', 'pl.read_ndjson("d.ndjson")', "d.ndjson"),
    ...thereAndBack("avro", 'df.write_avro("d.avro")', 'pl.read_avro("d.avro")', "d.avro"),
    {
      name: "a pattern",
      setup: parts,
      cells: ['import polars as pl\nd = pl.read_parquet("p*.parquet")'],
      expects: { reads: all },
    },
    {
      name: "a list",
      setup: parts,
      cells: ['import polars as pl\nd = pl.read_parquet(["p0.parquet", "p2.parquet"])'],
      expects: { reads: ["p0.parquet", "p2.parquet"] },
    },
    {
      name: "lazy, collected in a later cell",
      setup: parts,
      cells: [
        'import polars as pl\nq = pl.scan_parquet("p0.parquet").filter(pl.col("a") > 1)',
        "d = q.collect()",
      ],
      expects: { reads: [{ path: "p0.parquet", cell: 1 }] },
    },
    {
      name: "lazy, a pattern and a join",
      setup: `${parts}\ndf.write_csv("d.csv")`,
      cells: [
        'import polars as pl\nd = pl.scan_parquet("p*.parquet").join(pl.scan_csv("d.csv"), on="a").collect()',
      ],
      expects: { reads: [...all, "d.csv"] },
    },
    {
      name: "lazy, a folder",
      setup: `${frame}import os; os.makedirs("d")\nfor i in range(3): df.write_parquet(f"d/{i}.parquet")`,
      cells: ['import polars as pl\nd = pl.scan_parquet("d").collect()'],
      expects: { reads: ["d/0.parquet", "d/1.parquet", "d/2.parquet"] },
    },
    {
      name: "lazy, several at once",
      setup: parts,
      cells: [
        'import polars as pl\nd = pl.collect_all(pl.scan_parquet(p) for p in ["p0.parquet", "p2.parquet"])',
      ],
      expects: { reads: ["p0.parquet", "p2.parquet"] },
    },
    {
      name: "lazy, awaited",
      setup: parts,
      cells: ['import polars as pl\nd = await pl.scan_parquet("p0.parquet").collect_async()'],
      expects: { reads: ["p0.parquet"] },
    },
    {
      name: "lazy, two lists that begin alike, of other lengths",
      setup: `${frame}for i in range(6): df.write_parquet(f"p{i}.parquet")`,
      cells: [
        'import polars as pl\nq = pl.scan_parquet(["p0.parquet", "p1.parquet", "p2.parquet"]); other = pl.scan_parquet(["p0.parquet", "p3.parquet", "p4.parquet", "p5.parquet"])\nd = q.collect()',
      ],
      expects: { reads: all },
    },
    {
      name: "lazy, to a sink",
      setup: parts,
      cells: ['import polars as pl\npl.scan_parquet("p0.parquet").sink_csv("o.csv")'],
      expects: { reads: ["p0.parquet"], writes: ["o.csv"] },
    },
    {
      name: "pl.sql",
      setup: `${frame}df.write_csv("d.csv")`,
      cells: [`import polars as pl\nd = pl.sql("select * from read_csv('d.csv')", eager=True)`],
      expects: { reads: ["d.csv"] },
    },
    {
      name: "a database",
      setup:
        'import sqlite3\nc = sqlite3.connect("d.db"); c.execute("create table t (a)"); c.execute("insert into t values (1)"); c.commit(); c.close()',
      cells: [
        'import polars as pl, sqlite3\nc = sqlite3.connect("d.db"); d = pl.read_database("select a from t", c)',
      ],
      expects: { reads: [{ path: "d.db", has: { rows: 1, query: "select a from t" } }] },
    },
    {
      name: "read, then written over",
      setup: parts,
      cells: [
        'import polars as pl\nd = pl.read_parquet("p0.parquet")',
        'd.head(1).write_parquet("p0.parquet")',
      ],
      expects: {
        reads: [{ path: "p0.parquet", bytes: "after-setup" }],
        writes: [{ path: "p0.parquet", cell: 1, has: { rows: 1 } }],
      },
    },
  ],
};
