import { expect, it } from "vitest";
import type { EventOf, JournalEvent } from "../../journal/journal-event.ts";
import { cellsBefore } from "./cells-before.ts";

const at = "2026-01-01T00:00:00.000Z";
const session = (ranBefore: number | null, pid = 1): JournalEvent => ({
  t: "session",
  at,
  v: 2,
  notebook: "n.ipynb",
  pid,
  host: "here",
  started: null,
  ranBefore,
  startedFrom: null,
  agent: null,
  cwd: "/",
});
const cell = (name: string): EventOf<"cell"> => ({ t: "cell", at, cell: name, source: "", sha256: "" });
const last = cell("last");

it.each<[string, JournalEvent[], number | null]>([
  ["a fresh kernel", [session(0)], 0],
  ["a kernel that ran a cell since", [session(0), cell("a")], 1],
  ["an observer that came late", [session(3), cell("a")], 4],
  ["a kernel that counts nothing", [session(null)], null],
  ["a kernel that was restarted", [session(0), cell("a"), session(0, 2)], 0],
  ["a kernel on which another notebook was opened", [session(0), cell("a"), session(1)], 1],
  ["a journal without its beginning", [cell("a")], null],
])("knows %s", (_, before, expected) => {
  expect(cellsBefore([...before, last, cell("later")], last)).toBe(expected);
});
