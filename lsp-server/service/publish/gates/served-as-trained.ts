import { Failure } from "@lookback/kernel-bridge/failure.ts";
import { readRelease } from "@lookback/pipeline/plan/read-release.ts";
import { loadModel } from "@lookback/pipeline/serve/model.ts";
import { compareAnswers } from "./compare-answers.ts";
import { failed, type Gate, passed } from "./gate.ts";

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
    const answers = await loadModel(release)
      .then((model) => model.answer(rows))
      .catch((error: unknown) => {
        if (error instanceof Failure) return error;
        throw error;
      });
    if (answers instanceof Failure)
      return failed("0 rows answered: the server cannot run this model", answers.message);
    const { worst, outside, flips } = compareAnswers(sample.expected, answers, {
      ...release.plan.model.output,
      classes,
    });
    const evidence = `${count.toLocaleString("en-US")} rows, ONNX float64 against scikit-learn: largest difference ${worst.toExponential(1)}, ${flips} other answers`;
    return count > 0 && outside === 0 && flips === 0 ? passed(evidence) : failed(evidence);
  },
};
