import { expect, it } from "vitest";
import { chooseTier } from "../tier/choose-tier.ts";
import { servedBy } from "../tier/fixture-served.ts";
import { exportAll } from "./fixture-export.ts";

/** An environment that lacks some packages, as a person's may. */
const without = (...packages: readonly string[]) => `
import sys
class Missing:
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] in ${JSON.stringify(packages)}:
            raise ModuleNotFoundError("No module named " + name, name=name)
sys.meta_path.insert(0, Missing())
import numpy as np
from sklearn.linear_model import LogisticRegression
rows = np.c_[np.arange(40.0), np.arange(40) % 7]
fitted = LogisticRegression().fit(rows, np.arange(40) % 2 == 0)
`;

it.each([["skl2onnx"], ["onnx"]])(
  "without %s a model ships as a Python object, and says so",
  async (missing) => {
    const { model } = await exportAll(without(missing), { model: "(fitted, {'rows': rows})" });
    const { runtime } = await chooseTier(model.exported!);
    expect(runtime).toMatchObject({ kind: "python", because: `${missing} is not installed` });
  },
  60_000,
);

it("without pandas a model of arrays is exported and served all the same", async () => {
  const { model } = await exportAll(without("pandas", "skl2onnx"), { model: "(fitted, {'rows': rows})" });
  const exported = model.exported!;
  const tier = await chooseTier(exported);
  expect(tier.runtime).toMatchObject({ takes: "array", packages: { numpy: expect.any(String) } });
  expect(Object.keys(exported.python!.runtime.packages)).toEqual(["numpy", "scikit-learn"]);
  const { ordinary, hostile } = await servedBy(exported, tier);
  expect([ordinary.first, hostile.outside, hostile.answered]).toEqual([null, 0, 0]);
}, 60_000);
