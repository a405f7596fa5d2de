import { Failure } from "@lookback/pipeline/failure.ts";
import type { Release } from "@lookback/pipeline/plan/read-release.ts";
import { loadModel } from "@lookback/pipeline/serve/model.ts";
import { failed, passed, type Verdict } from "../gate.ts";
import type { ExportedModel } from "../rehearse.ts";

/** The model as it is served answers the notebook's own rows as the fitted one does: within 1e-9, and never with another class. */
export async function servedAsTrained(
  release: Release,
  { sample, classes, inputs }: ExportedModel,
): Promise<Verdict> {
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
  const { name, positiveClass } = release.plan.model.output;
  let worst = 0;
  let flips = 0;
  for (const [row, expected] of sample.expected.entries()) {
    const answer = Number(
      answers[row]?.[positiveClass === null && classes !== null ? (classes[0] ?? name) : name],
    );
    const wanted =
      typeof expected === "number"
        ? expected
        : (expected[positiveClass === null ? 0 : (classes?.indexOf(positiveClass) ?? 0)] ?? Number.NaN);
    const difference = Math.abs(answer - wanted);
    worst = Number.isNaN(difference) ? Number.POSITIVE_INFINITY : Math.max(worst, difference);
    if (classes !== null && answer > 0.5 !== wanted > 0.5) flips++;
  }
  const evidence = `${count.toLocaleString("en-US")} rows, ONNX float64 against scikit-learn: largest difference ${worst.toExponential(1)}, ${flips} other answers`;
  const limit =
    classes === null ? 1e-9 * Math.max(1, ...sample.expected.map((each) => Math.abs(Number(each)))) : 1e-9;
  return worst <= limit && flips === 0 ? passed(evidence) : failed(evidence);
}
