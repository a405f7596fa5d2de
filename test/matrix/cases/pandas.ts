import type { CaptureCase, CaptureCases } from "../capture-case.ts";

const frame = 'import pandas as pd\ndf = pd.DataFrame({"a": [1, 2, 3], "b": ["x", "y", "z"]})\n';

function thereAndBack(name: string, write: string, read: string, file: string): CaptureCase[] {
  return [
    {
      name: `${name}, read`,
      setup: `${frame}${write}`,
      cells: [`import pandas as pd\nd = ${read}`],
      expects: { reads: [{ path: file, has: { rows: 3 } }] },
    },
    {
      name: `${name}, write`,
      cells: [`${frame}${write}`],
      expects: { writes: [{ path: file, has: { rows: 3 } }] },
    },
  ];
}

const sql = `${frame}import sqlite3\nc = sqlite3.connect("d.db"); df.to_sql("t", c, index=False); c.commit(); c.close()`;

export const pandas: CaptureCases = {
  library: "pandas",
  needs: ["pandas", "pyarrow", "openpyxl", "tables", "sqlalchemy"],
  cases: [
    ...thereAndBack("csv", 'df.to_csv("d.csv", index=False)', 'pd.read_csv("d.csv")', "d.csv"),
    ...thereAndBack(
      "csv, compressed",
      'df.to_csv("d.csv.gz", index=False)',
      'pd.read_csv("d.csv.gz")',
      "d.csv.gz",
    ),
    ...thereAndBack(
      "csv by Arrow",
      'df.to_csv("d.csv", index=False)',
      'pd.read_csv("d.csv", engine="pyarrow")',
      "d.csv",
    ),
    ...thereAndBack("parquet", 'df.to_parquet("d.parquet")', 'pd.read_parquet("d.parquet")', "d.parquet"),
    ...thereAndBack("json", 'df.to_json("d.json")', 'pd.read_json("d.json")', "d.json"),
    ...thereAndBack("excel", 'df.to_excel("d.xlsx", index=False)', 'pd.read_excel("d.xlsx")', "d.xlsx"),
    ...thereAndBack("feather", 'df.to_feather("d.feather")', 'pd.read_feather("d.feather")', "d.feather"),
    ...thereAndBack("orc", 'df.to_orc("d.orc")', 'pd.read_orc("d.orc")', "d.orc"),
    ...thereAndBack("pickle", 'df.to_pickle("d.pkl")', 'pd.read_pickle("d.pkl")', "d.pkl"),
    ...thereAndBack("HDF5", 'df.to_hdf("d.h5", key="d")', 'pd.read_hdf("d.h5")', "d.h5"),
    ...thereAndBack("Stata", 'df.to_stata("d.dta", write_index=False)', 'pd.read_stata("d.dta")', "d.dta"),
    {
      name: "table of text",
      setup: 'open("d.tsv", "w").write("a\\tb\\n1\\t2\\n")',
      cells: ['import pandas as pd\nd = pd.read_table("d.tsv")'],
      expects: { reads: [{ path: "d.tsv", has: { rows: 1 } }] },
    },
    {
      name: "an open file",
      setup: `${frame}df.to_csv("d.csv")`,
      cells: ['import pandas as pd\nwith open("d.csv") as f: d = pd.read_csv(f)'],
      expects: { reads: ["d.csv"] },
    },
    {
      name: "a path object and a keyword",
      setup: `${frame}df.to_csv("d.csv", index=False)`,
      cells: [
        'import pandas as pd, pathlib\nd = pd.read_csv(sep=",", filepath_or_buffer=pathlib.Path("d.csv"))',
      ],
      expects: { reads: [{ path: "d.csv", has: { rows: 3 } }] },
    },
    {
      name: "csv in pieces",
      setup: `${frame}df.to_csv("d.csv", index=False)`,
      cells: ['import pandas as pd\nn = sum(len(p) for p in pd.read_csv("d.csv", chunksize=2))'],
      expects: { reads: ["d.csv"] },
    },
    {
      name: "Excel, two sheets by a writer",
      cells: [
        `${frame}with pd.ExcelWriter("o.xlsx") as w:\n    df.to_excel(w, sheet_name="a"); df.to_excel(w, sheet_name="b")`,
      ],
      expects: { writes: ["o.xlsx"] },
    },
    {
      name: "an HDF5 store",
      cells: [`${frame}with pd.HDFStore("o.h5") as s: s["a"] = df`],
      expects: { writes: ["o.h5"] },
    },
    {
      name: "SQL through sqlite3",
      setup: sql,
      cells: [
        'import pandas as pd, sqlite3\nc = sqlite3.connect("d.db"); d = pd.read_sql("select * from t where a > 1", c)',
      ],
      expects: { reads: [{ path: "d.db", has: { rows: 2, query: "select * from t where a > 1" } }] },
    },
    {
      name: "SQL through SQLAlchemy",
      setup: sql,
      cells: [
        'import pandas as pd, sqlalchemy as sa\ne = sa.create_engine("sqlite:///d.db"); d = pd.read_sql("select * from t", e); e.dispose()',
      ],
      expects: { reads: [{ path: "d.db", has: { rows: 3, query: "select * from t" } }] },
    },
    {
      name: "SQL through a connection of an earlier cell",
      setup: sql,
      cells: [
        'import pandas as pd, sqlite3\nc = sqlite3.connect("d.db")',
        'd = pd.read_sql("select a from t", c)',
      ],
      expects: { reads: ["d.db", { path: "d.db", cell: 1, has: { rows: 3, query: "select a from t" } }] },
    },
    {
      name: "to_sql",
      cells: [
        `${frame}import sqlite3\nc = sqlite3.connect("o.db"); df.to_sql("t", c); c.commit(); c.close()`,
      ],
      expects: { writes: [{ path: "o.db", has: { rows: 3 } }] },
    },
    {
      name: "read, changed, written over itself",
      setup: `${frame}df.to_csv("d.csv", index=False)`,
      cells: ['import pandas as pd\nd = pd.read_csv("d.csv"); d["c"] = 1; d.to_csv("d.csv", index=False)'],
      expects: { reads: [{ path: "d.csv", bytes: "after-setup" }], writes: ["d.csv"] },
    },
    {
      name: "parquet read, written over itself in a later cell",
      setup: `${frame}df.to_parquet("d.parquet")`,
      cells: [
        'import pandas as pd\nd = pd.read_parquet("d.parquet")',
        'd["c"] = 1; d.to_parquet("d.parquet")',
      ],
      expects: {
        reads: [{ path: "d.parquet", bytes: "after-setup" }],
        writes: [{ path: "d.parquet", cell: 1 }],
      },
    },
  ],
};
