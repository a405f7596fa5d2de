import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { chooseTier } from "./choose-tier.ts";
import type { AskedRows, Exported } from "./read-export.ts";

/** Twice the amount, and 100 more in Rome; a missing amount is no number. */
const graph = readFileSync(join(import.meta.dirname, "../../../../pipeline/fixtures/fare.onnx"));
const asked = (rows: AskedRows["rows"], expected: AskedRows["expected"], because?: string): AskedRows => ({
  rows,
  expected,
  because: rows.map(() => because ?? null),
});
const fare: Exported = {
  className: "Fare",
  inputs: [
    { name: "amount", type: "double" },
    { name: "city", type: "string" },
  ],
  output: { kind: "value", classes: null, names: null },
  single: false,
  onnx: { bytes: graph, tensor: "fare" },
  because: null,
  python: {
    bytes: Uint8Array.of(128, 5),
    runtime: { python: "3.11", packages: { numpy: "2.1.0" }, takes: "frame", method: "predict" },
  },
  noPython: null,
  sample: asked(
    [
      [10, "Rome"],
      [0.1, "Oslo"],
    ],
    [120, 0.2],
  ),
  hostile: asked(
    [
      [null, "Oslo"],
      [1e300, "Rome"],
      [3, ""],
    ],
    [null, 2e300, 6],
    "amount",
  ),
};

const python = (because: string | RegExp) => ({
  path: "model/model.pkl",
  bytes: Uint8Array.of(128, 5),
  runtime: {
    ...{ kind: "python", python: "3.11", packages: { numpy: "2.1.0" }, takes: "frame", method: "predict" },
    because: typeof because === "string" ? because : expect.stringMatching(because),
  },
});

it("is ONNX where the graph answers every row as the fitted model does, and refuses what that refuses", async () => {
  expect(await chooseTier(fare)).toEqual({
    path: "model/model.onnx",
    bytes: graph,
    runtime: { kind: "onnx", tensor: "fare" },
  });
});

it("is Python where one row of the notebook is answered otherwise, and names the difference", async () => {
  const sample = asked(fare.sample.rows, [120, 0.3]);
  expect(await chooseTier({ ...fare, sample })).toEqual(
    python("for row 2 of 2 rows asked the fitted model answers 0.3 and ONNX answers 0.2"),
  );
});

it("is Python where one hostile row is answered otherwise, and names the input", async () => {
  const hostile = asked([[1e300, "Oslo"]], [5], "amount");
  expect(await chooseTier({ ...fare, hostile })).toEqual(
    python("where amount is 1e+300 the fitted model answers 5 and ONNX answers 2e+300"),
  );
});

it.each<[string, AskedRows, string]>([
  [
    "the graph answers what the fitted model refuses",
    asked([[1, "Paris"]], [null], "city"),
    'where city is "Paris" the fitted model refuses and ONNX answers 2',
  ],
  [
    "the graph refuses what the fitted model answers",
    asked([[null, "Oslo"]], [7], "amount"),
    "where amount is missing the fitted model answers 7 and ONNX refuses",
  ],
])("is Python where %s", async (_, hostile, because) => {
  expect(await chooseTier({ ...fare, hostile })).toEqual(python(because));
});

it("is Python for a graph that the server cannot load, or that answers in another shape", async () => {
  const broken = { bytes: Uint8Array.of(1, 2, 3), tensor: "fare" };
  expect(await chooseTier({ ...fare, onnx: broken })).toEqual(
    python("the server's ONNX runtime cannot load the graph"),
  );
  const several = { ...fare.output, names: ["a", "b"] };
  expect(await chooseTier({ ...fare, output: several })).toEqual(python(/answers in another shape/));
});

it("is Python where no graph could be written, for the exporter's reason", async () => {
  const without = { ...fare, onnx: null, because: "skl2onnx is not installed" };
  expect(await chooseTier(without)).toEqual(python("skl2onnx is not installed"));
});

it("refuses what can be served in neither way, for both reasons; a model that no file holds may still be ONNX", async () => {
  const without = { ...fare, python: null, noPython: "the model cannot be put into a file" };
  expect((await chooseTier(without)).path).toBe("model/model.onnx");
  const sample = asked(fare.sample.rows, [120, 0.3]);
  await expect(chooseTier({ ...without, sample })).rejects.toMatchObject({
    code: "publish/no-tier",
    message: expect.stringMatching(/^the model cannot be put into a file; and .* ONNX: for row 2/),
  });
});
