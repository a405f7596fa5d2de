import { createHash } from "node:crypto";
import type { DatasetUse, ModelFit, Run } from "@lookback/kernel-bridge/ledger/format/run.ts";
import { readDefinitions } from "@lookback/language/features/read/read-definitions.ts";
import { resolveTrainingSet } from "@lookback/language/join/resolve/resolve-training-set.ts";
import { notebookOf } from "@lookback/language/notebook/notebook.ts";
import { readPlan } from "@lookback/pipeline/plan/read-plan.ts";
import { describe, expect, it } from "vitest";
import { loadPython } from "../../files/load-python.ts";
import type { Joined, ReleaseParts } from "./plan-release.ts";
import { renderRelease } from "./render-release.ts";

const sources = [
  "from datetime import timedelta\nfrom lookback import Entity, FeatureView, Field, FileSource, Float64, TrainingSet",
  `shop = Entity(name="shop", join_keys=["shop"])
orders = FileSource(name="orders", path="data/orders.parquet", timestamp_field="at")
visits = FileSource(name="visits", path="data/visits.parquet", timestamp_field="at")`,
  `shop_visits = FeatureView(name="shop_visits", entities=[shop], source=visits, ttl=timedelta(days=2),
    data_delay=timedelta(minutes=5), schema=[Field(name="visitors", dtype=Float64)])
returned = TrainingSet(name="returned", spine=orders, label="returned", features=["shop_visits:visitors"])`,
  "print(1)",
  "model.fit(rows)",
];

const columns = {
  "data/orders.parquet": [
    { name: "shop", type: "VARCHAR" },
    { name: "at", type: "TIMESTAMP" },
    { name: "price", type: "DOUBLE" },
    { name: "returned", type: "BOOLEAN" },
  ],
  "data/visits.parquet": [
    { name: "shop", type: "VARCHAR" },
    { name: "at", type: "TIMESTAMP" },
    { name: "visitors", type: "DOUBLE" },
  ],
};

const run: Run = {
  id: "01KAGZ0000000000000000RUN1",
  notebook: "n/returns.ipynb",
  startedAt: "2024-05-01T12:00:00.000Z",
  durationMs: 1000,
  outcome: { kind: "ok" },
  session: { startedFrom: null, id: "s", cellsBefore: 0, journalEnd: 0 },
  author: null,
  cells: [],
  cellCount: 5,
  datasets: [
    {
      path: "n/data/visits.parquet",
      access: "read",
      sha256: "ab".repeat(32),
      size: 10,
      rows: null,
      columns: null,
      unstable: false,
      cellId: "c2",
      stored: true,
    } as DatasetUse,
  ],
  models: [],
  tables: [],
  tags: [],
  remarks: [],
  metrics: [],
  parameters: {},
  environment: {
    python: "3.12.1",
    platform: "Linux",
    packages: { pandas: "2.3.0", NumPy: "2.1.0" },
    processor: null,
    processors: null,
    memoryBytes: null,
    gpus: null,
    variables: null,
  },
  git: null,
  trust: null,
  goneNames: null,
  origin: { kind: "own" },
  notes: [],
};

const notebookBytes = Buffer.from("{}");

/** Parts put together by hand, in a workspace at `root`. */
async function partsAt(root: string, change: Partial<ReleaseParts> = {}): Promise<ReleaseParts> {
  const python = await loadPython();
  const notebook = notebookOf(
    "n",
    sources.map((source, at) => ({ id: `c${at}`, source })),
  );
  const definitions = readDefinitions(notebook, python);
  const schemaOf: Joined["schemaOf"] = ({ path }) => new Map(Object.entries(columns)).get(path) ?? null;
  const { set, problems } = resolveTrainingSet(definitions, "returned", schemaOf);
  if (set === null) throw new Error(JSON.stringify(problems));
  const fitted: Partial<ModelFit> = {
    className: "sklearn.linear_model.LogisticRegression",
    steps: [],
    variable: "model",
    parameters: {},
    rows: null,
    features: null,
    durationMs: 1,
    cellId: "c4",
  };
  const model = fitted as ModelFit & { variable: string };
  return {
    selection: {
      path: `${root}/n/returns.ipynb`,
      bytes: notebookBytes,
      gaps: [],
      modules: [],
      notebook,
      definitions,
      run,
      model,
      trainingSet: definitions.trainingSets[0] ?? null,
      cells: notebook.cells.map(({ id }) => ({ cellId: id, needed: id !== "c3", gives: [] })),
      plan: {
        notebook: "n/returns.ipynb",
        name: "returns",
        version: 1,
        run: null,
        cells: [],
        model: null,
        models: [],
        trainingSet: "returned",
        example: null,
        gates: [],
        obstacles: [],
      },
    },
    run,
    root,
    cells: ["c0", "c1", "c2", "c4"],
    modules: new Map(),
    model: {
      runtime: { kind: "onnx", tensor: "probabilities" },
      path: "model/model.onnx",
      bytes: Uint8Array.of(8, 9, 0, 255),
      className: "sklearn.linear_model.LogisticRegression",
      inputs: [
        { name: "price", type: "double" },
        { name: "visitors", type: "double" },
      ],
      output: { kind: "probability", classes: ["False", "True"], names: null },
      single: false,
      sample: { rows: [], expected: [], because: [] },
      hostile: { rows: [], expected: [], because: [] },
    },
    joined: {
      set,
      schemaOf,
      sample: {
        rows: [
          { at: 1_704_067_200_000_000, values: { shop: "s1", price: 9.5, visitors: 3 } },
          { at: 1_704_070_800_000_000, values: { shop: "s2", price: 8, visitors: null } },
        ],
        columns: new Map([["shop_visits:visitors", "visitors"]]),
      },
    },
    name: "returns",
    version: 1,
    ...change,
  };
}

describe("rendering a release", () => {
  it("gives the same bytes for the same parts, wherever the workspace is and however the packages are ordered", async () => {
    const one = renderRelease(await partsAt("/home/a/shop"), notebookBytes);
    const environment = { ...run.environment, packages: { NumPy: "2.1.0", pandas: "2.3.0" } };
    const two = renderRelease(await partsAt("/srv/b", { run: { ...run, environment } }), notebookBytes);
    expect([...two.files].sort()).toEqual([...one.files].sort());
    expect(one.files.get("requirements.lock")?.toString()).toBe("numpy==2.1.0\npandas==2.3.0\n");
  });

  it("holds the scripts that the slice imports, where it can import them", async () => {
    const parts = await partsAt("/w");
    const none = renderRelease(parts, notebookBytes);
    expect(String(none.files.get("README.md"))).not.toContain("imports");
    const modules = new Map([
      ["n/prepare.py", Buffer.from("a = 1\n")],
      ["shop/keys.py", Buffer.from("b = 2\n")],
    ]);
    const { files, plan } = renderRelease({ ...parts, modules }, notebookBytes);
    expect(String(files.get("notebook/prepare.py"))).toBe("a = 1\n");
    expect(String(files.get("notebook/shop/keys.py"))).toBe("b = 2\n");
    expect(plan.files.map(({ path }) => path)).toContain("notebook/shop/keys.py");
    expect(String(files.get("README.md"))).toContain(
      "lie beside it:\n\n- `notebook/prepare.py`\n- `notebook/shop/keys.py`\n",
    );
  });

  it("refuses a script that would stand where the cells do", async () => {
    const modules = new Map([["n/slice.py", Buffer.from("a = 1\n")]]);
    const parts = { ...(await partsAt("/w")), modules };
    expect(() => renderRelease(parts, notebookBytes)).toThrowError(
      expect.objectContaining({ code: "publish/slice-in-the-way" }),
    );
  });

  it("asks the request for everything where nothing is looked up, and says so", async () => {
    const parts = await partsAt("/w");
    const rows = [
      [1, 4],
      [2, null],
      [3, 6],
      [Number.POSITIVE_INFINITY, 7],
    ];
    const sample = { rows, expected: [0.5, 0.5, null, 0.5], because: [] };
    const plain = { ...parts, joined: null, model: { ...parts.model, sample } };
    const { plan, files } = renderRelease(plain, notebookBytes);
    expect(plan.model.inputs.map(({ from }) => from)).toEqual(["request", "request"]);
    expect([plan.entities, plan.sources, plan.views]).toEqual([[], [], []]);
    expect(plan.example, "the last row that a caller could send and that is answered").toEqual({
      inputs: { price: 1, visitors: 4 },
      at: null,
    });
    expect([...files.keys()].filter((path) => /^(sql|features)\//.test(path))).toEqual([]);
    expect(String(files.get("README.md"))).not.toContain("looked up");
    expect(readPlan(String(Buffer.from(files.get("pipeline.json") ?? [])))).toEqual(plan);
  });

  it("names every other file with its hash and size, and no place of this machine", async () => {
    const { plan, files } = renderRelease(await partsAt("/home/a/shop"), notebookBytes);
    expect(plan.files.map((file) => file.path)).toEqual(
      [...files.keys()].filter((path) => path !== "pipeline.json").sort(),
    );
    for (const { path, sha256, size } of plan.files) {
      const bytes = files.get(path) ?? Buffer.alloc(0);
      expect([sha256, size]).toEqual([createHash("sha256").update(bytes).digest("hex"), bytes.length]);
    }
    for (const [path, bytes] of files) expect(Buffer.from(bytes).toString(), path).not.toContain("/home/a");
    expect(JSON.parse(String(Buffer.from(files.get("pipeline.json") ?? [])))).toEqual(plan);
  });

  it("says where each input comes from, what the data hashed to, and answers the second of two classes", async () => {
    const { plan } = renderRelease(await partsAt("/w"), notebookBytes);
    expect(plan.model.inputs).toEqual([
      { name: "price", type: "double", from: "request" },
      { name: "visitors", type: "double", from: "view", view: "shop_visits", feature: "visitors" },
    ]);
    expect(plan.model.output).toMatchObject({ name: "returned", kind: "probability", positiveClass: "True" });
    expect(plan.sources).toEqual([
      { name: "visits", path: "n/data/visits.parquet", sha256: "ab".repeat(32) },
    ]);
    expect(plan.createdAt).toBe(run.startedAt);
  });

  it("takes as its example the last row in which nothing is missing, as of its moment", async () => {
    const { plan } = renderRelease(await partsAt("/w"), notebookBytes);
    expect(plan.example).toEqual({ inputs: { shop: "s1", price: 9.5 }, at: "2024-01-01T00:00:00.000Z" });
  });

  it("ships the slice, and the definitions with what they import", async () => {
    const { files } = renderRelease(await partsAt("/w"), notebookBytes);
    const text = (path: string) => Buffer.from(files.get(path) ?? []).toString();
    const ids = (path: string) => [...text(path).matchAll(/^# %% (.*)$/gm)].map((match) => match[1]);
    expect(ids("notebook/slice.py")).toEqual(["c0", "c1", "c2", "c4"]);
    const turned = { ...(await partsAt("/w")), cells: ["c4", "c0"] };
    const other = renderRelease(turned, notebookBytes).files.get("notebook/slice.py");
    expect(String(other), "in the order in which they ran").toMatch(/^# %% c4\n(.|\n)*# %% c0\n/);
    expect(ids("features/feature_repo.py")).toEqual(["c0", "c1", "c2"]);
    expect(files.get("notebook/returns.ipynb")).toBe(notebookBytes);
  });

  it("ships the one file of the model's tier, and says what answers", async () => {
    const parts = await partsAt("/w");
    const runtime = {
      kind: "python",
      python: "3.11",
      packages: { numpy: "2.1.0" },
      takes: "frame",
      method: "predict_proba",
      because: "it reads texts",
    } as const;
    const python = { ...parts.model, runtime, path: "model/model.pkl", bytes: Uint8Array.of(128, 5) };
    const { plan, files } = renderRelease({ ...parts, model: python }, notebookBytes);
    expect(plan.model).toMatchObject({ runtime, path: "model/model.pkl" });
    expect([...files.keys()].filter((path) => path.startsWith("model/model"))).toEqual(["model/model.pkl"]);
    expect(files.get("model/model.pkl")).toEqual(Uint8Array.of(128, 5));
  });

  it("changes when the model does", async () => {
    const parts = await partsAt("/w");
    const one = renderRelease(parts, notebookBytes);
    const other = { ...parts.model, bytes: Uint8Array.of(8, 9, 0, 254) };
    const two = renderRelease({ ...parts, model: other }, notebookBytes);
    expect(two.files.get("pipeline.json")).not.toEqual(one.files.get("pipeline.json"));
  });
});
