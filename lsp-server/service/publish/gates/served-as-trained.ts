import { join } from "node:path";
import { counted } from "@lookback/kernel-bridge/counted.ts";
import { Failure } from "@lookback/kernel-bridge/failure.ts";
import type { PlanRuntime } from "@lookback/pipeline/plan/plan.ts";
import { readRelease } from "@lookback/pipeline/plan/read-release.ts";
import { loadModel } from "@lookback/pipeline/serve/runtimes/load-model.ts";
import { briefly, type RuntimeWorld } from "@lookback/pipeline/serve/runtimes/runtime-world.ts";
import type { PublishContext } from "../publish-context.ts";
import { ask } from "../tier/ask.ts";
import { type Comparison, compareAnswers } from "../tier/compare-answers.ts";
import type { AskedRows } from "../tier/read-export.ts";
import { toleranceOf } from "../tier/tolerance-of.ts";
import { failed, type Gate, passed, type Verdict } from "./gate.ts";

/** The model as it is served answers the notebook's own rows as the fitted one does, each number within 1e-9 of its own (of a Python object that computes in float32, within 1e-5); and on hostile rows, too, where it answers at all. */
export const servedAsTrained: Gate = {
  id: "served-as-trained",
  title: "Served = trained",
  async run(candidate) {
    const release = await readRelease((await candidate.staged()).dir);
    const { sample, hostile, single } = await candidate.exported();
    const { runtime, output } = release.plan.model;
    try {
      const model = await loadModel(release, worldOf(candidate.context));
      try {
        const tolerance = toleranceOf(runtime, single);
        const compared = async ({ rows, expected }: AskedRows) => ({
          ...compareAnswers(expected, await ask(model, rows), output, tolerance),
          rows: rows.length,
        });
        return verdictOn({ kind: runtime.kind, tolerance }, await compared(sample), await compared(hostile));
      } finally {
        await model.close();
      }
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      return failed("0 rows answered: the server cannot run this model", error.message);
    }
  },
};

/** The server's own, with the Python that rehearsed where the model runs in one. */
function worldOf({ store, env, kernelPython }: PublishContext): RuntimeWorld {
  const named = kernelPython === undefined ? env : { ...env, LOOKBACK_PYTHON: kernelPython };
  return briefly({ stateDir: join(store.dir, "pipeline"), workspaceRoot: store.root, env: named });
}

type Compared = Comparison & { readonly rows: number };

/** What a comparison of so many rows of the notebook, and so many hostile ones, amounts to. */
export function verdictOn(
  { kind, tolerance }: Pick<PlanRuntime, "kind"> & { readonly tolerance: number },
  ordinary: Compared,
  hostile: Compared,
): Verdict {
  const { rows, worst, flips } = ordinary;
  const tier = kind === "onnx" ? "ONNX float64" : "Python";
  const wrong = ordinary.outside + ordinary.answered + ordinary.refused;
  const oddly = hostile.outside + hostile.answered;
  const evidence = `${counted(rows, "row")}, ${tier} against the fitted model: largest difference ${worst.toExponential(1)}, ${flips.toLocaleString("en-US")} other answers; of ${counted(hostile.rows, "hostile row")} ${oddly.toLocaleString("en-US")} ${oddly === 1 ? "differs" : "differ"}`;
  if (rows === 0 || wrong > 0 || oddly > 0)
    return failed(
      evidence,
      [...said("of the notebook", ordinary, tolerance), ...said("that are hostile", hostile, tolerance)].join(
        "\n",
      ),
    );
  const refused =
    hostile.refused === 0
      ? null
      : `${counted(hostile.refused, "hostile row")} that the fitted model answers the server refuses: ${hostile.refused === 1 ? "it does" : "they do"} not fit the types that it was fitted on.`;
  return passed(evidence, refused);
}

function said(
  which: string,
  { outside, answered, refused, rows }: Compared,
  tolerance: number,
): readonly string[] {
  if (rows === 0) return [`There are no rows ${which} to compare.`];
  const parts: readonly (readonly [number, string])[] = [
    [outside, `${outside === 1 ? "differs" : "differ"} by more than ${tolerance}`],
    [
      answered,
      `${answered === 1 ? "is" : "are"} answered, and the fitted model refuses ${answered === 1 ? "it" : "them"}`,
    ],
    [
      refused,
      `${refused === 1 ? "is" : "are"} refused, and the fitted model answers ${refused === 1 ? "it" : "them"}`,
    ],
  ];
  return parts.flatMap(([count, what]) =>
    count === 0 ? [] : [`${counted(count, "row")} ${which} ${what}.`],
  );
}
