import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { observerCode } from "../journal/observer-code.ts";
import { launchKernel } from "../kernels/launch-kernel.ts";
import { runNotebook } from "../kernels/run-notebook.ts";
import { redactText } from "../secrets/redact/redact-text.ts";
import { checkStore } from "./check/check-store.ts";
import { joinNotebook, splitNotebook } from "./format/split-notebook.ts";
import { readIndex } from "./index/run-index.ts";
import { pinRun, pinsByCommit, unpinRun } from "./pins/pins.ts";
import { listRuns } from "./read/list-runs.ts";
import { readRunNotebook } from "./read/read-run-notebook.ts";
import { showRun } from "./read/show-run.ts";
import { recordRun } from "./record/record-run.ts";
import { recoverRuns } from "./record/recover-runs.ts";
import { restoreRun } from "./restore/restore-run.ts";
import { openStore } from "./store/open-store.ts";
import { journalPath, type Store } from "./store/store.ts";

const folder = () => mkdtempSync(join(tmpdir(), "lookback-ledger-"));
const notebookText = (sources: readonly string[], indent = 1) =>
  `${JSON.stringify(
    {
      cells: sources.map((source, at) => ({
        cell_type: "code",
        execution_count: null,
        id: `c${at}`,
        metadata: {},
        outputs: [],
        source,
      })),
      metadata: {},
      nbformat: 4,
      nbformat_minor: 5,
    },
    null,
    indent,
  )}\n`;

const journal = (store: Store, session: string, ...events: object[]) =>
  writeFileSync(
    journalPath(store, session),
    events.map((event) => `${JSON.stringify({ at: "2026-01-02T03:04:05.000Z", ...event })}\n`).join(""),
  );
const session = {
  t: "session",
  v: 2,
  notebook: "n.ipynb",
  pid: process.pid,
  host: null,
  started: null,
  ranBefore: 0,
  cwd: "/",
};
const ran = (cell: string, source: string, ...events: object[]) => [
  { t: "cell", cell, source, sha256: "0".repeat(64) },
  ...events.map((event) => ({ cell, ...event })),
  { t: "done", cell, outcome: "ok", error: null, durationMs: 1 },
];

describe("a real kernel, observed", () => {
  it("records data, model, score and error of a run without touching the person's names", async () => {
    const root = folder();
    const store = await openStore(root);
    const kernel = await launchKernel({ cwd: root });
    const code = await observerCode(store, {
      sessionId: "s1",
      notebook: "n.ipynb",
      compiler: ["node", "x"],
      startedFrom: "here",
    });
    expect((await kernel.execute(code, { silent: true })).error).toBeNull();
    const text = notebookText([
      "import pandas as pd\npd.DataFrame({'a': range(40), 'b': [0, 1] * 20}).to_csv('d.csv', index=False)",
      "from sklearn.linear_model import LogisticRegression\nfrom sklearn.pipeline import make_pipeline\nfrom sklearn.preprocessing import StandardScaler\nfrom sklearn.metrics import roc_auc_score\ndf = pd.read_csv('d.csv')\nmodel = make_pipeline(StandardScaler(), LogisticRegression(C=0.5)).fit(df[['a']], df['b'])",
      "print(roc_auc_score(df['b'], model.predict_proba(df[['a']])[:, 1]))\nprint([n for n in dir() if 'lookback' in n.lower() or n == 'Observer'])",
      "{}['visib']",
    ]);
    const ended = await runNotebook(text, { kernel });
    expect(ended.outcome).toMatchObject({ kind: "error", name: "KeyError" });
    const run = await recordRun(store, {
      sessionId: "s1",
      notebook: "n.ipynb",
      notebookText: ended.text,
      linter: null,
    });
    await kernel.shutdown();
    expect(run?.outcome).toEqual({ kind: "error", name: "KeyError", message: "'visib'", cellId: "c3" });
    expect(run?.cells.map((cell) => [cell.cellId, cell.outcome, cell.edited])).toEqual([
      ["c0", "ok", false],
      ["c1", "ok", false],
      ["c2", "ok", false],
      ["c3", "error", false],
    ]);
    const sha256 = execFileSync("sha256sum", [join(root, "d.csv")], { encoding: "utf8" }).slice(0, 64);
    expect(run?.datasets.find((each) => each.access === "read")).toMatchObject({
      path: "d.csv",
      sha256,
      rows: 40,
      stored: true,
      cellId: "c1",
    });
    expect(run?.datasets.find((each) => each.access === "write")).toMatchObject({
      path: "d.csv",
      sha256,
      cellId: "c0",
    });
    expect(run?.models).toHaveLength(1);
    expect(run?.models[0]).toMatchObject({
      className: "sklearn.pipeline.Pipeline",
      steps: ["sklearn.preprocessing.StandardScaler", "sklearn.linear_model.LogisticRegression"],
      variable: "model",
      rows: 40,
      features: ["a"],
    });
    expect(run?.models[0]?.parameters.logisticregression__C).toBe(0.5);
    expect(run?.metrics).toMatchObject([{ name: "roc_auc_score", rows: 40, cellId: "c2" }]);
    expect(run?.environment.packages["scikit-learn"]).toMatch(/^1\./);
    expect(run?.notes).toEqual([]);
    expect(ended.text).toContain("[]\\n");
    expect(await checkStore(store)).toMatchObject({ runs: 1, faults: [], pending: [] });
    execFileSync("git", ["fsck", "--strict"], { cwd: store.gitdir, stdio: "pipe" });
    const [summary] = (await listRuns(store)).runs;
    expect(summary).toMatchObject({
      model: "sklearn.pipeline.Pipeline",
      trust: "unchecked",
      notRead: null,
      cellsRun: 4,
      cellCount: 4,
    });
  });
});

describe("the ledger", () => {
  it.each([
    ["as nbformat writes it", notebookText(["x = 1", "y = 'é \u2028'"])],
    ["with other indents", notebookText(["x = 1"], 3)],
    ["without a last line feed", notebookText(["x"]).trimEnd()],
    ["with ids that lead out of their folder", notebookText(["x"]).replace('"c0"', '"../../../evil"')],
  ])("gives a notebook back byte for byte: %s", (_, text) => {
    const { files } = splitNotebook({ text, encoding: { name: "utf-8", mark: false } });
    expect(joinNotebook(files)).toBe(text);
    expect([...files.keys()].filter((path) => path.includes(".."))).toEqual([]);
  });

  it("restores notebook and data, and refuses to overwrite", async () => {
    const root = folder();
    const store = await openStore(root);
    const bytes = Buffer.from(Array.from({ length: 300_000 }, (_, at) => (at * 7919) % 251));
    writeFileSync(join(root, "d.csv"), bytes);
    journal(
      store,
      "s",
      session,
      ...ran("c0", "x", {
        t: "read",
        path: join(root, "d.csv"),
        size: null,
        mtimeNs: null,
        rows: 3,
        columns: null,
      }),
    );
    const text = notebookText(["x"], 2);
    const run = await recordRun(store, {
      sessionId: "s",
      notebook: "sub/n.ipynb",
      notebookText: text,
      linter: null,
    });
    const target = folder();
    const { written } = await restoreRun(store, run?.id.slice(0, 12) ?? "", target);
    expect(written).toEqual([join(target, "sub", "n.ipynb"), join(target, "d.csv")]);
    expect(readFileSync(join(target, "d.csv")).equals(bytes)).toBe(true);
    expect(readFileSync(join(target, "sub", "n.ipynb"), "utf8")).toBe(text);
    writeFileSync(join(target, "d.csv"), "mine");
    await expect(restoreRun(store, run?.id ?? "", target)).rejects.toMatchObject({
      code: "ledger/would-overwrite",
    });
    expect(readFileSync(join(target, "d.csv"), "utf8")).toBe("mine");
  });

  it("records each cell once, and nothing while one is running", async () => {
    const store = await openStore(folder());
    const options = {
      sessionId: "s",
      notebook: "n.ipynb",
      notebookText: notebookText(["a", "b"]),
      linter: null,
    };
    journal(store, "s", session, ...ran("c0", "a"), {
      t: "cell",
      cell: "c1",
      source: "b",
      sha256: "1".repeat(64),
    });
    expect(await recordRun(store, options)).toBeNull();
    journal(store, "s", session, ...ran("c0", "a"), ...ran("c1", "b"));
    const both = await Promise.all([recordRun(store, options), recordRun(store, options)]);
    const cells = both.flatMap((run) => (run === null ? [] : [run.cells.map((cell) => cell.cellId)]));
    expect(cells).toEqual([["c0", "c1"]]);
    journal(store, "s", session, ...ran("c0", "a"), ...ran("c1", "b"), ...ran("c0", "a"));
    const third = await recordRun(store, options);
    expect(third?.cells.map((cell) => cell.cellId)).toEqual(["c0"]);
    expect(third?.session.cellsBefore).toBe(2);
  });

  it("marks data that changed after it was read", async () => {
    const root = folder();
    const store = await openStore(root);
    writeFileSync(join(root, "d.csv"), "now");
    journal(
      store,
      "s",
      session,
      ...ran("c0", "x", {
        t: "read",
        path: join(root, "d.csv"),
        size: 3,
        mtimeNs: "1",
        rows: null,
        columns: null,
      }),
    );
    const run = await recordRun(store, {
      sessionId: "s",
      notebook: "n.ipynb",
      notebookText: notebookText(["x"]),
      linter: null,
    });
    expect(run?.datasets[0]?.unstable).toBe(true);
    expect(run?.notes.map((note) => note.code)).toEqual(["data/unstable"]);
  });

  it("keeps secrets out, and says so", async () => {
    const store = await openStore(folder());
    const token = `ghp_${"a1".repeat(18)}`;
    const text = notebookText([`token = "${token}"`, 'api_key="abcdefgh12345"']);
    journal(store, "s", session, ...ran("c0", "x"));
    const run = await recordRun(store, {
      sessionId: "s",
      notebook: "n.ipynb",
      notebookText: text,
      linter: null,
    });
    expect(run?.notes.map((note) => note.code)).toEqual(["secrets/redacted"]);
    const kept = Buffer.from(await readRunNotebook(store, run?.id ?? "")).toString("utf8");
    expect(kept).not.toContain(token);
    expect(kept).toContain('api_key=\\"[redacted]\\"');
    expect(redactText("https://me:hunter2@host/x").text).toBe("https://[redacted]@host/x");
    expect(redactText("password length = 8").found).toEqual([]);
  });

  it("recovers what a dead kernel left, with a torn last line", async () => {
    const store = await openStore(folder());
    journal(store, "s", { ...session, pid: 2 ** 22 + 1 }, ...ran("c0", "x = 1"), {
      t: "cell",
      cell: "c1",
      source: "y",
      sha256: "1".repeat(64),
    });
    writeFileSync(journalPath(store, "s"), '{"t":"read","pa', { flag: "a" });
    const [run, ...more] = await recoverRuns(store, null);
    expect(more).toEqual([]);
    expect(run?.outcome).toEqual({ kind: "interrupted", cellId: "c1", cutOff: "death" });
    // Nobody saw how long it took.
    expect(run?.cells.map(({ durationMs }) => durationMs)).toEqual([1, null]);
    expect(run?.durationMs).toBeNull();
    expect((await readIndex(store)).entries.map(({ summary }) => summary.durationMs)).toEqual([null]);
    expect((await showRun(store, run?.id ?? "")).durationMs).toBeNull();
    expect(run?.notes.map((note) => note.code)).toEqual(["ledger/recovered"]);
    expect(await recoverRuns(store, null)).toEqual([]);
  });

  it("rebuilds a lost or torn index from git", async () => {
    const store = await openStore(folder());
    journal(store, "s", session, ...ran("c0", "x"));
    const run = await recordRun(store, {
      sessionId: "s",
      notebook: "n.ipynb",
      notebookText: notebookText(["x"]),
      linter: null,
    });
    for (const broken of ["", '{"commit":"', "[]"]) {
      writeFileSync(join(store.dir, "index.jsonl"), broken);
      expect((await readIndex(store)).entries.map((entry) => entry.summary.id)).toEqual([run?.id]);
    }
  });

  it("pins a run for a deployment of any name", async () => {
    const store = await openStore(folder());
    journal(store, "s", session, ...ran("c0", "x"));
    const run = await recordRun(store, {
      sessionId: "s",
      notebook: "n.ipynb",
      notebookText: notebookText(["x"]),
      linter: null,
    });
    await pinRun(store, "late-flight@3", run?.id ?? "");
    await pinRun(store, "übel/../x@1", run?.id ?? "");
    expect([...(await pinsByCommit(store)).pins.values()].flat().sort()).toEqual([
      "late-flight@3",
      "übel/../x@1",
    ]);
    expect((await listRuns(store)).runs[0]?.pinnedBy).toHaveLength(2);
    await unpinRun(store, "late-flight@3");
    expect([...(await pinsByCommit(store)).pins.values()].flat()).toEqual(["übel/../x@1"]);
  });

  it("notices a changed byte in a stored file, and heals it with the next run that reads it", async () => {
    const root = folder();
    const store = await openStore(root);
    const path = join(root, "d.csv");
    writeFileSync(path, "a,b\n1,2\n");
    const record = (sessionId: string) => {
      const read = { t: "read", path, size: null, mtimeNs: null, rows: null, columns: null };
      journal(store, sessionId, session, ...ran("c0", "x", read));
      const notebook = { notebook: "n.ipynb", notebookText: notebookText(["x"]) };
      return recordRun(store, { sessionId, ...notebook, linter: null });
    };
    const first = await record("s");
    const [segment] = execFileSync("find", [store.objects.dir, "-name", "*.segment"], { encoding: "utf8" })
      .trim()
      .split("\n");
    const stored = readFileSync(segment ?? "");
    stored.set(Buffer.from("3"), stored.indexOf("2\n"));
    writeFileSync(segment ?? "", stored);
    expect((await checkStore(store)).faults.join()).toMatch(/changed on disk/);
    await record("t");
    expect((await checkStore(store)).faults).toEqual([]);
    const target = folder();
    await restoreRun(store, first?.id ?? "", target);
    expect(readFileSync(join(target, "d.csv"), "utf8")).toBe("a,b\n1,2\n");
  });

  it("lies in the common folder of a repository's worktrees and leaves the repository alone", async () => {
    const root = folder();
    const git = (...args: string[]) => execFileSync("git", args, { cwd: root, encoding: "utf8" });
    git("init", "-q");
    git("-c", "user.name=a", "-c", "user.email=a@b", "commit", "-q", "--allow-empty", "-m", "x");
    git("worktree", "add", "-q", "tree");
    mkdirSync(join(root, "tree", "deep"));
    const store = await openStore(join(root, "tree", "deep"));
    expect(store.dir).toBe(join(root, ".git", "lookback"));
    journal(store, "s", session, ...ran("c0", "x"));
    const run = await recordRun(store, {
      sessionId: "s",
      notebook: "n.ipynb",
      notebookText: notebookText(["x"]),
      linter: null,
    });
    expect(run?.git).toMatchObject({ branch: "tree", dirty: false });
    expect(git("status", "--porcelain").trim()).toBe("?? tree/");
    expect(git("for-each-ref").includes("lookback")).toBe(false);
  });
});
