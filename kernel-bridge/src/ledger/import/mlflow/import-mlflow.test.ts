import { mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { getFile } from "../../../objects/read-file.ts";
import { checkStore } from "../../check/check-store.ts";
import { compareStored } from "../../compare/compare-stored.ts";
import { deleteRuns } from "../../delete/delete-runs.ts";
import { freshStore } from "../../fixtures/record-one.ts";
import { hasTool, tool } from "../../fixtures/tool.ts";
import { listRuns } from "../../read/list-runs.ts";
import { showRun } from "../../read/show-run.ts";
import { importRuns, planImport } from "../import-runs.ts";
import { readMlflow } from "./read-mlflow.ts";

const folder = () => mkdtempSync(join(tmpdir(), "lookback-import-"));
const quiet = { signal: new AbortController().signal, onProgress: () => undefined };
const python = async () => process.env.LOOKBACK_PYTHON ?? "python3";
const withMlflow = process.env.LOOKBACK_MLFLOW ?? "python3";
const started = Date.UTC(2026, 0, 2);

function write(root: string, files: Readonly<Record<string, string>>): string {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return root;
}

const meta = (id: string, more = "") =>
  `run_id: ${id}\nrun_name: first\nstart_time: ${started}\nend_time: ${started + 5000}\nstatus: 3\nlifecycle_stage: active\nuser_id: ann\n${more}`;

/** A store of one run, as MLflow lays it. */
const store = {
  "mlruns/0/meta.yaml": "experiment_id: '0'\nname: Default\n",
  "mlruns/7/meta.yaml": "experiment_id: '7'\nname: weather\n",
  "mlruns/7/a1/meta.yaml": meta("a1"),
  "mlruns/7/a1/params/depth": "3",
  "mlruns/7/a1/params/code": "007",
  "mlruns/7/a1/metrics/loss": "3 0.25 2\n1 1.0 0\n2 0.5 1\n",
  "mlruns/7/a1/metrics/val/auc": "1 0.9 0\n2 nan 1\n",
  "mlruns/7/a1/tags/team": "ops",
  "mlruns/7/a1/tags/estimator_class": "sklearn.linear_model.LogisticRegression",
  "mlruns/7/a1/tags/mlflow.source.git.commit": "1".repeat(40),
  "mlruns/7/a1/artifacts/data/d.csv": "a,b\n1,2\n",
  "mlruns/7/a1/artifacts/model/MLmodel": "flavors:\n  python_function: {}\n  sklearn: {}\n",
  "mlruns/7/a1/artifacts/model/model.pkl": "pickled",
  "mlruns/7/a1/inputs/x/meta.yaml": "source_id: '0f'\nsource_type: DATASET\n",
  "mlruns/7/datasets/0f/meta.yaml": `name: d\nprofile: '{"num_rows": 3}'\nsource: '{"uri": "data/d.csv"}'\nschema: '{"mlflow_colspec": [{"type": "long", "name": "a"}]}'\n`,
};

describe("an MLflow directory", () => {
  it.each(["1", "RUNNING", "''"])(
    "says of a run whose status is %s that nobody knows how it ended",
    async (status) => {
      const to = await freshStore();
      const running = {
        ...store,
        "mlruns/7/a1/meta.yaml": meta("a1").replace("status: 3", `status: ${status}`),
      };
      const { added } = await importRuns(to, await readMlflow(write(folder(), running), python), quiet);
      const { outcome, notes } = await showRun(to, added[0]!.id);
      expect(outcome).toEqual({ kind: "interrupted", cellId: null });
      expect(notes.map(({ message }) => message)).toContainEqual(
        expect.stringMatching(/^How it ended is not known/),
      );
    },
  );

  it("becomes runs with metrics as series, parameters, tags, artifacts, inputs and models", async () => {
    const to = await freshStore();
    const done = await importRuns(to, await readMlflow(write(folder(), store), python), quiet);
    expect(done).toMatchObject({ added: [{ group: "weather", name: "first" }], known: 0, problems: [] });
    const run = await showRun(to, done.added[0]!.id);
    expect(run).toMatchObject({
      notebook: "weather",
      startedAt: new Date(started).toISOString(),
      durationMs: 5000,
      outcome: { kind: "ok" },
      session: { startedFrom: "MLflow import", cellsBefore: null },
      author: { name: "ann" },
      parameters: { depth: 3, code: "007" },
      tags: ["estimator_class: sklearn.linear_model.LogisticRegression", "team: ops"],
      git: { head: "1".repeat(40), dirty: null },
      trust: null,
    });
    expect(run.metrics.map(({ name, value, values }) => [name, value, values])).toEqual([
      ["loss", 0.25, [1, 0.5, 0.25]],
      ["val/auc", 0.9, null],
    ]);
    expect(run.models).toMatchObject([
      {
        className: "sklearn.linear_model.LogisticRegression",
        saved: ["mlflow/7/a1/artifacts/model/MLmodel", "mlflow/7/a1/artifacts/model/model.pkl"],
      },
    ]);
    expect(run.datasets[0]).toMatchObject({
      path: "data/d.csv",
      access: "read",
      rows: 3,
      columns: [{ name: "a", type: "long" }],
      sha256: null,
      stored: false,
    });
    const artifact = run.datasets.find(({ path }) => path === "mlflow/7/a1/artifacts/data/d.csv")!;
    expect(artifact).toMatchObject({ access: "write", stored: true, size: 8 });
    expect((await getFile(to.objects, artifact.sha256!)).toString()).toBe("a,b\n1,2\n");
    expect(run.notes.map(({ code }) => code)).toEqual([
      "import/not-known",
      "import/not-finite",
      "import/no-bytes",
    ]);
    expect((await listRuns(to)).runs).toMatchObject([
      { marks: { name: "first" }, trust: "unchecked", metrics: { loss: 0.25, "val/auc": 0.9 } },
    ]);
    expect((await checkStore(to)).faults).toEqual([]);
  });

  it("adds nothing the second time, brings nothing back that was deleted, and has the same ids elsewhere", async () => {
    const from = write(folder(), store);
    const [to, other] = [await freshStore(), await freshStore()];
    const plan = await planImport(to, await readMlflow(from, python), quiet);
    expect((await listRuns(to)).runs).toEqual([]);
    const first = await importRuns(to, await readMlflow(from, python), quiet);
    expect(plan).toEqual(first);
    expect(await importRuns(to, await readMlflow(join(from, "mlruns"), python), quiet)).toMatchObject({
      added: [],
      known: 1,
    });
    expect((await importRuns(other, await readMlflow(from, python), quiet)).added).toEqual(first.added);
    const by = { name: "Ann", email: null, agent: null };
    await deleteRuns(to, [first.added[0]!.id], { by, confirmed: true });
    expect(await importRuns(to, await readMlflow(from, python), quiet)).toMatchObject({
      added: [],
      known: 1,
    });
    expect((await listRuns(to)).runs).toEqual([]);
  });

  it("compares, and says that nobody knows the code", async () => {
    const again = Object.fromEntries(
      Object.entries(store).flatMap(([path, text]) => [
        [path, text],
        [path.replace("/a1/", "/b2/"), text.replace("run_id: a1", "run_id: b2").replace("0.25 2", "0.2 2")],
      ]),
    );
    const to = await freshStore();
    const { added } = await importRuns(to, await readMlflow(write(folder(), again), python), quiet);
    expect(added).toHaveLength(2);
    const { verdict, values } = await compareStored(added.map(({ id }) => ({ store: to, id })));
    expect(verdict.doubts.join(" ")).toMatch(/Which cells ran in either run is not known/);
    expect(verdict.parts.map(({ text }) => text).join("")).not.toMatch(/same code/i);
    expect(values.find(({ name }) => name === "loss")).toMatchObject({ isEqual: false });
  });

  it("passes over what is broken or would lead out, says so, and keeps no secret", async () => {
    const key = `AKIA${"Q3ZK7LMN2PXW5RTV"}`;
    const from = write(folder(), {
      ...store,
      "mlruns/7/broken/meta.yaml": "run_id: [unclosed",
      "mlruns/7/gone/meta.yaml": meta("gone").replace("active", "deleted"),
      "mlruns/7/bomb/meta.yaml": `a: &a [x,x,x,x,x,x,x,x,x]\n${[..."bcdefghi"].map((name, at) => `${name}: &${name} [${Array(9).fill(`*${"abcdefgh"[at]}`).join(",")}]\n`).join("")}`,
      "mlruns/7/a1/params/aws_access_key_id": key,
      "mlruns/7/a1/artifacts/.aws/credentials": `[default]\naws_access_key_id = ${key}\n`,
      "mlruns/7/a1/artifacts/log.txt": `used ${key}\n`,
      "outside.txt": "outside",
    });
    symlinkSync(join(from, "outside.txt"), join(from, "mlruns/7/a1/artifacts/link.txt"));
    symlinkSync("/", join(from, "mlruns/7/a1/artifacts/all"));
    const to = await freshStore();
    const done = await importRuns(to, await readMlflow(from, python), quiet);
    expect(done.added).toHaveLength(1);
    expect(done.problems).toEqual([
      expect.stringMatching(/^The run bomb of weather has no meta\.yaml that can be read/),
      expect.stringMatching(/^The run broken of weather has no meta\.yaml that can be read/),
      expect.stringMatching(/^The run gone of weather is deleted in MLflow/),
    ]);
    const run = await showRun(to, done.added[0]!.id);
    expect(JSON.stringify(run)).not.toContain(key);
    const named = run.datasets.map(({ path }) => path);
    expect(named.filter((path) => /link|all|outside|credentials/.test(path))).toEqual([]);
    expect(run.datasets.find(({ path }) => path.endsWith("log.txt"))).toMatchObject({ stored: false });
    expect(run.notes.map(({ message }) => message).join(" ")).toMatch(/artifacts\/all is a link/);
  });

  it("names the runs of an experiment that lost every meta.yaml, beside one that can be read", async () => {
    const from = write(folder(), {
      ...store,
      "mlruns/8/c3/metrics/loss": "1 0.5 0\n",
      "mlruns/8/d4/params/depth": "3",
      "mlruns/9/e5/artifacts/only.txt": "kept elsewhere",
    });
    const { added, problems } = await importRuns(await freshStore(), await readMlflow(from, python), quiet);
    expect(added).toHaveLength(1);
    expect(problems).toEqual([
      expect.stringMatching(/^The experiment 8 has no meta.yaml/),
      expect.stringMatching(/^The run c3 of 8 has no meta.yaml/),
      expect.stringMatching(/^The run d4 of 8 has no meta.yaml/),
    ]);
  });

  it("is not taken for one where there is none", async () => {
    await expect(readMlflow(folder(), python)).rejects.toMatchObject({ code: "import/nothing-there" });
  });

  it.runIf(hasTool(withMlflow, "-c", "import mlflow"))(
    "is read as MLflow itself wrote it",
    { timeout: 120_000 },
    async () => {
      const from = folder();
      const script = `
import mlflow
mlflow.set_tracking_uri("file://${from}/mlruns")
mlflow.set_experiment("real")
with mlflow.start_run(run_name="one"):
    mlflow.log_param("depth", 3)
    for step in range(3): mlflow.log_metric("loss", 1 / (step + 1), step=step)
    mlflow.log_text("hello", "notes/a.txt")
`;
      process.env.MLFLOW_ALLOW_FILE_STORE = "true";
      tool(from, withMlflow, "-c", script);
      const to = await freshStore();
      const { added, problems } = await importRuns(to, await readMlflow(from, python), quiet);
      expect(problems).toEqual([]);
      const run = await showRun(to, added[0]!.id);
      expect(added[0]).toMatchObject({ group: "real", name: "one" });
      expect(run.parameters).toEqual({ depth: 3 });
      expect(run.metrics[0]).toMatchObject({ name: "loss", value: 1 / 3, values: [1, 0.5, 1 / 3] });
      expect(run.datasets).toMatchObject([
        { path: expect.stringMatching(/artifacts\/notes\/a\.txt$/), size: 5 },
      ]);
    },
  );
});

/** As MLflow's database lays it, with what its versions have in common and what the newer ones add. */
const schema = `
CREATE TABLE experiments (experiment_id INTEGER, name TEXT);
CREATE TABLE runs (run_uuid TEXT, name TEXT, user_id TEXT, status TEXT, start_time BIGINT, end_time BIGINT, lifecycle_stage TEXT, artifact_uri TEXT, experiment_id INTEGER);
CREATE TABLE params (key TEXT, value TEXT, run_uuid TEXT);
CREATE TABLE tags (key TEXT, value TEXT, run_uuid TEXT);
CREATE TABLE metrics (key TEXT, value FLOAT, timestamp BIGINT, run_uuid TEXT, step BIGINT, is_nan BOOLEAN);
INSERT INTO experiments VALUES (7, 'weather');
INSERT INTO runs VALUES ('a1', 'first', 'ann', 'FINISHED', ${started}, ${started + 5000}, 'active', '@/mlruns/7/a1/artifacts', 7);
INSERT INTO params VALUES ('depth', '3', 'a1'), ('code', '007', 'a1');
INSERT INTO tags VALUES ('team', 'ops', 'a1'), ('estimator_class', 'sklearn.linear_model.LogisticRegression', 'a1'), ('mlflow.source.git.commit', '${"1".repeat(40)}', 'a1');
INSERT INTO metrics VALUES ('loss', 0.25, 3, 'a1', 2, 0), ('loss', 1.0, 1, 'a1', 0, 0), ('loss', 0.5, 2, 'a1', 1, 0);
INSERT INTO metrics VALUES ('val/auc', 0.9, 1, 'a1', 0, 0), ('val/auc', 0.0, 2, 'a1', 1, 1), ('val/auc', 1.7976931348623157e308, 3, 'a1', 2, 0);
`;

const ofNewer = `
CREATE TABLE datasets (dataset_uuid TEXT, experiment_id INTEGER, name TEXT, dataset_source TEXT, dataset_schema TEXT, dataset_profile TEXT);
CREATE TABLE inputs (source_type TEXT, source_id TEXT, destination_type TEXT, destination_id TEXT);
CREATE TABLE logged_models (model_id TEXT, artifact_location TEXT, source_run_id TEXT);
INSERT INTO datasets VALUES ('0f', 7, 'd', '{"uri": "data/d.csv"}', '{"mlflow_colspec": [{"type": "long", "name": "a"}]}', '{"num_rows": 3}');
INSERT INTO inputs VALUES ('DATASET', '0f', 'RUN', 'a1'), ('RUN_OUTPUT', 'a1', 'MODEL_OUTPUT', 'm-1');
INSERT INTO logged_models VALUES ('m-1', '@/mlruns/7/models/m-1/artifacts', 'a1');
`;

/** Lays a database with artifacts beside it; `@` in its texts is the folder. */
async function database(sql: string, at = folder()): Promise<string> {
  write(at, {
    "mlruns/7/a1/artifacts/data/d.csv": "a,b\n1,2\n",
    "mlruns/7/models/m-1/artifacts/MLmodel": "flavors:\n  python_function: {}\n  sklearn: {}\n",
    "mlruns/7/models/m-1/artifacts/model.pkl": "pickled",
  });
  const program = "import sqlite3, sys; sqlite3.connect('mlflow.db').executescript(sys.argv[1])";
  tool(at, await python(), "-c", program, sql.replaceAll("@", at));
  return at;
}

describe("an MLflow database", () => {
  it("becomes the same runs as files do", async () => {
    const to = await freshStore();
    const from = await database(schema + ofNewer);
    const done = await importRuns(to, await readMlflow(from, python), quiet);
    expect(done).toMatchObject({ added: [{ group: "weather", name: "first" }], known: 0, problems: [] });
    const run = await showRun(to, done.added[0]!.id);
    expect(run).toMatchObject({
      startedAt: new Date(started).toISOString(),
      durationMs: 5000,
      outcome: { kind: "ok" },
      author: { name: "ann" },
      parameters: { depth: 3, code: "007" },
      tags: ["estimator_class: sklearn.linear_model.LogisticRegression", "team: ops"],
      git: { head: "1".repeat(40) },
    });
    expect(run.metrics.map(({ name, value, values }) => [name, value, values])).toEqual([
      ["loss", 0.25, [1, 0.5, 0.25]],
      ["val/auc", 0.9, null],
    ]);
    expect(run.notes.map(({ message }) => message).join()).toMatch(/2 of 3 values of the metric val\/auc/);
    expect(run.models).toMatchObject([
      {
        className: "sklearn.linear_model.LogisticRegression",
        saved: ["mlflow/7/a1/models/m-1/MLmodel", "mlflow/7/a1/models/m-1/model.pkl"],
      },
    ]);
    expect(run.datasets[0]).toMatchObject({ path: "data/d.csv", access: "read", rows: 3, stored: false });
    const artifact = run.datasets.find(({ path }) => path === "mlflow/7/a1/artifacts/data/d.csv")!;
    expect((await getFile(to.objects, artifact.sha256!)).toString()).toBe("a,b\n1,2\n");
    for (const path of [join(from, "mlflow.db"), join(from, "mlruns")])
      expect(await importRuns(to, await readMlflow(path, python), quiet)).toMatchObject({
        added: [],
        known: 1,
      });
  });

  it("is read as older versions wrote it, and beside runs as files", async () => {
    const from = await database(schema.replaceAll("'a1'", "'b2'"), write(folder(), store));
    const done = await importRuns(await freshStore(), await readMlflow(from, python), quiet);
    expect(done.problems).toEqual([]);
    expect(done.added).toHaveLength(2);
  });

  it("takes artifacts that were moved with it, and none from elsewhere", async () => {
    const other = folder();
    write(other, { "secret.txt": "of somebody" });
    const here = write(folder(), {
      ".git/config": "url = https://token@host",
      "code/a.txt": "kept",
      "code/.git/config": "url = https://token@host",
      "code/.git/refs/main": "1",
    });
    const from = await database(
      `${schema}
INSERT INTO runs VALUES ('c3', 'hostile', 'eve', 'FINISHED', ${started}, ${started}, 'active', '${other}', 7);
INSERT INTO runs VALUES ('d4', 'climbing', 'eve', 'FINISHED', ${started}, ${started}, 'active', '@/mlruns/../..', 7);
INSERT INTO runs VALUES ('e5', 'bucket', 'eve', 'FINISHED', ${started}, ${started}, 'active', 's3://b/e5', 7);
INSERT INTO runs VALUES ('g7', 'hidden', 'eve', 'FINISHED', ${started}, ${started}, 'active', '@/.git', 7);
INSERT INTO runs VALUES ('h8', 'around', 'eve', 'FINISHED', ${started}, ${started}, 'active', '@/code', 7);
INSERT INTO runs VALUES ('f6', 'gone', 'eve', 'FINISHED', ${started}, ${started}, 'deleted', '', 7);
UPDATE runs SET artifact_uri = 'file:///elsewhere/mlruns/7/a1/artifacts' WHERE run_uuid = 'a1';`,
      here,
    );
    const to = await freshStore();
    const { added, problems } = await importRuns(to, await readMlflow(from, python), quiet);
    expect(problems).toEqual([expect.stringMatching(/^The run f6 of weather is deleted in MLflow/)]);
    const found = new Map<string | null, Awaited<ReturnType<typeof showRun>>>();
    for (const { id, name } of added) found.set(name, await showRun(to, id));
    expect(found.get("first")?.datasets.map(({ path }) => path)).toEqual([
      "mlflow/7/a1/artifacts/data/d.csv",
    ]);
    expect(found.get("around")?.datasets.map(({ path }) => path)).toEqual(["mlflow/7/h8/artifacts/a.txt"]);
    expect(found.get("around")?.notes).toContainEqual({
      code: "import/hidden",
      message: "mlflow/7/h8/artifacts/.git is a hidden folder: what it holds was not imported.",
    });
    for (const name of ["hostile", "climbing", "bucket", "hidden"]) {
      expect(found.get(name)?.datasets).toEqual([]);
      expect(found.get(name)?.notes.map(({ code }) => code)).toContain("import/artifacts");
    }
  });

  it("fails in words where the file is none", async () => {
    const from = write(folder(), { "mlflow.db": "no database ".repeat(100) });
    const reading = importRuns(await freshStore(), await readMlflow(from, python), quiet);
    await expect(reading).rejects.toMatchObject({
      code: "import/database",
      message: expect.stringContaining("not a database"),
    });
  });

  it.runIf(hasTool(withMlflow, "-c", "import mlflow"))(
    "is read as MLflow itself wrote it",
    { timeout: 240_000 },
    async () => {
      const from = folder();
      const script = `
import mlflow
mlflow.set_tracking_uri("sqlite:///${from}/mlflow.db")
mlflow.set_experiment("real")
with mlflow.start_run(run_name="one"):
    mlflow.log_param("depth", 3)
    for step in range(3): mlflow.log_metric("loss", 1 / (step + 1), step=step)
    mlflow.log_text("hello", "notes/a.txt")
`;
      tool(from, withMlflow, "-c", script);
      const to = await freshStore();
      const { added, problems } = await importRuns(to, await readMlflow(from, python), quiet);
      expect(problems).toEqual([]);
      expect(added).toMatchObject([{ group: "real", name: "one" }]);
      const run = await showRun(to, added[0]!.id);
      expect(run.parameters).toEqual({ depth: 3 });
      expect(run.metrics[0]).toMatchObject({ name: "loss", value: 1 / 3, values: [1, 0.5, 1 / 3] });
      expect(run.datasets).toMatchObject([
        { path: expect.stringMatching(/artifacts\/notes\/a\.txt$/), size: 5 },
      ]);
    },
  );
});
