import type { Release } from "../../plan/read-release.ts";
import { badModel, type Model } from "./model.ts";
import { loadOnnx } from "./onnx.ts";

/** Loads a verified release's model with the runtime that its plan names. Fails with `serve/bad-model` when the model does not fit its plan. */
export async function loadModel(release: Release): Promise<Model> {
  const { runtime } = release.plan.model;
  if (runtime.kind === "onnx") return loadOnnx(release, runtime);
  throw badModel(release, "it runs in Python");
}
