import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { recordScored } from "@lookback/kernel-bridge/ledger/fixtures/record-scored.ts";
import { openStore } from "@lookback/kernel-bridge/ledger/store/open-store.ts";
import { expect, it } from "vitest";
import { diff } from "./diff.ts";

const cwd = mkdtempSync(join(tmpdir(), "lookback-diff-"));
const asked = async (...argv: string[]) => {
  const out: string[] = [];
  const { signal } = new AbortController();
  const code = await diff.run(argv, {
    cwd,
    env: {},
    out: (text) => void out.push(text),
    err: () => undefined,
    signal,
  });
  return { code, text: out.join("") };
};

it("says in a terminal what changed between two runs, and of more puts their scores side by side", async () => {
  const store = await openStore(cwd);
  const record = (session: string, last: string, data: string, score: number) =>
    recordScored(store, session, { sources: ["read()", `a = 1\n${last}\nc = 3`], data, score });
  const one = await record("one", "b = 2", "x\n1\n", 0.7);
  const two = await record("two", "b = 3", "x\n2\n", 0.8);
  const three = await record("three", "b = 4", "x\n2\n", 0.9);

  const { code, text } = await asked(one.id, two.id);
  expect(code).toBe(0);
  expect(text).toContain("Same code in 1 of 2 cells, data changed, AUC +0.1000\n");
  expect(text).toContain(
    "cells  1 cell the same\n  cell 2: changed\n      a = 1\n    - b = 2\n    + b = 3\n      c = 3\n",
  );
  expect(text).toContain("data\n  read  data.csv  changed\n    100 % of its bytes are new\n");
  expect(text).toContain("metrics\n  roc_auc_score  0.7  0.8  +0.1000\n");
  expect(text).toContain("environment  1 package the same\n");
  expect(text).toContain("  ? The left run was not checked for leaks.\n");

  const same = await asked(two.id, three.id);
  expect(same.text).toContain("data  1 file the same\n");

  const many = await asked(one.id, two.id, three.id);
  expect(many.text).toContain("best AUC 0.9000 in run ");
  expect(many.text).toMatch(/roc_auc_score +0\.7 +0\.8 +0\.9\n/);

  const json = JSON.parse((await asked(one.id, two.id, "--json")).text);
  expect(json.pair.cells.code).toEqual({ total: 2, same: 1, unknown: 0 });
});

it("takes no fewer than two runs, and says which is not there", async () => {
  await expect(asked("01ABC")).rejects.toMatchObject({ code: "diff/usage" });
  await expect(asked("01ABC", "01ABD")).rejects.toMatchObject({ code: "ledger/no-such-run" });
});
