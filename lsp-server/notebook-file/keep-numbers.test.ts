import { expect, it } from "vitest";
import { parseJson } from "./json-tree.ts";
import { type ExactJson, exactValue, plainValue } from "./json-value.ts";
import { keepNumbers } from "./keep-numbers.ts";
import { nbformatText } from "./nbformat-text.ts";

function exact(text: string): ExactJson {
  const { root, fault } = parseJson(text);
  if (root === null) throw fault;
  return exactValue(text, root);
}

const file = `{"cells": [{"id": "a", "metadata": {"n": 4173896329870812345}}, {"id": "b", "metadata": {"n": 1.0, "m": -0.0}}], "r": 1e5}`;
const held = (change: (content: { cells: { id: string; metadata: Record<string, number> }[] }) => void) => {
  const content = JSON.parse(file);
  change(content);
  return keepNumbers(content, exact(file));
};

it("gives an editor's notebook the numbers of its file, wherever a cell has moved", () => {
  const { value, rounded } = held((content) => content.cells.reverse());
  expect(rounded).toBe(0);
  expect(nbformatText(value)).toContain("4173896329870812345");
  expect(nbformatText(value).replace(/\s/g, "")).toContain('{"m":-0.0,"n":1.0}');
  expect(plainValue(value)).toEqual({ ...JSON.parse(file), cells: JSON.parse(file).cells.reverse() });
});

it("keeps a number that was changed, and counts what the editor rounded for good", () => {
  const { value, rounded } = held(({ cells: [a, b] }) => {
    if (a) a.metadata.n = 7;
    if (b) b.metadata.n = 2 ** 60;
  });
  expect(rounded).toBe(1);
  expect(nbformatText(value)).not.toContain("4173896329870812345");
  expect(keepNumbers(JSON.parse(file), undefined).rounded).toBe(1);
});

it("sorts keys as Python does", () => {
  expect(nbformatText({ "10": 1, "9": 2, "\ue000": 3, "😀": 4, a: 5 })).toBe(
    '{\n "10": 1,\n "9": 2,\n "a": 5,\n "\ue000": 3,\n "😀": 4\n}\n',
  );
});
