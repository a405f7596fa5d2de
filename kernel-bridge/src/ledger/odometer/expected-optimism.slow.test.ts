import { expect, it } from "vitest";
import { simulatedOptimism } from "./fixtures/simulated-search.ts";

const searches = (["accuracy_score", "roc_auc_score"] as const).flatMap((metric) =>
  [5, 20, 80].flatMap((models) =>
    [100, 500].flatMap((rows) => [0, 0.5, 0.9].map((together) => ({ metric, models, rows, together }))),
  ),
);

it.each(searches)(
  "1,000 searches by $metric among $models equal models on $rows rows, erring together by $together: stated as it is",
  (search) => {
    const { stated, true: held } = simulatedOptimism({ ...search, apart: 0, times: 1_000 }, 3);
    expect(stated / held).toBeGreaterThan(0.8);
    expect(stated / held).toBeLessThan(1.2);
  },
);
