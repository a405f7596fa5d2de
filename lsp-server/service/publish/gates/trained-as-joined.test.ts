import { expect, it } from "vitest";
import { judgeJoined } from "./trained-as-joined.ts";

it("passes where every row of the fit is one of the join", () => {
  expect(judgeJoined({ rows: 500, missing: 0, columns: new Map() }, "sold")).toMatchObject({
    state: "passed",
    evidence: "500 rows of the fit, 0 not in the training join",
  });
});

it("fails where rows were changed behind the join, and says by which column", () => {
  const verdict = judgeJoined({ rows: 500, missing: 3, columns: new Map([["visitors", 3]]) }, "sold");
  expect(verdict.state).toBe("failed");
  expect(verdict.detail).toContain("visitors: 3 rows hold a value that it gives nowhere");
  const mixed = judgeJoined({ rows: 500, missing: 3, columns: new Map() }, "sold");
  expect(mixed.detail).toContain("rows were mixed");
});

it("fails where the model never saw the training set", () => {
  expect(judgeJoined({ rows: 0, missing: 0, columns: new Map() }, "sold")).toMatchObject({
    state: "failed",
    evidence: "the model takes no feature of sold",
  });
});
