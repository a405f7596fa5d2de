import { expect, test } from "vitest";
import { markOf } from "./learn.ts";
import type { Mark, MarkKind, Marks } from "./mark.ts";
import { marked, noColumns, unionMarks, unionOfAll } from "./traits.ts";

const at = { cell: "a", from: 0, to: 1, start: { line: 0, character: 0 }, end: { line: 0, character: 1 } };

function mark(kind: MarkKind, from: number): Mark {
  return markOf(kind, kind, { ...at, from }, null);
}

function marks(...all: readonly Mark[]): Marks {
  return new Map(all.map((one) => [one.id, one]));
}

const full = marks(...Array.from({ length: 250 }, (_, from) => mark("statistic", from)));
const kinds = (all: Marks) => [...all.values()].slice(full.size).map(({ kind }) => kind);

test("a history that nobody reads to its end keeps what makes a score one, and what was not understood", () => {
  const added = marks(
    ...(["statistic", "predicted", "judged", "score", "unfollowed", "unread"] as const).map((kind) =>
      mark(kind, 999),
    ),
  );
  const lasting = ["predicted", "judged", "score", "unfollowed", "unread"];
  expect(kinds(unionMarks(full, added))).toEqual(lasting);
  expect(
    kinds(unionOfAll({ marks: full, columns: noColumns }, [{ marks: added, columns: noColumns }]).marks),
  ).toEqual(lasting);
  expect(kinds(marked({ marks: full, columns: noColumns }, mark("predicted", 999)).marks)).toEqual([
    "predicted",
  ]);
  expect(kinds(marked({ marks: full, columns: noColumns }, mark("statistic", 999)).marks)).toEqual([]);
});

test("of those, too, there is an end", () => {
  let all = full;
  for (let from = 1000; from < 2000; from++) all = unionMarks(all, marks(mark("predicted", from)));
  expect(all.size).toBe(500);
});
