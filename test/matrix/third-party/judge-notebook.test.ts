import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Run } from "@lookback/kernel-bridge/ledger/format/run.ts";
import { expect, it } from "vitest";
import type { CallByText } from "./calls-by-text.ts";
import { judgeNotebook, nothing } from "./judge-notebook.ts";

const ran = (parts: object) =>
  ({ datasets: [], models: [], metrics: [], tables: [], notes: [], ...parts }) as unknown as Run;
const call = (parts: object): CallByText =>
  ({ cell: "c0", inside: false, ...parts }) as unknown as CallByText;
const fit = { kind: "fit", class: "Ridge", method: "fit", scores: {} };
const model = { cellId: "c0", className: "sklearn.linear_model.Ridge", method: "fit", calls: 1 };
const score = { kind: "score", name: "r2_score", value: 0.5 };
const metric = { cellId: "c0", name: "r2_score", value: 0.5, values: null, folds: null };
const file = { kind: "file", access: "read", path: "d.csv", sha256: "abc" };
const use = { cellId: "c0", access: "read", path: "d.csv", kind: null, sha256: "abc" };

it.each<[string, "fits" | "scores" | "files", readonly CallByText[], Run, object]>([
  ["a fit that is recorded", "fits", [call(fit)], ran({ models: [model] }), { right: 1 }],
  ["one that is not", "fits", [call(fit)], ran({}), { silent: 1 }],
  [
    "one that is not, and is said to be",
    "fits",
    [call(fit)],
    ran({ notes: [{ code: "observer/limit", message: "more" }] }),
    { noted: 1 },
  ],
  [
    "one of another cell",
    "fits",
    [call({ ...fit, cell: "c1" })],
    ran({ models: [model] }),
    { silent: 1, notTheirs: 1 },
  ],
  [
    "one of another class",
    "fits",
    [call({ ...fit, class: "Lasso" })],
    ran({ models: [model] }),
    { silent: 1, notTheirs: 1 },
  ],
  [
    "one more than was called",
    "fits",
    [call(fit)],
    ran({ models: [model, model] }),
    { right: 1, notTheirs: 1 },
  ],
  [
    "several in one line",
    "fits",
    [call(fit), call(fit)],
    ran({ models: [{ ...model, calls: 2 }] }),
    { right: 2 },
  ],
  ["one within another, recorded", "fits", [call({ ...fit, inside: true })], ran({ models: [model] }), {}],
  ["one within another, not recorded", "fits", [call({ ...fit, inside: true })], ran({}), {}],
  ["a score", "scores", [call(score)], ran({ metrics: [metric] }), { right: 1 }],
  [
    "another value",
    "scores",
    [call(score)],
    ran({ metrics: [{ ...metric, value: 0.6 }] }),
    { silent: 1, notTheirs: 1 },
  ],
  [
    "a series of a loop",
    "scores",
    [call(score), call({ ...score, value: 0.7 })],
    ran({ metrics: [{ ...metric, value: 0.7, values: [0.5, 0.7] }] }),
    { right: 2 },
  ],
  [
    "the mean of folds",
    "scores",
    [call({ ...score, value: 0.6 })],
    ran({ metrics: [{ ...metric, value: 0.6, values: [0.5, 0.7], folds: 2 }] }),
    { right: 1 },
  ],
  [
    "what a library computed as it fitted",
    "scores",
    [call({ ...fit, scores: { aic: 7 } })],
    ran({ metrics: [{ ...metric, name: "aic", value: 7 }] }),
    {},
  ],
  [
    "another number than it computed",
    "scores",
    [call({ ...fit, scores: { aic: 7 } })],
    ran({ metrics: [{ ...metric, name: "aic", value: 8 }] }),
    { notTheirs: 1 },
  ],
  [
    "a table",
    "scores",
    [call({ kind: "table", name: "roc_curve" })],
    ran({ tables: [{ cellId: "c0", name: "roc_curve" }] }),
    { right: 1 },
  ],
  ["a file", "files", [call(file)], ran({ datasets: [use] }), { right: 1 }],
  ["a file that was used twice", "files", [call(file), call(file)], ran({ datasets: [use] }), { right: 1 }],
  [
    "other bytes",
    "files",
    [call(file)],
    ran({ datasets: [{ ...use, sha256: "x" }] }),
    { silent: 1, notTheirs: 1 },
  ],
  [
    "a temporary file, of which there were some",
    "files",
    [call({ ...file, path: join(tmpdir(), "x", "d.csv") })],
    ran({
      notes: [{ code: "observer/temporary", message: "1 temporary file was opened and not recorded." }],
    }),
    { temporary: 1 },
  ],
  [
    "a temporary file, of which nothing is said",
    "files",
    [call({ ...file, path: join(tmpdir(), "x", "d.csv") })],
    ran({}),
    { silent: 1 },
  ],
  ["a file that nobody named", "files", [], ran({ datasets: [use] }), { notTheirs: 1 }],
  [
    "data that a library made",
    "files",
    [call({ kind: "made", name: "sklearn:load_iris" })],
    ran({ datasets: [{ ...use, kind: "made", path: "made:sklearn:load_iris" }] }),
    {},
  ],
])("judges %s", (_, kind, calls, run, tally) => {
  const judged = judgeNotebook(calls, run);
  expect(judged[kind]).toEqual({ ...nothing, ...tally });
  const bad = ["noted", "silent", "notTheirs"] as const;
  const counted = (["fits", "scores", "files"] as const).flatMap((each) =>
    bad.map((word) => judged[each][word]),
  );
  expect(judged.faults).toHaveLength(counted.reduce((sum, count) => sum + count, 0));
});
