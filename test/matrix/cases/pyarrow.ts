import type { CaptureCase, CaptureCases } from "../capture-case.ts";

const table = 'import pyarrow as pa\nt = pa.table({"a": [1, 2, 3]})\n';

function thereAndBack(
  name: string,
  module: string,
  write: string,
  read: string,
  file: string,
): CaptureCase[] {
  return [
    {
      name: `${name}, read`,
      setup: `${table}import ${module} as m\n${write}`,
      cells: [`import ${module} as m\nd = ${read}`],
      expects: { reads: [{ path: file, has: { rows: 3 } }] },
    },
    {
      name: `${name}, write`,
      cells: [`${table}import ${module} as m\n${write}`],
      expects: { writes: [{ path: file, has: { rows: 3 } }] },
    },
  ];
}

const parquet = `${table}import pyarrow.parquet as pq\npq.write_table(t, "d.parquet")`;

export const pyarrow: CaptureCases = {
  library: "pyarrow",
  needs: ["pyarrow"],
  cases: [
    ...thereAndBack(
      "parquet",
      "pyarrow.parquet",
      'm.write_table(t, "d.parquet")',
      'm.read_table("d.parquet")',
      "d.parquet",
    ),
    ...thereAndBack("csv", "pyarrow.csv", 'm.write_csv(t, "d.csv")', 'm.read_csv("d.csv")', "d.csv"),
    ...thereAndBack(
      "feather",
      "pyarrow.feather",
      'm.write_feather(t, "d.feather")',
      'm.read_table("d.feather")',
      "d.feather",
    ),
    ...thereAndBack("orc", "pyarrow.orc", 'm.write_table(t, "d.orc")', 'm.read_table("d.orc")', "d.orc"),
    {
      name: "a Parquet file, by row groups",
      setup: parquet,
      cells: ['import pyarrow.parquet as pq\nd = pq.ParquetFile("d.parquet").read_row_group(0)'],
      expects: { reads: ["d.parquet"] },
    },
    {
      name: "a Parquet writer",
      cells: [
        `${table}import pyarrow.parquet as pq\nwith pq.ParquetWriter("o.parquet", t.schema) as w: w.write_table(t)`,
      ],
      expects: { writes: ["o.parquet"] },
    },
    {
      name: "a schema",
      setup: parquet,
      cells: ['import pyarrow.parquet as pq\ns = pq.read_schema("d.parquet")'],
      expects: { reads: ["d.parquet"] },
    },
    {
      name: "a dataset",
      setup: `${parquet}; pq.write_table(t, "e.parquet")`,
      cells: ['import pyarrow.dataset as ds\nd = ds.dataset(["d.parquet", "e.parquet"]).to_table()'],
      expects: { reads: ["d.parquet", "e.parquet"] },
    },
    {
      name: "a dataset written",
      cells: [`${table}import pyarrow.dataset as ds\nds.write_dataset(t, "out", format="parquet")`],
      expects: { writes: ["out/part-0.parquet"] },
    },
    {
      name: "a memory map",
      setup: `${table}import pyarrow.feather as f\nf.write_feather(t, "d.arrow", compression="uncompressed")`,
      cells: ['import pyarrow as pa\nwith pa.memory_map("d.arrow") as m: d = pa.ipc.open_file(m).read_all()'],
      expects: { reads: ["d.arrow"] },
    },
    {
      name: "an IPC file by an output stream",
      cells: [
        `${table}with pa.OSFile("o.arrow", "wb") as s, pa.ipc.new_file(s, t.schema) as w: w.write_table(t)`,
      ],
      expects: { writes: ["o.arrow"] },
    },
    {
      name: "a local file system",
      setup: parquet,
      cells: [
        'import pyarrow.parquet as pq, pyarrow.fs as fs\nd = pq.read_table("d.parquet", filesystem=fs.LocalFileSystem())',
      ],
      expects: { reads: ["d.parquet"] },
    },
    {
      name: "a file opened in a local file system",
      setup: parquet,
      cells: [
        'import pyarrow.fs as fs\nwith fs.LocalFileSystem().open_input_file("d.parquet") as f: b = f.read()',
      ],
      expects: { reads: ["d.parquet"] },
    },
    {
      name: "json",
      setup: 'open("d.json", "w").write(\'{"a": 1}\\n{"a": 2}\\n\')',
      cells: ['import pyarrow.json as pj\nd = pj.read_json("d.json")'],
      expects: { reads: [{ path: "d.json", has: { rows: 2 } }] },
    },
  ],
};
