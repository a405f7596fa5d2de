import { YNotebook } from "@jupyter/ydoc";
import { describe, expect, it } from "vitest";
import { changeTogether } from "./change-together.ts";

const at = (line: number, character: number) => ({ line, character });
const insert = (line: number, newText: string) => ({
  range: { start: at(line, 0), end: at(line, 0) },
  newText,
});

function notebook(disableDocumentWideUndoRedo: boolean) {
  const model = YNotebook.create({ disableDocumentWideUndoRedo });
  for (const source of ["a = 1\nb = 2", "c = 3"]) model.addCell({ cell_type: "code", source });
  const [first, second] = model.cells;
  if (first === undefined || second === undefined) throw new Error("A cell is missing.");
  const sources = () => [first.getSource(), second.getSource()];
  const kept: number[] = [];
  first.transact(() => first.updateSource(0, 0, "x\n"));
  changeTogether(
    [
      {
        text: first,
        edits: [insert(2, "new\n"), { range: { start: at(0, 0), end: at(0, 1) }, newText: "yy" }],
      },
      { text: second, edits: [insert(0, "top\n")] },
    ],
    (cells) => kept.push(cells),
  );
  return { first, second, sources, kept };
}

const typed = ["x\na = 1\nb = 2", "c = 3"];
const fixed = ["yy\na = 1\nnew\nb = 2", "top\nc = 3"];

describe("a fix in two cells", () => {
  it("is made where the ranges say, all of them those before the fix", () => {
    expect(notebook(true).sources()).toEqual(fixed);
  });

  it.each([
    ["the first", "first"],
    ["the second", "second"],
  ] as const)("is one step of undo and redo, begun in %s cell", (_, name) => {
    const { sources, kept, ...cells } = notebook(true);
    cells[name].undo();
    expect(sources()).toEqual(typed);
    cells[name].redo();
    expect(sources()).toEqual(fixed);
    cells.second.undo();
    expect(sources()).toEqual(typed);
    expect(kept).toEqual([]);
  });

  it("leaves what was typed before to the next undo", () => {
    const { first, sources } = notebook(true);
    first.undo();
    first.undo();
    expect(sources()).toEqual(["a = 1\nb = 2", "c = 3"]);
  });

  it("stays in a cell that was edited since, and says so", () => {
    const { first, second, sources, kept } = notebook(true);
    second.transact(() => second.updateSource(0, 0, "later\n"));
    first.undo();
    expect(sources()).toEqual([typed[0], "later\ntop\nc = 3"]);
    expect(kept).toEqual([1]);
  });

  it("is one step of the whole notebook's undo too", () => {
    const { second, sources } = notebook(false);
    second.undo();
    expect(sources()).toEqual(typed);
  });
});
