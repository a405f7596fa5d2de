import { notebookOf } from "@lookback/language/notebook/notebook.ts";
import { expect, it } from "vitest";
import { noSecrets } from "./no-secrets.ts";
import { runsClean } from "./runs-clean.ts";
import { sameAnswers } from "./same-answers.ts";
import { signature } from "./signature.ts";

const metric = (name: string, value: number, cellId = "c1") => ({ name, value, cellId, rows: 10 });
const notebook = (...sources: string[]) =>
  notebookOf(
    "n",
    sources.map((source, at) => ({ id: `c${at}`, source })),
  );

it("takes a score for the same to twelve digits, and only of the same cell and name", () => {
  const run = { metrics: [metric("auc", 0.7231), metric("auc", 0.5, "c2")] };
  const again = [metric("auc", 0.7231 + 1e-14), metric("auc", 0.5, "c2")];
  expect(sameAnswers(run, { metrics: again })).toMatchObject({
    state: "passed",
    evidence: "2 of 2 scores identical",
  });
  const off = [metric("auc", 0.7231 + 1e-9), metric("auc", 0.5, "c2")];
  expect(sameAnswers(run, { metrics: off })).toMatchObject({ state: "failed" });
  const gone = sameAnswers(run, { metrics: again.slice(0, 1) });
  expect(gone).toMatchObject({ state: "failed" });
  expect(gone.evidence).toContain("auc: 0.5 then, nothing now");
  expect(sameAnswers(run, { metrics: [metric("auc", Number.NaN), ...again.slice(1)] }).state).toBe("failed");
});

it("warns when there was no score to compare", () => {
  expect(sameAnswers({ metrics: [] }, { metrics: [metric("auc", 1)] }).state).toBe("warned");
});

it("finds a secret in a cell, and one that only an output holds, and never repeats it", async () => {
  const secret = `sk-${"a1B2".repeat(10)}`;
  const inCell = await noSecrets({ text: "{}", notebook: notebook("x = 1", `key = "${secret}"`) });
  expect(inCell).toMatchObject({ state: "failed" });
  expect(inCell.detail).toBe("1 OpenAI key in cell 2. Read it from the environment instead: os.environ[…].");
  expect(inCell.evidence).toBe("1 cell with what looks like a secret: c1");
  const inOutput = await noSecrets({ text: `{"text": "${secret}"}`, notebook: notebook("x = 1") });
  expect(inOutput.state).toBe("failed");
  expect(JSON.stringify([inCell, inOutput])).not.toContain(secret);
  const clean = await noSecrets({ text: "{}", notebook: notebook("password = getpass()", "y = 2") });
  expect(clean).toMatchObject({ state: "passed", evidence: "0 in 2 cells and their outputs" });
});

it("names the cell that raised, and says when only the slice failed", () => {
  const ok = { kind: "ok" } as const;
  const raised = { kind: "error", name: "KeyError", message: "'late'", cellId: "c3" } as const;
  expect(runsClean({ outcome: ok, ran: ["a"], missed: null }, 1.25)).toEqual({
    state: "passed",
    evidence: "1 cell in a fresh kernel, 1.3 s",
    detail: null,
  });
  expect(runsClean({ outcome: raised, ran: ["a"], missed: null }, 1)).toMatchObject({
    state: "failed",
    evidence: "cell c3 raised KeyError: 'late'",
    detail: null,
  });
  const missed = "NameError: name 'frame' is not defined";
  expect(runsClean({ outcome: ok, ran: ["a", "b"], missed }, 1)).toMatchObject({ state: "warned" });
  expect(runsClean({ outcome: raised, ran: ["a", "b"], missed }, 1).detail).toContain(missed);
  expect(runsClean({ outcome: { kind: "interrupted", cellId: null }, ran: [], missed: null }, 1).state).toBe(
    "failed",
  );
});

it("wants inputs, and an example with a value for each that a caller gives", () => {
  const inputs = [
    { name: "price", type: "double", from: "request" },
    { name: "temp", type: "double", from: "view", view: "weather", feature: "temp" },
  ] as const;
  const output = {
    name: "late",
    kind: "value",
    tensor: "variable",
    classes: null,
    positiveClass: null,
  } as const;
  const model = { path: "model/model.onnx", className: "Ridge", inputs, output };
  expect(signature({ model, example: { inputs: { price: 0 }, at: null } })).toMatchObject({
    state: "passed",
    evidence: "2 inputs, 1 looked up, 1 from the request",
    detail: "price: double, from the request\ntemp: double, from weather",
  });
  expect(signature({ model, example: { inputs: { price: null }, at: null } })).toMatchObject({
    state: "failed",
    evidence: "the example has no value for price",
  });
  expect(signature({ model: { ...model, inputs: [] }, example: { inputs: {}, at: null } }).state).toBe(
    "failed",
  );
});
