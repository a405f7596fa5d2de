import { createHash } from "node:crypto";
import { expect, it } from "vitest";
import { appendCommit } from "../chain/append-commit.ts";
import { deleteRuns } from "../delete/delete-runs.ts";
import { appendRun } from "../fixtures/append-run.ts";
import { freshStore } from "../fixtures/record-one.ts";
import type { CellRun } from "../format/run.ts";
import type { WritableStore } from "../store/store.ts";
import { cellHistory } from "./cell-history.ts";

const sha = (text: string) => createHash("sha256").update(text).digest("hex");

/** Sources by id; ids that begin with a dot are not in the file. */
type Cells = readonly (readonly [id: string, source: string, output?: string])[];

const notebookOf = (cells: Cells) =>
  JSON.stringify({
    cells: cells.map(([id, source, output]) => ({
      cell_type: "code",
      execution_count: null,
      ...(id.startsWith(".") ? {} : { id }),
      metadata: {},
      outputs: output === undefined ? [] : [{ output_type: "stream", name: "stdout", text: output }],
      source,
    })),
    metadata: {},
    nbformat: 4,
    nbformat_minor: 5,
  });

function ranIn(cells: Cells, ran: readonly number[], value = 0.5, edited = false) {
  return {
    notebookText: notebookOf(cells),
    cells: ran.map(
      (index) =>
        ({
          cellId: cells[index]![0],
          index,
          startedAt: "2026-01-01T00:00:00.000Z",
          durationMs: 5,
          outcome: "ok",
          sourceSha256: edited ? sha("what ran") : sha(cells[index]![1]),
          edited,
        }) as CellRun,
    ),
    metrics: [{ name: "auc", value, cellId: cells[ran[0]!]![0] }] as never,
    uses: [{ path: `d${value}.csv`, cellId: cells[ran[0]!]![0] }],
  };
}

const told = async (store: WritableStore, cell: string, now?: Cells) => {
  const history = await cellHistory(store, "n.ipynb", cell, {
    now: now === undefined ? null : Buffer.from(notebookOf(now)),
  });
  return history.versions.map(({ source, runs }) => [
    source,
    runs.map(({ number, metrics, outputs, datasets }) => [
      number,
      metrics[0]?.value,
      (outputs[0] as { text?: string })?.text,
      datasets[0]?.path,
    ]),
  ]);
};

it("follows a cell by its id, wherever it stands, with what it gave, read and scored", async () => {
  const store = await freshStore();
  await appendRun(
    store,
    ranIn(
      [
        ["a", "x = 1"],
        ["b", "fit(1)", "one"],
      ],
      [1],
      0.1,
    ),
  );
  await appendRun(
    store,
    ranIn(
      [
        ["b", "fit(1)", "again"],
        ["a", "x = 1"],
      ],
      [0],
      0.2,
    ),
  );
  await appendRun(
    store,
    ranIn(
      [
        ["b", "fit(2)"],
        ["a", "x = 1"],
      ],
      [1],
      0.3,
    ),
  );
  await appendRun(
    store,
    ranIn(
      [
        ["a", "x = 1"],
        ["b", "fit(2)", "two"],
      ],
      [1],
      0.4,
    ),
  );
  await appendRun(store, { notebook: "other.ipynb", ...ranIn([["b", "other"]], [0]) });
  const expected = [
    ["fit(2)", [[2, 0.4, "two", "d0.4.csv"]]],
    [
      "fit(1)",
      [
        [1, 0.2, "again", "d0.2.csv"],
        [2, 0.1, "one", "d0.1.csv"],
      ],
    ],
  ];
  expect(await told(store, "b")).toEqual(expected);
  expect(await told(store, "2")).toEqual(expected);
  // The number is of the notebook as it is now.
  expect(await told(store, "1", [["b", "fit(3)"]])).toEqual(expected);
});

it("follows a cell without an id by its source, through changes of it", async () => {
  const store = await freshStore();
  const text = (last: string) => `import a\nimport b\nmodel = fit(a, b)\n${last}`;
  await appendRun(
    store,
    ranIn(
      [
        [".0", "print(1)"],
        [".1", text("x")],
      ],
      [1],
      0.1,
    ),
  );
  await appendRun(
    store,
    ranIn(
      [
        [".0", text("y")],
        [".1", "print(1)"],
      ],
      [0],
      0.2,
    ),
  );
  expect(await told(store, "1")).toEqual([
    [text("y"), [[1, 0.2, undefined, "d0.2.csv"]]],
    [text("x"), [[2, 0.1, undefined, "d0.1.csv"]]],
  ]);
});

it("does not take for a version what an honest score ran, which nobody wrote", async () => {
  const store = await freshStore();
  await appendRun(store, ranIn([["a", "as written"]], [0]));
  const origin = { kind: "honest", run: null, asWritten: { name: "auc", value: 1 }, fixes: [] } as const;
  await appendRun(store, { ...ranIn([["a", "fixed"]], [0], 0.4), origin });
  expect((await told(store, "a")).map(([source]) => source)).toEqual(["as written"]);
});

it("does not take for a version what nobody kept, what was deleted, or what cannot be read", async () => {
  const store = await freshStore();
  const { id } = await appendRun(store, ranIn([["a", "gone"]], [0]));
  await appendRun(store, ranIn([["a", "what it became"]], [0], 0.1, true));
  await deleteRuns(store, [id], { by: { name: null, email: null, agent: null }, confirmed: true });
  expect(await told(store, "a")).toEqual([[null, [[1, 0.1, undefined, "d0.1.csv"]]]]);
  const files = new Map([["run.json", "{"]]);
  await appendCommit(store, { files, message: "n.ipynb 01ARZ3NDEKTSV4RRFFQ69G5FAV", timestamp: 1 });
  expect((await cellHistory(store, "n.ipynb", "a")).unread).toHaveLength(1);
  await expect(cellHistory(store, "n.ipynb", "zz")).rejects.toMatchObject({ code: "history/no-such-cell" });
  await expect(cellHistory(store, "m.ipynb", "a")).rejects.toMatchObject({ code: "history/no-runs" });
  expect(
    (await cellHistory(store, "n.ipynb", "a", { most: 0, now: Buffer.from(notebookOf([["a", "x"]])) })).isCut,
  ).toBe(true);
});
