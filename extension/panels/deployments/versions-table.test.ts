import { expect, it } from "vitest";
import { runtimeText } from "./versions-table.tsx";

const runtime = {
  kind: "python" as const,
  because: "its steps are the notebook's own",
  ...{ workers: 2, ready: 2, restarts: 0, waiting: 0, reason: null },
};

it("says why a version runs in Python, and whether it can answer", () => {
  expect(runtimeText(runtime)).toBe(
    "Runs in Python, which is slower than ONNX, because its steps are the notebook's own. 2 of 2 processes ready.",
  );
  expect(runtimeText({ ...runtime, workers: 1, ready: 0, restarts: 3, reason: "numpy is 2.0" })).toMatch(
    /0 of 1 process ready: numpy is 2\.0\. Started again 3 times\.$/,
  );
});
