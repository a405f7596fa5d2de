import { loadPython } from "@lookback/service/files/load-python.ts";
import { beforeAll, describe, expect, test } from "vitest";
import { notebookOf } from "../../notebook/notebook.ts";
import { type Python, parseCell } from "../../notebook/python.ts";
import { type Analysis, analyze, createCache, forkOf } from "../analyze.ts";
import type { Statement } from "../ir.ts";
import { lowerCell } from "../lower/lower-cell.ts";
import { rules } from "../rules/rules.ts";
import type { Schema } from "./program.ts";
import { runProgram } from "./run-program.ts";
import { createTrail, type Trail, type World } from "./trail.ts";
import { createStore } from "./values/store.ts";

let python: Python;
beforeAll(async () => {
  python = await loadPython();
});

interface Cell {
  readonly id: string;
  readonly source: string;
}

const said = ({ findings, allowed, coverage, facts }: Analysis): string =>
  JSON.stringify([findings, allowed, coverage, [...facts.heldNames().keys()]]);

/** A notebook with a cell a statement. */
function cut(source: string): Cell[] {
  const pieces = source.trim().split(/\n(?=[A-Za-z@_%])/);
  return pieces.map((piece, at) => ({ id: `c${at}`, source: piece }));
}

/** Each cell is changed and given back, some are left out and put in again, all by one cache; each time a fresh look says the same. */
function edit(cells: readonly Cell[], given: Partial<Parameters<typeof analyze>[1]> = {}): void {
  const cache = createCache();
  const look = (now: readonly Cell[]): void => {
    const warm = analyze(notebookOf("n.ipynb", now), { python, cache, ...given });
    expect(said(warm)).toEqual(said(analyze(notebookOf("n.ipynb", now), { python, ...given })));
  };
  look(cells);
  for (const [at, cell] of cells.entries()) {
    look(cells.with(at, { ...cell, source: `${cell.source}\nlast_one = df` }));
    look(cells.with(at, { ...cell, source: "pass" }));
    look(cells);
    look(cells.toSpliced(at, 1));
    look([...cells, { ...cell, id: "again" }]);
  }
}

describe("a run that goes on from an earlier one says what a fresh one says", () => {
  const books = rules.flatMap(({ id, examples }) =>
    examples.slice(0, 1).map(({ title, code }) => [`${id}: ${title}`, code] as const),
  );
  test.each(books)("%s", (_title, source) => {
    edit(cut(source));
  });

  test("where functions change names around them", () => {
    edit(
      cut(`def outer():
    held = pd.read_csv("a.csv")
    def scaled():
        nonlocal held
        held = StandardScaler().fit_transform(held)
        return held
    return scaled
scaled = outer()
X = scaled()
X_train, X_test = train_test_split(X)
KMeans().fit(X_train).score(X_test)`),
    );
  });

  test("where a loop in an earlier cell gives a flag that a later one hands on", () => {
    edit(
      cut(`df = pd.read_csv("a.csv")
X_train, X_test, y_train, y_test = train_test_split(df[["a"]], df["y"])
scaler = StandardScaler()
for name in names:
    isFirst = False
def prepare(frame, fit):
    return scaler.fit_transform(frame) if fit else scaler.transform(frame)
X_train = prepare(X_train, True)
X_test = prepare(X_test, isFirst)
SVC().fit(X_train, y_train).score(X_test, y_test)`),
    );
  });
});

test("a run whose cells ran more than once goes on where another cell came last", () => {
  const sources = {
    i: 'import pandas as pd\ndf = pd.read_csv("a.csv")',
    a: "rows = []",
    b: 'for name in ["x"]:\n    part = df[df["name"] == name]\n    rows.append(part)',
    c: "1",
    d: "2",
    f: 'all = pd.concat(rows)\nX, X_test, y, y_test = train_test_split(all[["a"]], all["y"])\nprint(SVC().fit(X, y).score(X_test, y_test))',
  };
  const notebook = notebookOf(
    "n.ipynb",
    Object.entries(sources).map(([id, source]) => ({ id, source })),
  );
  const cache = createCache();
  for (const order of ["iabcf", "iabdf", "iabcbf", "iabdbf", "iabbbf", "iabbcf", "iabbbf", "iabcbf"]) {
    const given = { python, order: [...order] };
    expect(said(analyze(notebook, { ...given, cache })), order).toEqual(said(analyze(notebook, given)));
  }
});

describe("what is remembered", () => {
  const world: World = {
    textOf: () => "",
    sql: null,
    modules: null,
    schemaOf: () => null,
    isAnyones: () => false,
  };
  const lowered = new Map<string, readonly Statement[]>();
  const cellsOf = (...sources: string[]): readonly (readonly Statement[])[] =>
    sources.map((source, at) => {
      const key = `${at}: ${source}`;
      const known = lowered.get(key) ?? lowerCell(python, parseCell(python, source), key, source).statements;
      lowered.set(key, known);
      return known;
    });
  const begins = (trail: Trail, sources: string[], given = world): number => {
    const cells = cellsOf(...sources);
    const { at } = trail.fork().begin(cells, given);
    runProgram(cells, given, trail);
    return at;
  };
  const six = ["a = 1", "b = a", "c = b", "d = c", "e = d", "f = e"];

  test("is nothing of a first look, then the run before the cell that changes, and before every tenth part", () => {
    const trail = createTrail();
    expect(begins(trail, six)).toBe(0);
    expect(begins(trail, six.with(3, "d = 2"))).toBe(0);
    expect(begins(trail, six.with(3, "d = 22"))).toBe(3);
    expect(begins(trail, six.with(3, "d = 22"))).toBe(5);
    expect(begins(trail, six.with(1, "b = 2"))).toBe(0);
    expect(begins(trail, six.with(1, "b = 3"))).toBe(1);
  });

  test("is gone once a file that it asked for has other columns, and where another world is asked", () => {
    const csv = ['df = pd.read_csv("a.csv")', ...six];
    const schema: Schema = { columns: ["a"], types: {} };
    const trail = createTrail();
    const known: World = { ...world, schemaOf: () => schema };
    begins(trail, csv, known);
    begins(trail, csv.with(3, "c = 2"), known);
    expect(begins(trail.fork(), csv.with(3, "c = 3"), known)).toBe(3);
    expect(begins(trail.fork(), csv.with(3, "c = 3"), { ...known, schemaOf: () => ({ ...schema }) })).toBe(0);
    expect(
      begins(trail.fork(), csv.with(3, "c = 3"), { ...known, modules: { find: () => null } as never }),
    ).toBe(0);
  });

  test("is that of the notebooks that were changed last", () => {
    const trails = Array.from({ length: 9 }, () => createTrail());
    const times = (trail: Trail) => [1, 2, 3].map((value) => begins(trail, six.with(3, `d = ${value}`)));
    expect(trails.map(times)).toEqual(trails.map(() => [0, 0, 3]));
    const again = trails.toReversed().map((trail) => begins(trail.fork(), six.with(3, "d = 4")));
    expect(again).toEqual([3, 3, 3, 3, 3, 3, 3, 3, 0]);
  });

  test("is not changed by what is only tried", () => {
    const cache = createCache();
    const cells = cut(six.join("\n"));
    const look = (now: Cell[], by = cache) => analyze(notebookOf("n.ipynb", now), { python, cache: by });
    look(cells);
    look(cells.with(2, { id: "c2", source: "c = 2" }));
    const before = said(look(cells));
    look(cells.with(1, { id: "c1", source: "b = StandardScaler().fit_transform(a)" }), forkOf(cache));
    expect(said(look(cells))).toEqual(before);
    expect(cache.cells.get("c1")?.source).toBe("b = a");
  });
});

test("a store's copy goes its own way; there is none inside of a function, nor once functions share names", () => {
  const store = createStore();
  store.bind("x", store.allocate({ ...store.read(0), constant: 1 } as never));
  const copy = store.copy();
  store.bind("x", store.allocate(store.read(0)));
  expect(copy?.lookup("x")).toBe(1);
  expect(copy?.allocate(store.read(0))).toBe(2);
  store.inScope(() => expect(store.copy()).toBeNull());
  store.branch([() => expect(store.copy()).toBeNull()]);
  expect(store.copy()).not.toBeNull();
  store.declareNonlocal("x");
  expect(store.copy()).toBeNull();
});
