import { join } from "node:path";
import { counted } from "@lookback/kernel-bridge/counted.ts";
import { Failure } from "@lookback/kernel-bridge/failure.ts";
import { type Release, readRelease } from "@lookback/pipeline/plan/read-release.ts";
import { loadModel } from "@lookback/pipeline/serve/runtimes/load-model.ts";
import type { Rows } from "@lookback/pipeline/serve/runtimes/model.ts";
import { briefly } from "@lookback/pipeline/serve/runtimes/runtime-world.ts";
import type { PublishContext } from "../publish-context.ts";
import { type Comparison, compareAnswers } from "./compare-answers.ts";
import { failed, type Gate, passed, type Verdict } from "./gate.ts";
import { TOLERANCE } from "./same-value.ts";

/** The model as it is served answers the notebook's own rows as the fitted one does: each number within 1e-9 of its own, and never with another class. */
export const servedAsTrained: Gate = {
  id: "served-as-trained",
  title: "Served = trained",
  async run(candidate) {
    const release = await readRelease((await candidate.staged()).dir);
    const { sample, classes, inputs } = await candidate.exported();
    const count = sample.expected.length;
    const rows = Array.from({ length: count }, (_, row) =>
      inputs.map(({ name }) => sample.rows[name]?.[row] ?? null),
    );
    const answers = await answersOf(release, rows, candidate.context).catch((error: unknown) => {
      if (error instanceof Failure) return error;
      throw error;
    });
    if (answers instanceof Failure)
      return failed("0 rows answered: the server cannot run this model", answers.message);
    return verdictOn(
      count,
      compareAnswers(sample.expected, answers, { ...release.plan.model.output, classes }),
    );
  },
};

/** The server's own answers, in the Python that rehearsed where the model runs in one. */
async function answersOf(release: Release, rows: Rows, { store, env, kernelPython }: PublishContext) {
  const named = kernelPython === undefined ? env : { ...env, LOOKBACK_PYTHON: kernelPython };
  const where = { stateDir: join(store.dir, "pipeline"), workspaceRoot: store.root, env: named };
  const model = await loadModel(release, briefly(where));
  try {
    return await model.answer(rows);
  } finally {
    await model.close();
  }
}

/** What a comparison of so many rows amounts to. */
export function verdictOn(rows: number, { worst, outside, flips }: Comparison): Verdict {
  const evidence = `${counted(rows, "row")}, ONNX float64 against scikit-learn: largest difference ${worst.toExponential(1)}, ${flips.toLocaleString("en-US")} other answers`;
  if (rows > 0 && outside === 0 && flips === 0) return passed(evidence);
  const differ = `${counted(outside, "row")} ${outside === 1 ? "differs" : "differ"} by more than ${TOLERANCE}. The usual reason is a step that the converter to ONNX writes in float32.`;
  return failed(evidence, outside > 0 ? differ : flips > 0 ? ON_THE_EDGE : null);
}

/** Why a class can change where no number does. */
const ON_THE_EDGE =
  "The other answers lie on the edge between two classes, where rounding decides. Votes that can tie put them there: an odd number of trees or neighbors leaves no tie between two classes.";
