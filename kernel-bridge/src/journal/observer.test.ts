import { existsSync, mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Kernel, launchKernel } from "../kernels/launch-kernel.ts";
import { openStore } from "../ledger/store/open-store.ts";
import { journalPath, type Store } from "../ledger/store/store.ts";
import { journalFaults } from "./fixtures/journal-faults.ts";
import type { EventOf, JournalEvent } from "./journal-event.ts";
import { journalVersion } from "./journal-schema.ts";
import { observerCode } from "./observer-code.ts";
import { readJournal } from "./read-journal.ts";

let store: Store;
let kernel: Kernel;
let cells = 0;

beforeAll(async () => {
  store = await openStore(mkdtempSync(join(tmpdir(), "lookback-observer-")));
  kernel = await launchKernel({ cwd: store.root });
  await observe();
  await run(`
import pandas as pd, numpy as np
df = pd.DataFrame({"a": np.arange(400.0), "b": np.arange(400) % 2})
df.to_parquet("d.parquet"); df.to_csv("d.csv", index=False)
`);
});
afterAll(() => kernel.shutdown());

const observe = async () =>
  kernel.execute(
    await observerCode(store, {
      sessionId: "s",
      notebook: "n.ipynb",
      compiler: ["node"],
      startedFrom: "here",
    }),
    {
      silent: true,
    },
  );

/** Runs a cell and answers what it printed and what was journaled of it. A cell that raises fails the test. */
async function run(code: string): Promise<{ printed: string; events: JournalEvent[] }> {
  const cellId = `c${cells++}`;
  let printed = "";
  const reply = await kernel.execute(code, {
    cellId,
    onMessage: ({ content }) => {
      printed += content.text ?? "";
    },
  });
  if (reply.error !== null) throw new Error(`${reply.error.name}: ${reply.error.message}`);
  const { entries, broken } = await readJournal(journalPath(store, "s"));
  expect(broken).toEqual([]);
  const events = entries
    .map((entry) => entry.event)
    .filter((event) => "cell" in event && event.cell === cellId);
  return { printed, events };
}

const notes = (events: readonly JournalEvent[]) =>
  events.flatMap((event) => (event.t === "note" ? [event.message] : []));

const files = (events: readonly JournalEvent[]) => [
  ...new Set(
    events.flatMap((event) =>
      event.t === "read" || (event.t === "write" && !event.pending)
        ? [`${event.t} ${basename(event.path)}`]
        : [],
    ),
  ),
];

it.runIf(process.platform === "linux")(
  "says that a part of the record could not be written, once it can be",
  async () => {
    await run("import resource; limits = resource.getrlimit(resource.RLIMIT_FSIZE)");
    const execute = (code: string) => kernel.execute(code, { cellId: `c${cells++}` });
    await execute("resource.setrlimit(resource.RLIMIT_FSIZE, (1, limits[1]))");
    await execute("lost = 1");
    await execute("resource.setrlimit(resource.RLIMIT_FSIZE, limits)");
    const { entries } = await readJournal(journalPath(store, "s"));
    const told = entries.flatMap(({ event }) =>
      event.t === "note" && event.code === "observer/lost" ? [event] : [],
    );
    expect(told.map(({ message }) => message)).toEqual([
      "Not all of this record could be written (File too large): cells that ran, and what they read, wrote, fitted or scored, may be missing.",
    ]);
  },
);

describe("what nobody observes", () => {
  it.each([
    ["a shell command", "!echo 1", ["1 process that is not observed did work (shell)"]],
    ["what a shell command prints", "lines = !echo 1", ["1 process that is not observed did work (echo)"]],
    ["a cell of a shell", "%%bash\necho 1", ["1 process that is not observed did work (bash)"]],
    [
      "a program",
      'import subprocess\nfor _ in range(2): subprocess.run(["true", "--token=x"])',
      ["2 processes that are not observed did work (true)"],
    ],
    [
      "a program by shell",
      'subprocess.run("true 1 2", shell=True)',
      ["1 process that is not observed did work (true)"],
    ],
    [
      "a program by posix_spawn",
      'subprocess.run(["/bin/true"], close_fds=False)',
      ["1 process that is not observed did work (true)"],
    ],
    [
      "the system's shell",
      'import os\nos.system("true")',
      ["1 process that is not observed did work (true)"],
    ],
    [
      "a process of its own",
      'import multiprocessing as mp\nwork = mp.get_context("spawn").Process(target=print, name="Loader-1")\nwork.start(); work.join()',
      ["1 process that is not observed did work (Loader)"],
    ],
    [
      "a pool",
      'with mp.get_context("spawn").Pool(2) as pool: pool.map(abs, [1, 2]); pool.map(abs, [1, 2])',
      ["2 processes that are not observed did work (multiprocessing)"],
    ],
    [
      "an executor",
      'from concurrent.futures import ProcessPoolExecutor\nwith ProcessPoolExecutor(2, mp_context=mp.get_context("spawn")) as pool: pool.submit(abs, 1).result()',
      ["2 processes that are not observed did work (concurrent.futures)"],
    ],
    [
      "joblib's processes",
      "from joblib import Parallel, delayed\nParallel(n_jobs=2)(delayed(abs)(i) for i in range(2))",
      ["2 processes that are not observed did work (joblib)"],
    ],
    ["joblib's threads", 'Parallel(n_jobs=2, prefer="threads")(delayed(abs)(i) for i in range(2))', []],
    ["a question about the machine", 'subprocess.run(["uname"])', []],
    [
      "the network",
      'import socket\nfor host in ("a.invalid", "a.invalid", "localhost"):\n  try: socket.getaddrinfo(host, 80)\n  except OSError: pass',
      ["1 host was asked over the network (a.invalid)"],
    ],
    [
      "a library that opens files itself",
      'import sys, types\nsys.modules["datatable"] = types.ModuleType("datatable")',
      ["Files that datatable opened may be missing here"],
    ],
    ["the same library again", "1", []],
  ])("says so of %s, once", async (_, code, expected) => {
    const { events } = await run(code);
    expect(notes(events).map((message) => message.split(/:/)[0])).toEqual(expected);
  });

  it("observes what is forked from a cell, and says nothing", async () => {
    const { events } = await run(`
def work(path):
    from sklearn.linear_model import LogisticRegression
    LogisticRegression().fit(df[["a"]], df["b"])
    return len(pd.read_csv(path))
with mp.get_context("fork").Pool(1) as pool: print(pool.map(work, ["d.csv"]))
`);
    expect(files(events)).toEqual(["read d.csv"]);
    expect(events.filter((event) => event.t === "fit")).toMatchObject([{ variable: null }]);
    expect(notes(events)).toEqual([]);
  });

  it("takes what forked processes use for its cell's, also in their libraries, of folders, and under the names that files get", async () => {
    const { events } = await run(`
import os, pyarrow as pa, pyarrow.parquet as pq
os.makedirs("many", exist_ok=True)
for i in range(300): open(f"many/{i}.txt", "w").write("x")
pq.write_table(pa.table({"a": [1, 2]}), "t.parquet")
`);
    expect(notes(events)).toEqual([]);
    const forked = await run(`
def work(k):
    pq.read_table("t.parquet")
    for i in range(k, 300, 2): open(f"many/{i}.txt").read()
    open(f"w{k}.tmp", "w").write("x"); os.replace(f"w{k}.tmp", f"w{k}.txt")
for epoch in range(3):
    with mp.get_context("fork").Pool(2) as pool: _ = pool.map(work, [0, 1])
open("w0.txt").read()
`);
    const told = forked.events.filter((event) => event.t === "read" || event.t === "write");
    const found = (name: string) => told.filter(({ path }) => path.endsWith(name));
    expect(found("t.parquet").at(-1)).toMatchObject({ t: "read", rows: 2 });
    expect(found("many").at(-1)).toMatchObject({ kind: "folder", files: 300 });
    // What every epoch reads again is told by none but the first.
    expect(told.length).toBeLessThan(700);
    expect(found("w1.txt").at(-1)).toMatchObject({ t: "write", pending: false, size: 1 });
    expect(found("w1.tmp").filter(({ pending }) => !pending)).toEqual([]);
    expect(notes(forked.events)).toEqual([]);
  });

  it("says of a pool that is kept that it works on, and tells what it does of the cell that asks it", async () => {
    const first = await run('kept = mp.get_context("fork").Pool(1); _ = kept.map(pd.read_csv, ["d.csv"])');
    expect(files(first.events)).toEqual(["read d.csv"]);
    expect(notes(first.events).map((note) => note.split(" when ")[0])).toEqual([
      "1 process that was forked works on",
    ]);
    const second = await run(
      'open("later.csv", "w").write("a\\n1\\n"); _ = kept.map(pd.read_csv, ["later.csv"])',
    );
    expect(files(second.events)).toContain("read later.csv");
    expect(notes(second.events)).toEqual([]);
    const last = await run("kept.close(); kept.join()");
    expect(files(last.events)).toEqual([]);
  });

  it("says what of a forked process is not recorded", async () => {
    const { events } = await run(`
def work():
    from sklearn.metrics import mean_squared_error
    for i in range(1_100): mean_squared_error([1], [i])
    import subprocess; subprocess.run(["true"])
one = mp.get_context("fork").Process(target=work); one.start(); one.join()
`);
    expect(events.filter((event) => event.t === "metric")).toHaveLength(1_000);
    expect(notes(events)).toEqual([
      "Not all values of mean_squared_error of a process that was forked were recorded.",
      expect.stringContaining("1 process that is not observed did work (true)"),
    ]);
  });

  it("observes what joblib does in this process", async () => {
    const { events } = await run(
      'rows = Parallel(n_jobs=1)(delayed(pd.read_csv)(path) for path in ["d.csv"])',
    );
    expect(events.filter((event) => event.t === "read").at(-1)?.rows).toBe(400);
  });
});

describe("manners", () => {
  it("counts a cell that runs a cell once", async () => {
    const { events } = await run("get_ipython().run_cell('1'); pd.read_csv('d.csv')");
    expect(events.map((event) => event.t)).toEqual(["cell", "read", "read", "done"]);
  });

  it.each([
    ["a reader", 'pd.read_csv("missing.csv")'],
    ["a method", 'df.to_csv("no/such/folder/x.csv")'],
    ["a fit", 'LogisticRegression().fit("x", "y")'],
    ["a score", "accuracy_score([1], [1, 2])"],
    ["a cross-validation", 'cross_val_score(LogisticRegression(), df[["a"]], df["b"], cv=1)'],
    ["SQL", 'duckdb.sql("select * from nowhere")'],
    ["SQL in a function", 'def ask(): return duckdb.connect().execute("select 1 +")\nask()'],
    ["a compiled reader", 'pc.read_csv("missing.csv")'],
    ["a class that is no estimator", "class Wrong(BaseEstimator, metaclass=int): pass"],
    ["an import that fails", 'open("polars.py", "w").write("1/0")\nimport polars'],
  ])("stands in no traceback: %s", async (_, code) => {
    await run(`
import duckdb, pyarrow.csv as pc
from sklearn.base import BaseEstimator
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import accuracy_score
from sklearn.model_selection import cross_val_score
import traceback, sys, re
of_ours = re.compile("<lookback|_lookback|observed|skipping|frozen importlib|exec_module|init_subclass")
`);
    const { printed } = await run(`
try:
    exec(compile(${JSON.stringify(code)}, "<cell>", "exec"), globals())
except Exception as error:
    plain = traceback.format_exc()
    shown = "\\n".join(get_ipython().InteractiveTB.structured_traceback(type(error), error, error.__traceback__))
    print(*[text for text in (plain, shown) if of_ours.search(text)], "raised")
sys.modules.pop("polars", None)
`);
    expect(printed).toBe("raised\n");
  });

  it("lets warnings name the person's own line", async () => {
    const { printed } = await run(`
import warnings
warned = []
with warnings.catch_warnings(record=True) as caught:
    warnings.simplefilter("always")
    pd.read_csv("d.csv", date_format="%Y", parse_dates=["a"], infer_datetime_format=True)
print({item.filename.split("_")[0].rsplit("/", 1)[-1] == "ipykernel" or "ipykernel" in item.filename for item in caught})
`);
    expect(printed).toBe("{True}\n");
  });

  it("leaves functions their signature, source and kind", async () => {
    const { printed } = await run(`
import inspect, types
from sklearn.linear_model import LogisticRegression
for function in (pd.read_csv, pd.DataFrame.to_csv, LogisticRegression.fit, accuracy_score):
    assert isinstance(function, types.FunctionType), function
    assert inspect.getsource(function).lstrip().startswith(("def", "@")), function
    assert "keywords" not in str(inspect.signature(function)), function
    assert "lookback" not in inspect.getsourcefile(inspect.unwrap(function))
print(str(inspect.signature(LogisticRegression().fit)))
`);
    expect(printed).toBe("(X, y, sample_weight=None)\n");
  });

  it("leaves no name behind", async () => {
    const { printed } = await run("print([name for name in globals() if 'lookback_' in name.lower()])");
    expect(printed).toBe("[]\n");
  });

  it("does nothing a second time", async () => {
    const before = readFileSync(journalPath(store, "s"), "utf8").split('"t":"session"').length;
    await observe();
    const { events } = await run("1");
    expect(events.map((event) => event.t)).toEqual(["cell", "done"]);
    expect(readFileSync(journalPath(store, "s"), "utf8").split('"t":"session"').length).toBe(before);
  });

  it("keeps a password out of the journal", async () => {
    await run('password = "hunter2hunter2"').catch(() => undefined);
    expect(readFileSync(journalPath(store, "s"), "utf8")).not.toContain("hunter2hunter2");
  });
});

/** What `observer-models.test.ts` and `observer-files.test.ts` are about. */
const elsewhere = ["fit", "metric", "table", "saved", "kept", "param", "remark", "bytes"];

describe("the journal", () => {
  it("holds every event and field of its schema, and nothing else", () => {
    const { stray, missing } = journalFaults(journalPath(store, "s"));
    expect(stray).toEqual([]);
    expect(missing.filter((kind) => !elsewhere.includes(kind))).toEqual([]);
  });

  it("says who the kernel is, and that nothing ran before", async () => {
    const { entries } = await readJournal(journalPath(store, "s"));
    const { printed } = await run("import os, socket; print(os.getpid(), socket.gethostname())");
    const session = entries[0]?.event as EventOf<"session">;
    expect(session).toMatchObject({ v: journalVersion, ranBefore: 0, notebook: "n.ipynb" });
    expect(`${session.pid} ${session.host}\n`).toBe(printed);
  });
});

describe("a kernel that was observed from its start", () => {
  it("goes on in the journal of whoever knows its notebook, with what ran before", async () => {
    const store = await openStore(mkdtempSync(join(tmpdir(), "lookback-adopted-")));
    const kernel = await launchKernel({ cwd: store.root });
    const options = { compiler: ["node"], startedFrom: null };
    const first = await observerCode(store, { ...options, sessionId: "start", notebook: "unknown" });
    await kernel.execute(`${first}\nget_ipython().lookback_session = "start"`, { silent: true });
    await kernel.execute("x = 1", { cellId: "c0" });
    for (const notebook of ["n.ipynb", "n.ipynb", "other.ipynb", "n.ipynb"])
      await kernel.execute(await observerCode(store, { ...options, sessionId: "known", notebook }), {
        silent: true,
      });
    await kernel.execute("x = 2", { cellId: "c1" });
    expect(existsSync(journalPath(store, "start"))).toBe(false);
    const { entries } = await readJournal(journalPath(store, "known"));
    const told = entries.flatMap(({ event }) =>
      event.t === "session" ? [event.notebook] : event.t === "cell" ? [event.cell] : [],
    );
    expect(told).toEqual(["unknown", "c0", "n.ipynb", "other.ipynb", "c1"]);
    await kernel.shutdown();
  }, 60_000);
});
