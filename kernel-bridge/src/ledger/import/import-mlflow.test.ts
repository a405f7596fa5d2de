import { mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { getFile } from "../../objects/read-file.ts";
import { checkStore } from "../check/check-store.ts";
import { compareStored } from "../compare/compare-stored.ts";
import { deleteRuns } from "../delete/delete-runs.ts";
import { freshStore } from "../fixtures/record-one.ts";
import { hasTool, tool } from "../fixtures/tool.ts";
import { listRuns } from "../read/list-runs.ts";
import { showRun } from "../read/show-run.ts";
import { importRuns, planImport } from "./import-runs.ts";
import { readMlflow } from "./read-mlflow.ts";

const folder = () => mkdtempSync(join(tmpdir(), "lookback-import-"));
const quiet = { signal: new AbortController().signal, onProgress: () => undefined };
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
  it("becomes runs with metrics as series, parameters, tags, artifacts, inputs and models", async () => {
    const to = await freshStore();
    const done = await importRuns(to, await readMlflow(write(folder(), store)), quiet);
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
    const plan = await planImport(to, await readMlflow(from), quiet);
    expect((await listRuns(to)).runs).toEqual([]);
    const first = await importRuns(to, await readMlflow(from), quiet);
    expect(plan).toEqual(first);
    expect(await importRuns(to, await readMlflow(join(from, "mlruns")), quiet)).toMatchObject({
      added: [],
      known: 1,
    });
    expect((await importRuns(other, await readMlflow(from), quiet)).added).toEqual(first.added);
    const by = { name: "Ann", email: null, agent: null };
    await deleteRuns(to, [first.added[0]!.id], { by, confirmed: true });
    expect(await importRuns(to, await readMlflow(from), quiet)).toMatchObject({ added: [], known: 1 });
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
    const { added } = await importRuns(to, await readMlflow(write(folder(), again)), quiet);
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
    const done = await importRuns(to, await readMlflow(from), quiet);
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

  it("is not taken for one where there is none", async () => {
    await expect(readMlflow(folder())).rejects.toMatchObject({ code: "import/nothing-there" });
  });

  const python = process.env.LOOKBACK_MLFLOW ?? "python3";
  it.runIf(hasTool(python, "-c", "import mlflow"))(
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
      tool(from, python, "-c", script);
      const to = await freshStore();
      const { added, problems } = await importRuns(to, await readMlflow(from), quiet);
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
