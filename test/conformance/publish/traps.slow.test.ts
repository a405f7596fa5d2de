import { createHash } from "node:crypto";
import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { readRelease } from "@lookback/pipeline/plan/read-release.ts";
import { loadModel } from "@lookback/pipeline/serve/runtimes/load-model.ts";
import { briefly } from "@lookback/pipeline/serve/runtimes/runtime-world.ts";
import { workspaceOf } from "@lookback/service/publish/fixture-workspace.ts";
import { describe, expect, it } from "vitest";
import { dataCsv, preamble, probe, type Trap, traps } from "./traps.ts";

const asked = process.env.LOOKBACK_TRAP;

describe("notebooks of which a careless tool ships another model", () => {
  it.each(traps.filter(({ name }) => asked === undefined || name === asked))("$name: $expect", spring);
});

async function spring({ cells, files = {}, order, after = {}, expect: wanted }: Trap): Promise<void> {
  const sources = [preamble, ...cells, probe];
  const places = order?.map((at) => at + 1);
  const workspace = await workspaceOf(
    sources,
    { "data.csv": dataCsv, ...files },
    places && [0, ...places, sources.length - 1],
  );
  const { root, start } = workspace;
  try {
    const answered = JSON.parse(readFileSync(join(root, "probe.json"), "utf8")) as number[];
    for (const [path, text] of Object.entries(after)) {
      if (text === null) rmSync(join(root, path));
      else writeFileSync(join(root, path), text);
    }
    const before = filesOf(root);
    const result = await start(1);
    expect(filesOf(root), "the person's files").toEqual(before);
    const failed = result.gates.find(({ state }) => state === "failed");
    if (wanted !== "same") {
      expect(failed).toMatchObject({ id: wanted });
      expect(result.published).toBe(false);
      return;
    }
    expect(failed?.evidence).toBeUndefined();
    const model = await loadModel(
      await readRelease(join(root, "deploy/n/1")),
      briefly({ stateDir: join(root, ".lookback", "pipeline"), workspaceRoot: root, env: process.env }),
    );
    const rows = [0.5, 1.5, 2.5, 5].map((a, at) => [a, [-1, 0, 1, 2][at]!]);
    const served = (await model.answer(rows)).map(({ prediction }) => prediction);
    await model.close();
    for (const [at, value] of answered.entries()) expect(served[at]).toBeCloseTo(value, 9);
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

/** Every file of the person's, by its content: what publishing adds is not theirs. */
function filesOf(root: string): Record<string, string> {
  const all = readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => !/^(\.git|deploy)\//.test(path.slice(root.length + 1)));
  return Object.fromEntries(
    all.map((path) => [
      path.slice(root.length + 1),
      createHash("sha256").update(readFileSync(path)).digest("hex"),
    ]),
  );
}
