import { join } from "node:path";
import { pipelineClient } from "@lookback/pipeline/serve/client.ts";
import { beforeAll, describe, expect, it } from "vitest";
import { cells, publishableWorkspace, runAndRecord } from "./fixture-workspace.ts";
import { publish } from "./publish.ts";
import type { PublishContext } from "./publish-context.ts";

describe("a publication that is stopped on its way", () => {
  let workspace: Awaited<ReturnType<typeof publishableWorkspace>>;
  let context: PublishContext;
  let root: string;
  beforeAll(async () => {
    workspace = await publishableWorkspace();
    ({ context, root } = workspace);
  });
  /** What the first test leaves standing, and no later one may touch. */
  const oneVersion = { folders: ["1"], tags: ["n/v1"], pins: ["n@1"] };

  it("says that the release stands when only its deployment failed, even when it was canceled then", async () => {
    const cancel = new AbortController();
    const spawn = [process.execPath, "-e", "console.error('no port is free'); process.exit(3)"];
    const deploying = publish(
      { ...context, pipeline: { client: pipelineClient(join(root, ".pipeline")), spawn } },
      {
        notebook: "n.ipynb",
        name: "n",
        version: 1,
        signal: cancel.signal,
        onProgress: (_, step) => {
          if (step === "Deploying") cancel.abort();
        },
      },
    );
    await expect(deploying).rejects.toMatchObject({
      code: "publish/not-deployed",
      message: expect.stringMatching(/^deploy\/n\/1 is written, but was not deployed\. .*no port is free/),
    });
    expect(await workspace.standing()).toEqual(oneVersion);
  }, 180_000);

  it("stops at a score that does not come out again, and leaves nothing", async () => {
    const unsteady = `import os\nnoise = int.from_bytes(os.urandom(4), "big") % 1000 + 1
print(roc_auc_score([0, 1] * noise, [0.1, 0.2] * (noise - 1) + [0.2, 0.1]))`;
    await runAndRecord(context, [...cells, unsteady]);
    const result = await workspace.start(2);
    expect(result.published).toBe(false);
    expect(result.gates.find((gate) => gate.state === "failed")?.id).toBe("same-answers");
    expect(result.gates.at(-1)?.state).toBe("waiting");
    expect(await workspace.standing()).toEqual(oneVersion);
  }, 180_000);

  it("stops at a cell that runs only where it was written, says which, and leaves nothing", async () => {
    process.env.LOOKBACK_ONLY_HERE = "1";
    try {
      await runAndRecord(context, [
        ...cells.slice(0, 3),
        `import os\nrounds = int(os.environ["LOOKBACK_ONLY_HERE"])`,
        cells[3]?.replace("max_iter=20", "max_iter=rounds") ?? "",
        ...cells.slice(4),
      ]);
      const result = await workspace.start(2);
      expect(result.gates.find((gate) => gate.state === "failed")).toMatchObject({
        id: "runs-clean",
        evidence: "cell c3 raised KeyError: 'LOOKBACK_ONLY_HERE'",
      });
      expect(result).toMatchObject({ published: false, path: "", tag: null, url: null });
      expect(await workspace.standing()).toEqual(oneVersion);
    } finally {
      delete process.env.LOOKBACK_ONLY_HERE;
    }
  }, 180_000);

  it("can be canceled, and leaves nothing", async () => {
    const cancel = new AbortController();
    const publishing = publish(context, {
      notebook: "n.ipynb",
      name: "n",
      version: 2,
      signal: cancel.signal,
      onProgress: (gates) => {
        if (gates.some((gate) => gate.id === "runs-clean" && gate.state === "running")) cancel.abort();
      },
    });
    await expect(publishing).rejects.toMatchObject({ code: "publish/canceled" });
    expect(await workspace.standing()).toEqual(oneVersion);
  });
});
