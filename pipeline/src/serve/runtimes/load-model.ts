import type { Release } from "../../plan/read-release.ts";
import { drained } from "./drained.ts";
import type { Model } from "./model.ts";
import { loadOnnx } from "./onnx.ts";
import { loadPython } from "./python.ts";
import type { RuntimeWorld } from "./runtime-world.ts";

/**
 * Loads a verified release's model with the runtime that its plan names. Fails with `serve/bad-model` when the model does not fit its
 * plan, with `serve/no-python` when nothing here can run it.
 */
export async function loadModel(release: Release, world: RuntimeWorld): Promise<Model> {
  const { runtime } = release.plan.model;
  return drained(
    runtime.kind === "onnx" ? await loadOnnx(release, runtime) : await loadPython(release, runtime, world),
  );
}
