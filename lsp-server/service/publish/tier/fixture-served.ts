import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findPython } from "@lookback/kernel-bridge/kernels/find-python.ts";
import { loadModel } from "@lookback/pipeline/serve/runtimes/load-model.ts";
import { briefly } from "@lookback/pipeline/serve/runtimes/runtime-world.ts";
import { ask } from "./ask.ts";
import { modelOf, releaseOf, type Tier } from "./choose-tier.ts";
import { type Comparison, compareAnswers } from "./compare-answers.ts";
import type { AskedRows, Exported } from "./read-export.ts";
import { toleranceOf } from "./tolerance-of.ts";

/** How the server, with the Python of the tests, answers what the exporter asked the fitted model. */
export async function servedBy(
  exported: Exported,
  tier: Tier,
): Promise<{ readonly ordinary: Comparison; readonly hostile: Comparison }> {
  const plan = modelOf(exported, tier, "answer");
  const python = await findPython(import.meta.dirname);
  const stateDir = mkdtempSync(join(tmpdir(), "lookback-served-"));
  const env = { ...process.env, LOOKBACK_PYTHON: python };
  const world = briefly({ stateDir, workspaceRoot: stateDir, env });
  const model = await loadModel(releaseOf(plan, tier.bytes), world);
  try {
    const compared = async ({ rows, expected }: AskedRows) =>
      compareAnswers(
        expected,
        await ask(model, rows),
        plan.output,
        toleranceOf(tier.runtime, exported.single),
      );
    return { ordinary: await compared(exported.sample), hostile: await compared(exported.hostile) };
  } finally {
    await model.close();
  }
}
