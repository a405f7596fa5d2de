import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pipelineClient } from "@lookback/pipeline/serve/client.ts";
import { beforeAll, describe, expect, it } from "vitest";
import { publishableWorkspace } from "./fixture-workspace.ts";
import { planPublish } from "./plan-publish.ts";
import { type PublishRequest, publish } from "./publish.ts";
import type { PublishContext } from "./publish-context.ts";
import { sealRelease } from "./release/seal-release.ts";
import { stageRelease } from "./release/write-release.ts";

describe("a publication that is stopped on its way", () => {
  let workspace: Awaited<ReturnType<typeof publishableWorkspace>>;
  let context: PublishContext;
  let root: string;
  beforeAll(async () => {
    workspace = await publishableWorkspace();
    ({ context, root } = workspace);
  });
  /** What the first test leaves standing, and what no stopped one may touch. */
  const oneVersion = { folders: ["1"], tags: ["n/v1"], pins: ["n@1"] };
  const twoVersions = { folders: ["1", "2"], tags: ["n/v1", "n/v2"], pins: ["n@1", "n@2"] };
  const ask = (change: Partial<PublishRequest>, world: Partial<PublishContext> = {}) =>
    publish(
      { ...context, ...world },
      {
        ...{ notebook: "n.ipynb", name: "n", version: 2 },
        ...{ signal: new AbortController().signal, onProgress: () => undefined, ...change },
      },
    );
  /** Calls `then` when a gate begins. */
  const at =
    (id: string, then: () => void): PublishRequest["onProgress"] =>
    (gates) => {
      if (gates.some((gate) => gate.id === id && gate.state === "running")) then();
    };

  it("says that the release stands when only its deployment failed, even when it was canceled then", async () => {
    const cancel = new AbortController();
    const spawn = [process.execPath, "-e", "console.error('no port is free'); process.exit(3)"];
    const deploying = ask(
      {
        version: 1,
        signal: cancel.signal,
        onProgress: (_, step) => {
          if (step === "Deploying") cancel.abort();
        },
      },
      { pipeline: { client: pipelineClient(join(root, ".pipeline")), spawn } },
    );
    await expect(deploying).rejects.toMatchObject({
      code: "publish/not-deployed",
      message: expect.stringMatching(/^deploy\/n\/1 is written, but was not deployed\. .*no port is free/),
    });
    expect(await workspace.standing()).toEqual(oneVersion);
  }, 180_000);

  it("is refused when another run would ship than the one that was shown", async () => {
    const seen: unknown[] = [];
    await expect(ask({ run: "01ANOTHER", onProgress: (gates) => seen.push(gates) })).rejects.toMatchObject({
      code: "publish/other-run",
      data: { shown: "01ANOTHER" },
    });
    expect(seen).toEqual([]);
    expect(await workspace.standing()).toEqual(oneVersion);
  });

  it("can be canceled, and leaves nothing", async () => {
    const cancel = new AbortController();
    const publishing = ask({ signal: cancel.signal, onProgress: at("runs-clean", () => cancel.abort()) });
    await expect(publishing).rejects.toMatchObject({ code: "publish/canceled" });
    expect(await workspace.standing()).toEqual(oneVersion);
  });

  it("stops when the file was saved again while it was checked, and leaves nothing", async () => {
    const path = join(root, "n.ipynb");
    const bytes = readFileSync(path);
    const publishing = ask({ onProgress: at("committed", () => writeFileSync(path, `${bytes}\n`)) });
    await expect(publishing).rejects.toMatchObject({
      code: "publish/changed-meanwhile",
      message: expect.stringContaining("the file was saved again"),
    });
    writeFileSync(path, bytes);
    expect(await workspace.standing()).toEqual(oneVersion);
  }, 180_000);

  it("may be begun again, and then publishes the number it was stopped at", async () => {
    expect(await ask({})).toMatchObject({ published: true, tag: "n/v2" });
    expect(await workspace.standing()).toEqual(twoVersions);
  }, 180_000);

  it.each([
    ["the folder", 3, "publish/exists", () => undefined],
    ["the tag alone", 4, "publish/tag-exists", () => rmSync(join(root, "deploy/n/4"), { recursive: true })],
  ])("leaves the pin of whoever was quicker with %s", async (_, version, code, meanwhile) => {
    const { run } = await planPublish(context, "n.ipynb");
    const release = { run: run!, name: "n", version, files: new Map([["README.md", Buffer.from("n")]]) };
    const target = join(root, "deploy/n", String(version));
    const [quicker, slower] = [
      await stageRelease(target, release.files),
      await stageRelease(target, release.files),
    ];
    await sealRelease(context, { ...release, staged: quicker });
    meanwhile();
    await expect(sealRelease(context, { ...release, staged: slower })).rejects.toMatchObject({ code });
    await slower.discard();
    expect((await workspace.standing()).pins).toContain(`n@${version}`);
  });
});
