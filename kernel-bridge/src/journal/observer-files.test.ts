import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { basename, join, relative } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Store } from "../ledger/store/store.ts";
import { files, notes, type ObservedKernel, observedKernel } from "./fixtures/observed-kernel.ts";
import type { FileEvent, JournalEvent } from "./journal-event.ts";

let observed: ObservedKernel;
let store: Store;
const run = (code: string) => observed.run(code);

beforeAll(async () => {
  observed = await observedKernel();
  store = observed.store;
  await run(`
import os
import pandas as pd, numpy as np
df = pd.DataFrame({"a": np.arange(400.0), "b": np.arange(400) % 2})
df.to_parquet("d.parquet"); df.to_csv("d.csv", index=False)
`);
});
afterAll(() => observed.kernel.shutdown());

const folders = (events: readonly JournalEvent[]) =>
  events.filter((event): event is FileEvent => "kind" in event && event.kind === "folder");

describe("files", () => {
  it.each([
    ["pandas", 'pd.read_csv("d.csv")', ["read d.csv"]],
    ["pyarrow", 'import pyarrow.parquet as pq\nt = pq.read_table("d.parquet")', ["read d.parquet"]],
    [
      "a Parquet file opened",
      'import pyarrow.parquet as pq\nf = pq.ParquetFile("d.parquet")',
      ["read d.parquet"],
    ],
    ["a dataset", 'import pyarrow.dataset as ds\nds.dataset("d.parquet").to_table()', ["read d.parquet"]],
    ["Arrow's CSV reader", 'import pyarrow.csv as pc\npc.read_csv("d.csv")', ["read d.csv"]],
    ["DuckDB", "import duckdb\nduckdb.sql(\"from 'd.parquet'\").fetchall()", ["read d.parquet"]],
    [
      "a DuckDB connection",
      "import duckdb\nduckdb.connect().execute(\"from read_csv('d.csv')\").fetchall()",
      ["read d.csv"],
    ],
    [
      "DuckDB's COPY",
      "import duckdb\nduckdb.connect().execute(\"copy (from 'd.csv') to 'o.parquet'\")",
      ["read d.csv", "write o.parquet"],
    ],
    ["plain Python", 'open("x.csv", "w").write("a")', ["write x.csv"]],
    ["numpy", 'np.save("z.npy", [1]); np.load("z.npy")', ["read z.npy", "write z.npy"]],
    [
      "endings that no rule calls data",
      'open("mail.txt", "w").write("a"); open("iris.data", "w")',
      ["write mail.txt", "write iris.data"],
    ],
    ["code", 'open("mine.py", "w").write("a = 1"); import mine', []],
    [
      "a table that lies with a library",
      'import sklearn.datasets as sd\nt = pd.read_csv(os.path.join(os.path.dirname(sd.__file__), "data", "iris.csv"))',
      ["read iris.csv"],
    ],
    [
      "such a table that the library reads for itself",
      "import sklearn.datasets._base as sb\nt = sb.load_csv_data('iris.csv')",
      [],
    ],
    ["a name with `file:`", "pd.read_csv(f\"file://{__import__('os').getcwd()}/d.csv\")", ["read d.csv"]],
  ])("sees what a cell uses through %s", async (_, code, expected) => {
    expect(files((await run(code)).events)).toEqual(expected);
  });

  it("names the files in a folder, not the folder", async () => {
    const { events } = await run('df.to_parquet("parts", partition_cols=["b"])\npd.read_parquet("parts")');
    const reads = events.filter((event) => event.t === "read");
    expect(reads).toHaveLength(2);
  });

  it("tells three hundred files of a folder as one use, and lists them", async () => {
    const { events } = await run(`
import os
os.makedirs("many")
for i in range(300):
    with open(f"many/{i:03}.csv", "w") as f: f.write(f"a\\n{i}\\n")
open("many.csv", "w").close()
`);
    expect(folders(events)).toMatchObject([{ t: "write", files: 300, size: 1_690 }]);
    const { events: read } = await run(
      'import glob\nall = [pd.read_csv(path) for path in glob.glob("many/*.csv")]',
    );
    expect(folders(read)).toMatchObject([{ t: "read", files: 300, size: 1_690 }]);
    expect(notes(read)).toEqual([]);
    const list = readFileSync(join(store.dir, "kept", folders(read)[0]?.list ?? ""), "utf8");
    const names = list.split("\n").flatMap((line) => (line === "" ? [] : [JSON.parse(line)[0]]));
    expect(names).toEqual(Array.from({ length: 300 }, (_, at) => `${String(at).padStart(3, "0")}.csv`));
  });

  it("says the true number of files where they are too many", async () => {
    const { events } = await run(`
for i in range(5_210):
    with open(f"{i}.txt", "w"): pass
    with open(f"{i}.txt", "w"): pass
    os.remove(f"{i}.txt") if i < 10 else None
`);
    expect(files(events)).toHaveLength(5_000);
    expect(notes(events)).toEqual(["200 of 5200 files in one cell were not recorded."]);
  });

  it("says which files may be data and are not recorded", async () => {
    const { events } = await run(`
open(".notes", "w").close()
for path in ("/proc/self/status", os.devnull): open(path).close()
`);
    expect(files(events)).toEqual([]);
    expect(notes(events)).toEqual([`1 hidden file was opened and not recorded: ${store.root}/.notes.`]);
  });

  it("records nothing of credentials, whatever they are called by, nor of temporary files", async () => {
    const { events } = await run(`
import tempfile
open("kaggle.json", "w").close()
os.symlink("kaggle.json", "innocent.csv")
open("innocent.csv").close()
os.makedirs(".aws", exist_ok=True)
open(".aws/config.json", "w").close()
with tempfile.NamedTemporaryFile(suffix=".csv") as file: open(file.name).close()
`);
    expect(files(events)).toEqual([]);
    expect(notes(events)).toEqual([
      expect.stringMatching(/^3 credential files were opened and not recorded: /),
      expect.stringMatching(/^1 temporary file was opened and not recorded: /),
    ]);
  });

  it("finds the files that are named by an open folder, not those of that name elsewhere", async () => {
    const { printed, events } = await run(`
import shutil
os.makedirs("in/deep")
for name in ("a", "b", "c"):
    for folder in ("", "in/"): open(f"{folder}{name}.csv", "w").write("1")
`);
    expect(printed).toBe("");
    expect(files(events)).toContain("write a.csv");
    const { printed: said, events: told } = await run(`
folder = os.open("in", os.O_RDONLY)
os.close(os.open("a.csv", os.O_RDONLY, dir_fd=folder))
os.close(os.open("fresh.csv", os.O_WRONLY | os.O_CREAT, dir_fd=folder))
os.rename("b.csv", "moved.csv", src_dir_fd=folder, dst_dir_fd=folder)
os.remove("c.csv", dir_fd=folder)
os.close(folder)
print(os.open in os.supports_dir_fd, shutil.rmtree.avoids_symlink_attacks)
`);
    expect(said).toBe("True True\n");
    const within = told.flatMap((event) =>
      event.t === "read" || event.t === "bytes" || (event.t === "write" && !event.pending)
        ? [`${event.t} ${relative(store.root, event.path)}`]
        : [],
    );
    expect(new Set(within)).toEqual(
      new Set([
        "read in/a.csv",
        "write in/fresh.csv",
        "bytes in/b.csv",
        "write in/moved.csv",
        "bytes in/c.csv",
      ]),
    );
    expect(notes(told)).toEqual([]);
  });

  it.runIf(process.platform === "linux")("does not call a file gone whose name is no text", async () => {
    const { events } = await run(`
with open(b"caf\\xe9.csv", "w") as file: file.write("a,b\\n1,2\\n")
pd.read_csv(os.fsdecode(b"caf\\xe9.csv"))
`);
    expect(files(events)).toEqual([]);
    expect(notes(events)).toEqual([
      `1 file whose name is no text was used and not recorded, for the record names files in UTF-8: ${store.root}/caf\\xe9.csv.`,
    ]);
  });

  it("leaves DuckDB the names of whoever calls it", async () => {
    const { printed } = await run(`
import duckdb
def inner():
    local = df.head(7)
    return duckdb.sql("select count(*) from local").fetchall(), duckdb.connect().sql("select count(*) from local").fetchall()
print(inner(), duckdb.sql("select count(*) from df").fetchall())
`);
    expect(printed).toBe("([(7,)], [(7,)]) [(400,)]\n");
  });
});

describe("versions", () => {
  const told = (events: readonly JournalEvent[]) =>
    events.flatMap((event) =>
      (event.t === "read" || event.t === "write") && !event.pending
        ? [`${event.t} ${basename(event.path)} ${event.size}`]
        : event.t === "bytes"
          ? [`bytes ${basename(event.path)} ${event.size}`]
          : [],
    );

  it.each([
    ["overwritten", 'open("v.csv", "w").write("12345")', ["bytes v.csv 3", "write v.csv 5"]],
    [
      "overwritten through pathlib",
      'import pathlib; pathlib.Path("v.csv").write_text("12345")',
      ["bytes v.csv 3", "write v.csv 5"],
    ],
    ["appended to", 'open("v.csv", "a").write("45")', ["bytes v.csv 3", "write v.csv 5"]],
    ["cut", 'os.truncate("v.csv", 1)', ["bytes v.csv 3", "write v.csv 1"]],
    ["removed", 'os.remove("v.csv")', ["bytes v.csv 3"]],
    [
      "replaced",
      'open("w.tmp", "w").write("12345"); os.replace("w.tmp", "v.csv")',
      ["bytes v.csv 3", "write v.csv 5"],
    ],
    ["linked", 'os.link("v.csv", "w.csv")', ["bytes v.csv 3", "write w.csv 3"]],
    ["made unwritable", 'os.chmod("v.csv", 0o444)', ["bytes v.csv 3"]],
    ["given another time", 'os.utime("v.csv", (1, 1))', ["bytes v.csv 3"]],
    ["moved away", 'os.rename("v.csv", "w.csv")', ["bytes v.csv 3", "write w.csv 3"]],
    ["changed by a program", 'os.system("printf 12345 > v.csv")', ["bytes v.csv 3", "write v.csv 5"]],
    [
      "written, and written again",
      'open("v.csv", "w").write("12345"); open("v.csv", "w").write("1")',
      ["bytes v.csv 3", "write v.csv 5", "bytes v.csv 5", "write v.csv 1"],
    ],
  ])("hashes in time what was read and is %s", async (_, code, expected) => {
    await run('import os\nopen("v.csv", "w").write("123")');
    const { events: read } = await run('open("v.csv").read()');
    expect(told(read)).toEqual(["read v.csv 3"]);
    const { events } = await run(code);
    expect(told(events).filter((one) => /[vw]\.csv/.test(one))).toEqual(expected);
    const bytes = events.filter((event) => event.t === "bytes" && event.path.endsWith("v.csv"));
    for (const one of bytes)
      if (one.t === "bytes")
        expect(readFileSync(join(store.dir, "kept", one.kept ?? ""), "utf8")).toHaveLength(one.size ?? -1);
    await run('for name in ("v.csv", "w.csv"): os.path.exists(name) and os.remove(name)');
  });

  it("tells each cell that writes into a file that an earlier one left open, and what it held between them", async () => {
    const { events: first } = await run('kept = open("h.csv", "w"); _ = kept.write("1"); kept.flush()');
    expect(told(first)).toEqual(["write h.csv 1", "bytes h.csv 1"]);
    expect(told((await run("x = 1")).events)).toEqual([]);
    expect(told((await run('_ = kept.write("23")')).events)).toEqual([]);
    const { events: last } = await run("kept.close()");
    expect(told(last)).toEqual(["write h.csv 3"]);
    const { events: after } = await run('open("g.csv", "w").close()');
    expect([told(after), notes(after)]).toEqual([["write g.csv 0"], []]);
  });

  it.runIf(process.platform === "linux")(
    "tells each cell that writes through a map of an earlier one, and that not all may show",
    async () => {
      await run('open("m.bin", "wb").write(bytes(8_000))');
      const { events: opened } = await run('map = np.memmap("m.bin", dtype="f8", mode="r+")');
      expect(notes(opened)).toEqual([
        `Mapped for writing when the cell ended: ${store.root}/m.bin. What later cells change there without a new time is not told.`,
      ]);
      const { events } = await run("map[0] = 1; map.flush()");
      expect(told(events)).toEqual(["write m.bin 8000", "bytes m.bin 8000"]);
      expect(notes(events)).toEqual([]);
      await run("del map");
    },
  );

  it("says what went into an open file while no cell ran", async () => {
    await run(`
import threading
kept, go = open("late.csv", "w"), threading.Event()
def late():
    go.wait(); kept.write("1"); kept.flush()
thread = threading.Thread(target=late); thread.start()
`);
    await run("threading.Timer(0.2, go.set).start()");
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    const { events } = await run("thread.join(); kept.close()");
    expect(notes(events)).toEqual([
      `${store.root}/late.csv changed while no cell ran: what was written then is no cell's.`,
    ]);
    expect(told(events)).toEqual([]);
  });

  it("does not wait for what is too large: its bytes are not read", async () => {
    await run('with open("large.csv", "wb") as f: f.truncate(80 << 20)');
    await run('f = open("large.csv")');
    const { events } = await run('open("large.csv", "w").close()');
    expect(told(events)).toEqual(["write large.csv 0"]);
  });

  it("names what a library keeps for itself nowhere", async () => {
    const { events } = await run(`
from joblib import Memory
def square(x): return x * x
Memory("cache", verbose=0).cache(square)(3)
`);
    expect(files(events)).toEqual([]);
    expect(notes(events)).toEqual([]);
  });
});

it("leaves a class whose making it watches a class", async () => {
  const { printed, events } = await run(`
import pickle, pyarrow as pa
open("x.bin", "wb").write(b"abc")
source = pa.OSFile("x.bin")
class Mine(pa.OSFile): pass
print(isinstance(source, pa.OSFile), isinstance(1, pa.OSFile), isinstance(Mine("x.bin"), pa.OSFile), pickle.loads(pickle.dumps(pa.OSFile)) is pa.OSFile)
`);
  expect(printed).toBe("True False True True\n");
  expect(files(events)).toEqual(["read x.bin", "write x.bin"]);
});

it("tells each query of a database in memory, and one that is answered otherwise again", async () => {
  const { events } = await run(`
import sqlite3
memory = sqlite3.connect(":memory:")
pd.DataFrame({"a": [1, 2]}).to_sql("t", memory)
for query in ("select a from t", "select a + 1 as b from t", "select a from t"): pd.read_sql(query, memory)
memory.execute("delete from t where a = 1")
_ = pd.read_sql("select a from t", memory)
`);
  const read = events.filter((event): event is FileEvent => event.t === "read");
  expect(read.map(({ query, rows }) => [query, rows])).toEqual([
    ["select a from t", 2],
    ["select a + 1 as b from t", 2],
    ["select a from t", 1],
  ]);
});

it("does not slow down a loop that puts many files into their places", async () => {
  const { printed } = await run(`
import time
os.makedirs("moved", exist_ok=True)
def took(first, count):
    began = time.process_time()
    for i in range(first, first + count):
        open(f"moved/{i}.tmp", "w").close(); os.replace(f"moved/{i}.tmp", f"moved/{i}.txt")
    return time.process_time() - began
took(0, 500); early = took(500, 500); took(1_000, 15_000); late = took(16_000, 500)
print(late < 2 * early)
`);
  expect(printed).toBe("True\n");
}, 60_000);

it("tells what an awaited client of HTTP read, which stays a coroutine function", async () => {
  const { printed, events } = await run(`
import http.server, httpx, inspect, threading, traceback
class Serves(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200); self.send_header("ETag", "e1"); self.end_headers(); self.wfile.write(b"abc")
    def log_message(self, *_): pass
served = http.server.HTTPServer(("127.0.0.1", 0), Serves)
threading.Thread(target=served.serve_forever, daemon=True).start()
async with httpx.AsyncClient() as client:
    _ = await client.get(f"http://127.0.0.1:{served.server_port}/d.csv")
    try: await client.get("http://127.0.0.1:1/")
    except httpx.ConnectError as error: seen = [frame.filename for frame in traceback.extract_tb(error.__traceback__)]
served.shutdown(); served.server_close()
print(inspect.iscoroutinefunction(httpx.AsyncClient.send), any("lookback" in name for name in seen))
`);
  expect(printed).toBe("True False\n");
  expect(events.filter((event) => event.t === "read" && event.path.endsWith("/d.csv"))).toMatchObject([
    { kind: "address", version: "e1", size: 3 },
  ]);
});

it("waits as long on a machine whose processor others have, and no longer for its own work or a disk that hangs", () => {
  const program = `
import sys, time
sys.path.insert(0, "${join(import.meta.dirname, "../../python")}")
from observer.patience import Patience
def after(work):
    patience = Patience()
    began = patience.start()
    work()
    patience.end(began)
    return patience.is_over()
def own():
    until = time.thread_time() + 0.06
    while time.thread_time() < until: pass
print([after(lambda: time.sleep(0.1)), after(own), after(lambda: time.sleep(0.51))])
`;
  const said = execFileSync(observed.kernel.python, ["-c", program], { encoding: "utf8" });
  expect(said.trim()).toBe("[False, True, True]");
});
