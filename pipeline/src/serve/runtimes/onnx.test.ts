import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import type { Plan, PlanInput } from "../../plan/plan.ts";
import type { Release } from "../../plan/read-release.ts";
import { riskPlan } from "../fixture-release.ts";
import { loadModel as load } from "./load-model.ts";
import type { Model } from "./model.ts";
import { briefly } from "./runtime-world.ts";

function release(file: string, model: Partial<Plan["model"]>): Release {
  const bytes = readFileSync(join(import.meta.dirname, "..", "..", "..", "fixtures", file));
  const plan = riskPlan(1);
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  return {
    dir: "",
    plan: { ...plan, model: { ...plan.model, ...model } },
    digest: "",
    model: bytes,
    modelSha256: sha256,
  };
}

function loadModel(asked: Release): Promise<Model> {
  return load(asked, briefly({ stateDir: "", workspaceRoot: "", env: {} }));
}

const amount: PlanInput = { name: "amount", type: "double", from: "request" };
const city: PlanInput = { name: "city", type: "string", from: "request" };
const fare = { name: "fare", kind: "value", classes: null, positiveClass: null, names: null } as const;
const runtime = { kind: "onnx", tensor: "fare" } as const;

it("feeds one tensor a column, texts among them, whatever their order in the graph", async () => {
  const model = await loadModel(release("fare.onnx", { inputs: [city, amount], output: fare, runtime }));
  expect(
    await model.answer([
      ["Rome", 10],
      ["Oslo", 0.1],
    ]),
  ).toEqual([{ fare: 120 }, { fare: 0.2 }]);
});

it("computes in double precision", async () => {
  const model = await loadModel(release("fare.onnx", { inputs: [amount, city], output: fare, runtime }));
  const epoch = 1_371_153_600.123456;
  expect(await model.answer([[epoch, ""]])).toEqual([{ fare: 2 * epoch }]);
});

it("answers every class when none is asked for, and a label as it is", async () => {
  const output = riskPlan(1).model.output;
  const every = await loadModel(release("risk-1.onnx", { output: { ...output, positiveClass: null } }));
  const [both] = await every.answer([[0, 0, 0]]);
  expect(Object.keys(both!)).toEqual(["False", "True"]);
  expect(Number(both!.False) + Number(both!.True)).toBeCloseTo(1, 12);
  const label = await loadModel(
    release("risk-2.onnx", {
      output: { ...output, kind: "label" },
      runtime: { ...runtime, tensor: "label" },
    }),
  );
  expect(
    await label.answer([
      [0, 0, 0],
      [-500, 0, 0],
    ]),
  ).toEqual([{ late: 1 }, { late: 0 }]);
});

it("never mixes up rows that are asked beside each other, nor after one that had no answer", async () => {
  const model = await loadModel(release("fare.onnx", { inputs: [amount, city], output: fare, runtime }));
  for (let round = 0; round < 3; round++) {
    const asked = Array.from({ length: 40 }, (_, at) => ({ fare: 2 * (round * 40 + at) + (at % 2) * 100 }));
    const refused = expect(model.answer([[null, "Rome"]])).rejects.toMatchObject({ code: "serve/no-answer" });
    const answers = asked.map((_, at) => model.answer([[round * 40 + at, at % 2 === 1 ? "Rome" : "Oslo"]]));
    expect((await Promise.all(answers)).flat()).toEqual(asked);
    await refused;
  }
});

it("refuses an answer that is not a number", async () => {
  const model = await loadModel(release("fare.onnx", { inputs: [amount, city], output: fare, runtime }));
  await expect(model.answer([[null, "Rome"]])).rejects.toMatchObject({ code: "serve/no-answer" });
});

it.each([
  ["an output it does not have", { output: fare, runtime: { ...runtime, tensor: "price" } }],
  ["inputs it does not take", { inputs: [amount], output: fare, runtime }],
])("refuses a plan that names %s", async (_, model) => {
  await expect(loadModel(release("fare.onnx", { inputs: [amount, city], ...model }))).rejects.toMatchObject({
    code: "serve/bad-model",
  });
});
