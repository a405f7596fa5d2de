import { createHash } from "node:crypto";
import { expect, it } from "vitest";
import type { Run } from "../format/run.ts";
import { sourcesOfRun } from "./sources-of-run.ts";

const ran = (cellId: string, source: string) => ({
  cellId,
  sourceSha256: createHash("sha256").update(source).digest("hex"),
});

it("finds what ran by the cell's name, and by its text where an editor named it otherwise", () => {
  const cells = [
    { cell_type: "markdown", source: "# text", metadata: {} },
    { cell_type: "code", source: ["a = 1\n", "b"], metadata: {}, id: "named" },
    { cell_type: "code", source: "c = 2", metadata: {} },
    { cell_type: "code", source: "c = 2", metadata: {} },
  ];
  const run = {
    cells: [
      ran("named", "a = 1\nb"),
      ran("vscode-notebook-cell:/n.ipynb#W2sZmlsZQ%3D%3D", "c = 2"),
      ran("cell-2", "c = 2"),
      ran("gone", "d"),
    ],
  } as unknown as Run;
  const none = new Map();
  expect(sourcesOfRun(run, JSON.stringify({ cells }), none)).toEqual(["a = 1\nb", "c = 2", "c = 2", null]);
  expect(sourcesOfRun(run, "{", none)).toEqual([null, null, null, null]);
});

it("takes no text of an edited cell for what ran in it", () => {
  const notebook = JSON.stringify({
    cells: [{ cell_type: "code", source: "a = 2", metadata: {}, id: "named" }],
  });
  const run = { cells: [{ ...ran("named", "a = 1"), edited: true }] } as unknown as Run;
  expect(sourcesOfRun(run, notebook, new Map())).toEqual([null]);
  const kept = new Map([[ran("named", "a = 1").sourceSha256, "a = 1"]]);
  expect(sourcesOfRun(run, notebook, kept)).toEqual(["a = 1"]);
});
