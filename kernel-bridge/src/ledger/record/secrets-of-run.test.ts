import { mkdtempSync, readdirSync, readFileSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inflateSync } from "node:zlib";
import { beforeAll, describe, expect, it } from "vitest";
import { observerCode } from "../../journal/observer-code.ts";
import { launchKernel } from "../../kernels/launch-kernel.ts";
import { runNotebook } from "../../kernels/run-notebook.ts";
import { plantedKinds } from "../../secrets/corpus/planted-kinds.ts";
import { letters, seeded } from "../../secrets/corpus/seeded.ts";
import type { Run } from "../format/run.ts";
import { openStore } from "../store/open-store.ts";
import { recordRun } from "./record-run.ts";

const random = seeded(22);
const token = (id: string) => plantedKinds.find((kind) => kind.id === id)?.make(random) ?? "";
const secrets = {
  source: token("anthropic key"),
  printed: token("aws secret key"),
  traceback: token("stripe key"),
  message: token("github token"),
  url: random.text(32, letters.alnum),
  table: token("hugging face token"),
  json: token("datadog key"),
  environment: token("weights & biases key"),
  parameter: token("oauth client secret"),
  ofModel: token("fernet key"),
  file: token("databricks token"),
  column: token("npm token"),
  metric: token("linear key"),
  gone: token("pypi token"),
};

const cells: readonly { readonly source: string; readonly tags?: readonly string[] }[] = [
  { source: `CLIENT_SECRET = "${secrets.parameter}"`, tags: ["parameters"] },
  {
    source: `import os, json, pandas as pd\nkey = "${secrets.source}"\nos.environ["WANDB_API_KEY"] = "${secrets.environment}"`,
  },
  {
    source: `AWS_SECRET_ACCESS_KEY = "${secrets.printed}"\nprint("x" * 3, AWS_SECRET_ACCESS_KEY)\nprint(os.environ["WANDB_API_KEY"])`,
  },
  { source: `url = "https://example.org/d.csv?token=${secrets.url}"\nprint("GET", url)` },
  {
    source: `print(pd.DataFrame({"id": [1], "t": ["${secrets.table}"]}).to_string())\nprint(json.dumps({"DD_API_KEY": "${secrets.json}"}, indent=1))`,
  },
  { source: `open("out_${secrets.file}.csv", "w").close()` },
  {
    source: `from sklearn.base import BaseEstimator\nclass Remote(BaseEstimator):\n    def __init__(self, api_key=""):\n        self.api_key = api_key\n    def fit(self, X):\n        return self\n    def predict(self, X):\n        return X\nm = Remote(api_key="${secrets.ofModel}").fit(pd.DataFrame({"${secrets.column}": [1]}))`,
  },
  { source: `import lookback\nlookback.metric("auc ${secrets.metric}", 0.5)` },
  {
    source: `def connect(key):\n    raise ValueError("refused: ${secrets.message}")\nconnect(key="${secrets.traceback}")`,
  },
];

let folder: string;
let run: Run | null;

beforeAll(async () => {
  const store = await openStore(mkdtempSync(join(tmpdir(), "lookback-secrets-")));
  folder = store.dir;
  const kernel = await launchKernel({ cwd: store.root });
  await kernel.execute(
    await observerCode(store, { sessionId: "s", notebook: "n.ipynb", compiler: ["node"], startedFrom: null }),
    {
      silent: true,
    },
  );
  // Ran, and was deleted before the notebook was saved.
  await kernel.execute(`TWINE_PASSWORD = "${secrets.gone}"`, { cellId: "gone" });
  const text = JSON.stringify({
    cells: cells.map(({ source, tags = [] }, at) => ({
      cell_type: "code",
      execution_count: null,
      id: `c${at}`,
      metadata: { tags },
      outputs: [],
      source,
    })),
    metadata: { kernelspec: { name: "python3" } },
    nbformat: 4,
    nbformat_minor: 5,
  });
  const ended = await runNotebook(text, { kernel });
  run = await recordRun(store, {
    sessionId: "s",
    notebook: "n.ipynb",
    notebookText: ended.text,
    linter: null,
  });
  await kernel.shutdown();
});

describe("a run whose cells show a secret in every way", () => {
  it.each(Object.entries(secrets))(
    "keeps what is in its %s out of the journal and the store",
    (_, secret) => {
      const holding = texts(folder).filter(({ text }) => text.includes(secret));
      expect(holding.map(({ path }) => path)).toEqual([]);
      expect(JSON.stringify(run)).not.toContain(secret);
    },
  );

  it("leaves a journal and objects to look into", () => {
    expect(texts(folder).length).toBeGreaterThan(10);
  });

  it("was recorded all the same, and says how many were replaced, of what kind and where", () => {
    expect(run?.cells).toHaveLength(cells.length + 1);
    expect(run?.cells.map(({ edited }) => edited)).not.toContain(true);
    expect(run?.outcome).toMatchObject({ kind: "error", name: "ValueError", message: "refused: [redacted]" });
    expect(run?.parameters).toEqual({ CLIENT_SECRET: "[redacted]" });
    expect(run?.models[0]).toMatchObject({ parameters: { api_key: "[redacted]" }, features: ["[redacted]"] });
    expect(run?.metrics[0]?.name).toBe("auc [redacted]");
    const note = run?.notes.find(({ code }) => code === "secrets/redacted")?.message;
    expect(note).toMatch(/^\d+ secrets were replaced by \[redacted\] before anything was stored \(/);
    expect(note).toContain("1 Anthropic key in cell 2");
    expect(note).toContain("1 GitHub token in cell 9");
  });
});

/** Every file under a folder as a text, git's objects unpacked. */
function texts(root: string): { readonly path: string; readonly text: string }[] {
  return readdirSync(root, { recursive: true, encoding: "utf8" })
    .map((path) => join(root, path))
    .filter((path) => statSync(path).isFile())
    .map((path) => {
      const bytes = readFileSync(path);
      return { path, text: (bytes[0] === 0x78 ? inflateSync(bytes) : bytes).toString("latin1") };
    });
}
