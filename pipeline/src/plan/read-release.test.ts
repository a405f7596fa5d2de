import {
  appendFileSync,
  mkdirSync,
  mkdtempSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { writeRelease } from "../serve/fixture-release.ts";
import { readRelease } from "./read-release.ts";

let root: string;
let dir: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "lookback-release-"));
  dir = writeRelease(root, 1);
});
afterEach(() => rmSync(root, { recursive: true }));

it("answers the plan and the model's bytes once every file is what was published", async () => {
  const release = await readRelease(dir);
  expect(release.plan).toMatchObject({ name: "risk", version: 1 });
  expect(release.modelSha256).toBe(release.plan.files[0]?.sha256);
  expect(release.model.length).toBe(release.plan.files[0]?.size);
});

it("leaves files alone that the plan does not list", async () => {
  writeFileSync(join(dir, "overlay.yaml"), "replicas: 2\n");
  await expect(readRelease(dir)).resolves.toMatchObject({ dir });
});

it("refuses a changed file", async () => {
  appendFileSync(join(dir, "model.onnx"), " ");
  await expect(readRelease(dir)).rejects.toMatchObject({
    code: "release/changed",
    data: { path: "model.onnx" },
  });
});

it("refuses a missing file and a missing folder", async () => {
  rmSync(join(dir, "model.onnx"));
  await expect(readRelease(dir)).rejects.toMatchObject({
    code: "release/missing",
    data: { path: "model.onnx" },
  });
  await expect(readRelease(join(root, "none"))).rejects.toMatchObject({ code: "release/missing" });
});

it("refuses symbolic links, of files and of folders on the way, even to the right bytes", async () => {
  renameSync(join(dir, "model.onnx"), join(root, "elsewhere.onnx"));
  symlinkSync(join(root, "elsewhere.onnx"), join(dir, "model.onnx"));
  await expect(readRelease(dir)).rejects.toMatchObject({ code: "release/symlink" });

  const nested = writeRelease(root, 2, (plan) => ({
    ...plan,
    model: { ...plan.model, path: "inner/model.onnx" },
    files: plan.files.map((file) => ({ ...file, path: "inner/model.onnx" })),
  }));
  mkdirSync(join(root, "target"));
  renameSync(join(nested, "model.onnx"), join(root, "target", "model.onnx"));
  symlinkSync(join(root, "target"), join(nested, "inner"));
  await expect(readRelease(nested)).rejects.toMatchObject({ code: "release/symlink" });
});
