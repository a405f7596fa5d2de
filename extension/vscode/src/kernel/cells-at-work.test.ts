import { expect, it } from "vitest";
import { cellsAtWork } from "./cells-at-work.ts";

const began = (cell: string) => ({ cell, isOver: false });
const over = (cell: string) => ({ cell, isOver: true });

it("is quiet once every cell that began is over", () => {
  const cells = cellsAtWork();
  expect(cells.isQuiet()).toBe(true);
  expect(cells.heard([began("a"), began("b")], null)).toBe(true);
  expect(cells.heard([over("a")], null)).toBe(true);
  expect(cells.isQuiet()).toBe(false);
  cells.heard([over("b")], null);
  expect(cells.isQuiet()).toBe(true);
});

it("waits for no cell that was deleted while it ran, and for one that was moved", () => {
  const cells = cellsAtWork();
  cells.heard([began("a"), began("b")], null);
  expect(cells.heard([], new Set(["b", "c"]))).toBe(true);
  expect(cells.isQuiet()).toBe(false);
  expect(cells.heard([], new Set(["c", "b"]))).toBe(false);
  expect(cells.heard([], new Set(["c"]))).toBe(true);
  expect(cells.isQuiet()).toBe(true);
});
