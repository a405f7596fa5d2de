import { createHash } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { DatasetUse } from "@lookback/kernel-bridge/ledger/format/run.ts";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { inputsAgain } from "./inputs-again.ts";

const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");
const use = (path: string, text: string | null, over: Partial<DatasetUse> = {}) =>
  ({
    ...{ access: "read", path, kind: null, sha256: text === null ? null : sha256(text) },
    ...{ unstable: false, stored: false, cellId: "c1", ...over },
  }) as DatasetUse;

describe("what the cells will read again", () => {
  let folder: string;
  let workspace: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "lookback-inputs-"));
    workspace = join(folder, "workspace");
    mkdirSync(join(workspace, "data"), { recursive: true });
    writeFileSync(join(workspace, "data/same.csv"), "as it was");
    writeFileSync(join(workspace, "data/other.csv"), "changed");
    writeFileSync(join(folder, "outside.csv"), "as it was");
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  const looked = async (
    datasets: readonly DatasetUse[],
    missing: readonly string[],
    unstable: readonly string[] = [],
  ) => {
    const root = mkdtempSync(join(folder, "root-"));
    const laid = {
      root,
      unstable,
      missing: missing.map((path) => ({ path, reason: "Not stored.", advice: null })),
    };
    const { same, changed, unknown } = await inputsAgain({ datasets }, laid, workspace);
    return { root, same, changed: changed.map(({ path }) => path), unknown: unknown.map(({ path }) => path) };
  };

  it("brings what the store does not have and the workspace still does, by its content", async () => {
    const { root, ...found } = await looked([use("data/same.csv", "as it was")], ["data/same.csv"]);
    expect(found).toEqual({ same: 1, changed: [], unknown: [] });
    expect(readFileSync(join(root, "data/same.csv"), "utf8")).toBe("as it was");
  });

  it("takes no other content for it, and none where it is gone", async () => {
    const datasets = [use("data/other.csv", "as it was"), use("data/gone.csv", "as it was")];
    const { root, ...found } = await looked(datasets, ["data/other.csv", "data/gone.csv"]);
    expect(found).toEqual({ same: 0, changed: ["data/other.csv", "data/gone.csv"], unknown: [] });
    expect(existsSync(join(root, "data/other.csv"))).toBe(false);
  });

  it("reads what lies outside where it lies, where it is what it was", async () => {
    const outside = join(folder, "outside.csv");
    expect(await looked([use(outside, "as it was")], [outside])).toMatchObject({ same: 1, changed: [] });
    expect(await looked([use(outside, "otherwise")], [outside])).toMatchObject({
      same: 0,
      changed: [outside],
    });
  });

  it("says of what nobody can tell that nobody can", async () => {
    const address = use("https://example.org/a.csv", null, { kind: "address" });
    expect(await looked([address, use("a.csv", "x")], [address.path], ["a.csv"])).toMatchObject({
      same: 0,
      unknown: ["a.csv", address.path],
    });
  });

  it("asks for nothing that the cells wrote before they read it, nor for what a library made", async () => {
    const written = [use("made.csv", "x", { access: "write" }), use("made.csv", "x")];
    expect(await looked([...written, use("load_iris", "x", { kind: "made" })], [])).toMatchObject({
      same: 0,
      changed: [],
    });
  });
});
