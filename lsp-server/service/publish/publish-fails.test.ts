import { beforeAll, describe, expect, it } from "vitest";
import { cells, publishableWorkspace, recordWritten, workspaceOf } from "./fixture-workspace.ts";

describe("a notebook that does not come out again as it was recorded", () => {
  let workspace: Awaited<ReturnType<typeof publishableWorkspace>>;
  beforeAll(async () => {
    workspace = await publishableWorkspace("written");
  });
  const nothing = { folders: [], tags: [], pins: [] };

  it("stops at a model and a score that do not come out again, and leaves nothing", async () => {
    const plain = await workspaceOf([
      "import numpy as np\nfrom sklearn.linear_model import Ridge\nfrom sklearn.metrics import r2_score",
      "X = np.random.rand(40, 2)\ny = X[:, 0] - X[:, 1] + np.random.rand(40)",
      "model = Ridge().fit(X, y)",
      "print(r2_score(y, model.predict(X)))",
    ]);
    const result = await plain.start(1);
    expect(result.published).toBe(false);
    const failed = result.gates.find((gate) => gate.state === "failed");
    expect(failed).toMatchObject({
      id: "same-answers",
      evidence: expect.stringMatching(/1 of 1 score differs: r2_score: 0\.\d+ then, 0\.\d+ now$/),
    });
    expect(failed?.detail).toContain("a seed is missing");
    expect(result.gates.at(-1)?.state).toBe("waiting");
    expect(await plain.standing()).toEqual(nothing);
  }, 180_000);

  it("stops at a cell that runs only where it was written, says which, and leaves nothing", async () => {
    const sources = [
      `import os\nrounds = int(os.environ["LOOKBACK_ONLY_HERE"])`,
      ...cells.slice(0, 3),
      cells[3]?.replace("max_iter=20", "max_iter=rounds") ?? "",
      ...cells.slice(4),
    ];
    await recordWritten(workspace.context.store, sources, { fitted: 4, scored: [5, 0.7] });
    const result = await workspace.start(1);
    expect(result.gates.find((gate) => gate.state === "failed")).toMatchObject({
      id: "runs-clean",
      evidence: "cell c0 raised KeyError: 'LOOKBACK_ONLY_HERE'",
    });
    expect(result).toMatchObject({ published: false, path: "", tag: null, url: null });
    expect(await workspace.standing()).toEqual(nothing);
  }, 180_000);
});
