import { existsSync, readdirSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { findPython } from "@lookback/kernel-bridge/kernels/find-python.ts";
import { readRelease } from "@lookback/pipeline/plan/read-release.ts";
import { expect, it } from "vitest";
import { workspaceOf } from "./fixture-workspace.ts";
import { publish } from "./publish.ts";

const cells = [
  "import numpy as np\nfrom sklearn.datasets import load_iris\nfrom sklearn.linear_model import Ridge\nfrom prepare import doubled",
  "X, y = load_iris(return_X_y=True)",
  "print(X.mean())",
  "other = Ridge(alpha=9).fit(X, y)\nmodel = Ridge().fit(doubled(X), y)",
];
const files = { "prepare.py": "def doubled(rows):\n    return rows * 2\n" };

it("ships a plain notebook with the module it imports, by the Python beside it, and leaves no folder behind", async () => {
  const { root, context } = await workspaceOf(cells, files);
  const python = await findPython(root);
  symlinkSync(dirname(dirname(python)), join(root, ".venv"));
  const alone = {
    ...process.env,
    LOOKBACK_PYTHON: undefined,
    VIRTUAL_ENV: undefined,
    CONDA_PREFIX: undefined,
  };
  const request = { notebook: "n.ipynb", signal: new AbortController().signal, onProgress: () => undefined };
  try {
    const asItIs = await publish({ ...context, env: alone }, { ...request, name: "plain", version: 1 });
    expect(asItIs.gates.filter(({ state }) => state === "failed")).toEqual([]);
    const { plan } = await readRelease(join(root, "deploy/plain/1"));
    expect(plan.model.inputs.map(({ name, from }) => `${name} ${from}`)).toEqual(
      ["x0", "x1", "x2", "x3"].map((name) => `${name} request`),
    );
    expect([plan.views, plan.sources]).toEqual([[], []]);
    expect(plan.files.map(({ path }) => path)).toContain("notebook/prepare.py");
    const other = await publish(context, { ...request, name: "other", version: 1, model: "other" });
    expect(other.published).toBe(true);
    expect((await readRelease(join(root, "deploy/other/1"))).modelSha256).not.toBe(
      (await readRelease(join(root, "deploy/plain/1"))).modelSha256,
    );
    expect(rehearsals()).toEqual([]);
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}, 240_000);

/** Those of this process. */
function rehearsals(): string[] {
  const folders = readdirSync(tmpdir()).filter((name) => name.startsWith("lookback-rehearsal-"));
  return folders.filter((name) => {
    const owner = join(tmpdir(), name, "owner.json");
    return existsSync(owner) && JSON.parse(readFileSync(owner, "utf8")).pid === process.pid;
  });
}
