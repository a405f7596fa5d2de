import { expect, test } from "vitest";
import { listRows } from "./list-rows.ts";
import { runRows } from "./run-rows.ts";
import { runSummary } from "./sample-run.ts";

const single = (id: string, over = {}) =>
  runSummary({ id, cellsRun: 1, metric: null, model: null, metrics: {}, ...over });
const lines = (runs: Parameters<typeof runRows>[0], open: string[] = []) =>
  listRows(runRows(runs), new Set(open)).map((line) =>
    line.kind === "run"
      ? `${line.inside === null ? "" : "  "}${line.row.run.id}`
      : `${line.isOpen ? "v" : ">"} ${line.fold.rows.map(({ run }) => run.id).join("")}`,
  );
const starred = { ...runSummary({ id: "x" }).marks, starred: true };

test("folds what ran cell by cell in one session, and nothing else", () => {
  expect(
    lines([
      runSummary({ id: "a" }),
      single("9"),
      single("8"),
      runSummary({ id: "7", cellsRun: 1 }),
      single("6"),
      single("5", { marks: starred }),
      single("4"),
      single("3", { outcome: { kind: "error", name: "E", message: "", cellId: "c" } }),
      single("2", { session: "kernel-0" }),
      single("1", { session: "kernel-0", notebook: "other.ipynb" }),
    ]),
  ).toEqual(["a", "> 98", "7", "6", "5", "> 43", "2", "1"]);
});

test("shows the runs of a fold that is open, which a newer run does not close", () => {
  const runs = [single("2"), single("1")];
  expect(lines([single("3"), ...runs], ["1"])).toEqual(["3", "v 21", "  2", "  1"]);
  expect(lines([single("4"), single("3"), ...runs], ["1"])).toEqual(["4", "v 321", "  3", "  2", "  1"]);
});

test("leaves the newest run in sight", () => {
  expect(lines([single("2"), single("1")])).toEqual(["2", "1"]);
});
