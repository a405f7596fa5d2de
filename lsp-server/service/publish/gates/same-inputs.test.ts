import { expect, it } from "vitest";
import { judgeInputs } from "./same-inputs.ts";

const inputs = { same: 3, changed: [], unknown: [] };
const gone = { path: "data.csv", reason: "It is another file than the run read.", advice: "Run it again." };

it("passes on the hashes of all that was read", () => {
  expect(judgeInputs({ inputs, outside: [] })).toMatchObject({
    state: "passed",
    evidence: "3 inputs by SHA-256",
  });
});

it("fails on a file that is another now, and says what to do", () => {
  expect(judgeInputs({ inputs: { ...inputs, changed: [gone] }, outside: [] })).toEqual({
    state: "failed",
    evidence: "1 input is not what the run read: data.csv",
    detail: "data.csv: It is another file than the run read. Run it again.",
  });
});

it("fails where the cells would write over what is the person's", () => {
  const verdict = judgeInputs({ inputs, outside: ["/home/a/model.joblib"] });
  expect(verdict).toMatchObject({ state: "failed" });
  expect(verdict.evidence).toContain("/home/a/model.joblib");
});

it("warns of what nobody can tell before it is read", () => {
  const unknown = [{ path: "https://example.org/a.csv", reason: "It came from an address.", advice: null }];
  const verdict = judgeInputs({ inputs: { ...inputs, unknown }, outside: [] });
  expect(verdict).toMatchObject({ state: "warned" });
  expect(verdict.evidence).toContain("https://example.org/a.csv");
});
