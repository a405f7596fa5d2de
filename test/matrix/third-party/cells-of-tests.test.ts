import { expect, it } from "vitest";
import { cellsOfTests } from "./cells-of-tests.ts";

const module = `# coding: utf-8
import numpy as np
from .utils import (a,
                    b)


def helps(x):
    return x


def test_one():
    assert helps(1)

    assert 1


@pytest.mark.parametrize('x', [1, 2])
@pytest.mark.skipif(True)
def test_many(x):
    assert x


def test_two():
    assert 2
`;

it("makes a cell of each test that can be called, behind what all need", () => {
  const [first, second, ...more] = cellsOfTests(module, ["a = b = 1"], 1);
  expect(first?.[0]).toBe("a = b = 1");
  expect(first?.[1]).toContain("import numpy as np");
  expect(first?.[1]).toContain("def helps(x):\n    return x");
  expect(first?.[1]).not.toMatch(/utils|test_|parametrize/);
  expect(first?.[2]).toBe("def test_one():\n    assert helps(1)\n\n    assert 1\n\n\ntest_one()");
  expect(second?.[2]).toContain("test_two()");
  expect(more).toEqual([]);
});

it("puts a few into one notebook", () => {
  expect(cellsOfTests(module, [], 5).map((cells) => cells.length)).toEqual([3]);
});
