import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ModelFit, Run } from "@lookback/kernel-bridge/ledger/format/run.ts";
import { notebookOf } from "@lookback/language/notebook/notebook.ts";
import { describe, expect, it } from "vitest";
import { loadPython } from "../../files/load-python.ts";
import type { Candidate } from "../candidate.ts";
import { findLeaks } from "./no-leaks.ts";
import { findSecrets } from "./no-secrets.ts";
import { judgeRehearsal } from "./runs-clean.ts";
import { sameCode } from "./same-code.ts";
import { judgeSignature } from "./signature.ts";

const file = (text: string) => Buffer.from(text, "utf8");
const notebook = (...sources: string[]) =>
  notebookOf(
    "n",
    sources.map((source, at) => ({ id: `c${at}`, source })),
  );

it("finds a secret in a cell, and one that only an output holds, and never repeats it", async () => {
  const secret = `sk-${"a1B2".repeat(10)}`;
  const inCell = await findSecrets({
    bytes: file("{}"),
    modules: [],
    notebook: notebook("x = 1", `key = "${secret}"`),
  });
  expect(inCell).toMatchObject({ state: "failed" });
  expect(inCell.detail).toBe("1 OpenAI key in cell 2. Read it from the environment instead: os.environ[…].");
  expect(inCell.evidence).toBe("1 cell with what looks like a secret: c1");
  const inOutput = await findSecrets({
    bytes: file(`{"text": "${secret}"}`),
    modules: [],
    notebook: notebook("x = 1"),
  });
  expect(inOutput.state).toBe("failed");
  expect(JSON.stringify([inCell, inOutput])).not.toContain(secret);
  const clean = await findSecrets({
    bytes: file("{}"),
    modules: [],
    notebook: notebook("password = getpass()", "y = 2"),
  });
  expect(clean).toMatchObject({ state: "passed", evidence: "0 in 2 cells and their outputs" });
});

const imported = (name: string, source: string) => ({ name, code: notebook(source), unread: null });
const unread = { name: "big.py", code: notebook(), unread: "It is larger than 1 MiB." };

it("finds a secret in a module that the notebook imports, and names what was not read", async () => {
  const secret = `sk-${"a1B2".repeat(10)}`;
  const bytes = file("{}");
  const found = await findSecrets({
    bytes,
    notebook: notebook("import keys"),
    modules: [imported("clean.py", "x = 1"), imported("keys.py", `key = "${secret}"`)],
  });
  expect(found).toMatchObject({
    state: "failed",
    evidence: "1 imported module with what looks like a secret: keys.py",
    detail: "1 OpenAI key in keys.py. Read it from the environment instead: os.environ[…].",
  });
  expect(JSON.stringify(found)).not.toContain(secret);
  const modules = [imported("clean.py", "x = 1")];
  expect(await findSecrets({ bytes, notebook: notebook("x = 1"), modules })).toMatchObject({
    state: "passed",
    evidence: "0 in 1 cell, their outputs and 1 imported module",
  });
  expect(await findSecrets({ bytes, notebook: notebook("x = 1"), modules: [unread] })).toMatchObject({
    state: "warned",
    evidence: "0 in 1 cell, their outputs and 0 imported modules; not read: big.py",
    detail: "big.py was not read: It is larger than 1 MiB.",
  });
});

it("finds a secret in the outputs of a file in UTF-16", async () => {
  const text = JSON.stringify({ cells: [{ outputs: [{ text: `token sk-${"a1B2".repeat(10)}` }] }] });
  const bytes = Buffer.from(`\uFEFF${text}`, "utf16le");
  expect(await findSecrets({ bytes, notebook: notebook("x = 1"), modules: [] })).toMatchObject({
    state: "failed",
    detail: expect.stringContaining("in the output of cell 1"),
  });
});

describe("leaks", () => {
  const leaky = `import pandas as pd
from imblearn.over_sampling import SMOTE
from sklearn.model_selection import train_test_split
from sklearn.svm import SVC
frame = pd.read_csv("absent.csv")
X, y = SMOTE().fit_resample(frame[["a"]], frame["late"])
X_train, X_test, y_train, y_test = train_test_split(X, y, random_state=0)
SVC().fit(X_train, y_train).score(X_test, y_test)`;
  const likely = leaky
    .replace("from imblearn.over_sampling import SMOTE", "from sklearn.preprocessing import StandardScaler")
    .replace('SMOTE().fit_resample(frame[["a"]], ', 'StandardScaler().fit_transform(frame[["a"]]), (');
  const look = async (part: Partial<Parameters<typeof findLeaks>[1]>) =>
    findLeaks(
      { python: await loadPython(), root: "/nowhere" },
      { path: "/nowhere/n.ipynb", notebook: notebook("x = 1"), gaps: [], modules: [], ...part },
    );

  it("are looked for in every cell and in every imported module", async () => {
    expect(await look({})).toEqual({
      state: "passed",
      evidence: "0 errors, 0 warnings, 0 allowed with a reason",
      detail: null,
    });
    const inCell = await look({ notebook: notebook(leaky) });
    expect(inCell).toMatchObject({ state: "failed", detail: expect.stringMatching(/^[\w-]+, cell c0: /) });
    const inModule = await look({ modules: [imported("shop/prepare.py", leaky)] });
    expect(inModule).toMatchObject({
      state: "failed",
      evidence:
        "1 error, 0 warnings, 0 allowed with a reason, 1 imported module followed, and read on its own",
      detail: inCell.detail?.replace("cell c0", "shop/prepare.py"),
    });
  });

  it("that are only likely are shown and let through", async () => {
    expect(await look({ notebook: notebook(likely) })).toMatchObject({
      state: "warned",
      evidence: "0 errors, 1 warning, 0 allowed with a reason",
      detail: expect.stringMatching(/^[\w-]+, cell c0: /),
    });
  });

  it("are judged by lookback.toml, and what it leaves out is shown", async () => {
    const folder = mkdtempSync(join(tmpdir(), "lookback-gate-"));
    const path = join(folder, "n.ipynb");
    writeFileSync(join(folder, "lookback.toml"), 'lint.rules.resample-before-split = "off"\n');
    expect(await look({ path, notebook: notebook(leaky) })).toMatchObject({
      state: "warned",
      evidence:
        "0 errors, 0 warnings, 0 allowed with a reason; resample-before-split is off in lookback.toml",
    });
    writeFileSync(join(folder, "lookback.toml"), "lint = [");
    expect(await look({ path })).toMatchObject({
      state: "warned",
      evidence: expect.stringMatching(/; lookback\.toml: This is not TOML: .+[^.]$/),
    });
    rmSync(folder, { recursive: true });
  });

  it("are not said to be none of what was not read", async () => {
    const gap = {
      ...{ code: "coverage/bad-cell", weight: "unread" as const, cellId: null, cellIndex: 3, range: null },
      ...{ reason: "Cell 4 has no source.", means: "It is not part of the answer.", advice: "" },
    };
    expect(await look({ gaps: [gap] })).toMatchObject({
      state: "warned",
      evidence: "0 errors, 0 warnings, 0 allowed with a reason; 1 of 2 cells was not read",
      detail: expect.stringContaining("Cell 4 has no source."),
    });
    expect(await look({ modules: [unread, imported("odd.py", "def f(:\n  ((")] })).toMatchObject({
      state: "warned",
      evidence:
        "0 errors, 0 warnings, 0 allowed with a reason, 1 imported module followed, and read on its own; odd.py has lines that were not understood; big.py was not read",
    });
  });
});

it("says of the code of imported modules that it is not compared with the run's", async () => {
  const run = { id: "01KAGZ0000000000000000RUN1", cells: [], models: [], metrics: [] };
  const cells = [{ cellId: "c0", needed: true, gives: [] }];
  const ask = (modules: readonly ReturnType<typeof imported>[]) =>
    sameCode.run({ run, selection: { cells, modules } } as unknown as Candidate);
  expect((await ask([])).evidence).toBe(
    "1 of 1 cell ships, all with the hashes of run 01KAGZ0000…, which gave no score",
  );
  expect(await ask([imported("a.py", "")])).toMatchObject({
    evidence: expect.stringMatching(/; not compared, for a run does not record them: 1 imported module$/),
    detail: "a.py",
  });
});

it("names the cell that raised, and says when only the slice failed", () => {
  const ok = { kind: "ok" } as const;
  const proof = { model: "bytes", fit: null, answers: [], scores: [] } as const;
  const raised = { kind: "error", name: "KeyError", message: "'late'", cellId: "c3" } as const;
  expect(judgeRehearsal({ outcome: ok, ran: ["a"], missed: null, proof }, 1.25)).toEqual({
    state: "passed",
    evidence: "1 cell in a fresh kernel, 1.3 s",
    detail: null,
  });
  expect(judgeRehearsal({ outcome: raised, ran: ["a"], missed: null, proof }, 1)).toMatchObject({
    state: "failed",
    evidence: "cell c3 raised KeyError: 'late'",
    detail: null,
  });
  const missed = "NameError: name 'frame' is not defined";
  expect(judgeRehearsal({ outcome: ok, ran: ["a", "b"], missed, proof }, 1)).toMatchObject({
    state: "warned",
  });
  const other = { ...proof, model: "differs" } as const;
  expect(
    judgeRehearsal({ outcome: ok, ran: ["a", "b"], missed, proof: other }, 1),
    "nothing was missed where all cells make another model too",
  ).toMatchObject({ state: "passed", detail: null });
  expect(judgeRehearsal({ outcome: raised, ran: ["a", "b"], missed, proof }, 1).detail).toContain(missed);
  expect(
    judgeRehearsal({ outcome: { kind: "interrupted", cellId: null }, ran: [], missed: null, proof: null }, 1)
      .state,
  ).toBe("failed");
});

it("wants inputs, and an example with a value for each that a caller gives", () => {
  const inputs = [
    { name: "price", type: "double", from: "request" },
    { name: "temp", type: "double", from: "view", view: "weather", feature: "temp" },
  ] as const;
  const output = {
    name: "late",
    kind: "value",
    classes: null,
    positiveClass: null,
    names: null,
  } as const;
  const runtime = { kind: "onnx", tensor: "variable" } as const;
  const model = { runtime, path: "model/model.onnx", className: "Ridge", inputs, output };
  const fit = (variable: string | null) => ({ variable }) as ModelFit & { variable: string };
  const run = { models: [fit("ridge"), fit(null), fit("ridge")] } as unknown as Run;
  const selection = { model: fit("ridge"), run };
  const whole = { model, example: { inputs: { price: 0 }, at: null } };
  expect(judgeSignature(whole, selection)).toMatchObject({
    state: "passed",
    evidence: "2 inputs, 1 looked up, 1 from the request",
    detail: "price: double, from the request\ntemp: double, from weather",
  });
  const several = { ...run, models: [fit("forest"), ...run.models] };
  expect(judgeSignature(whole, { ...selection, run: several })).toMatchObject({
    state: "warned",
    evidence: "2 inputs, 1 looked up, 1 from the request; of 2 models that the run fitted ridge ships",
    detail: expect.stringContaining("Not shipped: forest. A score may be theirs."),
  });
  const example = { inputs: { price: null }, at: null };
  expect(judgeSignature({ model, example }, selection).state, "a number may be missing").toBe("passed");
  const counted = { ...model, inputs: [{ ...inputs[0], type: "int64" as const }, inputs[1]] };
  expect(judgeSignature({ model: counted, example }, selection)).toMatchObject({
    state: "failed",
    evidence: "the example has no value for price",
  });
  const without = { model: { ...model, inputs: [] }, example: { inputs: {}, at: null } };
  expect(judgeSignature(without, selection).state).toBe("failed");
});
