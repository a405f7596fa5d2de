import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { loadPython } from "@lookback/service/files/load-python.ts";
import { beforeAll, describe, expect, test } from "vitest";
import type { Node, Python } from "../../notebook/python.ts";
import { parseCell } from "../../notebook/python.ts";
import { lowerCell } from "./lower-cell.ts";

let python: Python;
beforeAll(async () => {
  python = await loadPython();
});

/** Text → what is said of it: lines and reason. */
function gapsOf(source: string): string[] {
  const syntax = parseCell(python, source);
  const { gaps } = lowerCell(python, syntax, "c", source);
  syntax.tree.delete();
  return gaps.map(
    ({ range, reason }) => `${(range?.start.line ?? 0) + 1}-${(range?.end.line ?? 0) + 1} ${reason}`,
  );
}

// Together they hold every kind of node that the grammar has a name for.
const readable = [
  "import numpy as np, os.path\nfrom . import a\nfrom .b import (c as d,\n    e)\nfrom f import *\nfrom __future__ import annotations",
  "x: int = 1\ny: list[int] | None\nz = u = 0x_1F\nx += 1.5\nx, *rest = rest\n[a, b] = (c, d)\n",
  "x = not a and -b or ~c ** 2 // 3 < 4 != 5\nx = a if b else c\nx = ...\nx = True, False, None\n",
  "x = 'a' \"b\" f'{y!r:>{width}} {{}} {z=}\\n' b'c'\n'''several\n\nlines'''\n",
  "x = [1, *a]\nx = {1, *a}\nx = {**a, 'b': 1,\n     **c}\nx = (1, *a)\nprint(*(a), *(*b, c))\n",
  "x = [i for i in a if i if (j := i)]\nx = {i for i in a}\nx = {i: j for i, j in a}\nx = f(i for i in a)\nx = [await i async for i in a]\n",
  "f(a, *b, c=1, **d)[1:2, ::3, ...].g\nf(\n    a,\n    # why\n    b=1,\n)\n(df\n    .a()\n    .b(1)\n)\nx = a \\\n    + b\n",
  "lambda: 0\nlambda a, b=1, *c, d, **e: a\n",
  "if a:\n    pass\nelif b:\n    x = 1\nelse:\n    x = 2\nwhile a:\n    break\nelse:\n    x = 1\nfor a, b in c:\n    continue\nelse:\n    x = 1\n",
  "with a, b as c, d() as (e, f):\n    pass\nwith (\n    a as b,\n    c,\n):\n    x = 1\n",
  "try:\n    x = 1\nexcept:\n    pass\nexcept (A, B) as e:\n    x = 2\nelse:\n    x = 3\nfinally:\n    x = 4\ntry:\n    x = 1\nexcept* E:\n    x = 2\n",
  "def f[T: int, *Ts, **P](a, b: T, /, c=1, *d: int, e: int = 2, **g: a.b) -> tuple[T, *Ts]:\n    global h\n    h = a\n    def k():\n        nonlocal a\n        yield\n        x = yield a\n        yield from b\n    return h\nasync def g(*, a):\n    async with a as b:\n        await b\n    async for c in a:\n        return c\ndef h(**k: int): return\n",
  "@a.b(c)\n@d\nclass A[T](B, metaclass=C):\n    'Words.'\n    x: int = 1\n\n    @property\n    def f(self):\n        return self.x\nclass D: pass\n",
  "type Pair[T] = tuple[T, T]\nx: a.b.C = 1\ny: int | None = 1\nz: 'A'\n",
  "match a, b:\n    case 1 | -2 | 'x' 'y' | None | True | False | 3.5:\n        x = 1\n    case [a, *b] | (a, _) if a > 1:\n        x = a\n    case {'k': v, A.B: w, **rest}:\n        x = v\n    case Point(0, x=0, y=yy) as p:\n        x = yy\n    case 1 + 2j:\n        pass\n    case _:\n        pass\n",
  "del x, y[0]\ndel (a, b)\nassert x, 'why'\nraise E(x) from y\nraise\nreturn x\nyield x\n",
  "print 'a', x\nprint >>out, 'b'\n",
  "for i in range(3): x = i; y = x\nx = 1;\n",
  "   x = 1\n   if x:\n       y = 2\n",
  "from a import (  # why\n    b,\n)\nx = (\n    1  # one\n    + 2\n)\n\\\nx = 1\n",
];

describe("what is read", () => {
  test.each(readable)("%j", (source) => {
    expect(gapsOf(source)).toEqual([]);
  });

  test("holds every kind of node of the grammar", () => {
    const seen = new Set<string>();
    const walk = (node: Node): void => {
      seen.add(node.type);
      for (const child of node.children) if (child) walk(child);
    };
    for (const source of [...readable, "exec x in y"]) walk(python.parser.parse(source)?.rootNode as Node);
    // No text gives them: the grammar keeps the names for nodes it never makes alone.
    for (const type of ["member_type", "parenthesized_list_splat"]) seen.add(type);
    const path = createRequire(import.meta.url).resolve("tree-sitter-python/src/node-types.json");
    const types = JSON.parse(readFileSync(path, "utf8")) as {
      type: string;
      named: boolean;
      subtypes?: unknown;
    }[];
    expect(
      types
        .filter(({ type, named, subtypes }) => named && !subtypes && !seen.has(type))
        .map(({ type }) => type),
    ).toEqual([]);
  });
});

describe("what is not", () => {
  test.each([
    ["x = 1\nexec(text)\ny = 2", ["2-2 `exec` runs text that was not read."]],
    ["rows = eval(\n  'a')", ["1-2 `eval` runs text that was not read."]],
    ["exec 'x = 1' in d", ["1-1 `exec` runs text that was not read."]],
    ["x = 1\ny = = 2\nz = 3", ["2-2 This does not parse as Python."]],
    ["x = f(\ny = 2\nz = 3", ["1-1 This does not parse as Python."]],
    ["if x\n    y = 1\nz = 3", ["1-2 This does not parse as Python."]],
    ["%%bash\nls", ["1-2 Below `%%bash` stands shell, not Python; it was not read."]],
  ])("%j", (source, gaps) => {
    expect(gapsOf(source)).toEqual(gaps);
  });

  test("a statement that does not parse costs no other", () => {
    const source = "a = 1\nb = f(\nc = 2\n@d\ndef e(:\n    return 1\nx = '''\nb = (\n'''\ny = g)\nz = 3";
    const syntax = parseCell(python, source);
    const { statements } = lowerCell(python, syntax, "c", source);
    const assigned = statements.flatMap((one) =>
      one.op === "assign"
        ? one.targets.map((target) =>
            target.op === "name"
              ? `${target.name}:${one.at.start.line}:${source.slice(one.at.from, one.at.from + 1)}`
              : "",
          )
        : [],
    );
    for (const name of ["a:0:a", "c:2:c", "x:6:x", "z:10:z"]) expect(assigned).toContain(name);
  });
});

describe("no line is silently unread", () => {
  const lines = [
    ...readable.flatMap((source) => source.split("\n")),
    ..."%%time|%%notify|%%bash|%matplotlib inline|!ls {x}|df.head?|x = !ls|%run a.py|%%px|)|(|]|'''|\"\"\"|'|\\|:|@|else:|case|match x:|\tx = 1|   |# words|x = [|y = {1:|`|?|$x|é = 1|print x|async|lambda|x :=|*|->|import|from x|f'{|0x|1_|==|def f(|class|try:|with a as|  except|if x: y".split(
      "|",
    ),
  ];
  let seed = 20_240_607;
  const random = (below: number): number => {
    seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) | 0;
    return Math.floor(((seed >>> 0) / 2 ** 32) * below);
  };

  /** Lines where something that was lowered begins or ends, and those of gaps. */
  const covered = (value: unknown, rows: Set<number>): void => {
    if (typeof value !== "object" || value === null) return;
    if ("at" in value && isPlace(value.at)) {
      const isText =
        "op" in value && (value.op === "constant" || value.op === "import" || value.op === "parts");
      rows.add(value.at.start.line).add(value.at.end.line);
      if (isText) for (let row = value.at.start.line; row < value.at.end.line; row++) rows.add(row);
    }
    for (const part of Object.values(value)) covered(part, rows);
  };
  const isPlace = (at: unknown): at is { start: { line: number }; end: { line: number } } =>
    typeof at === "object" && at !== null && "start" in at;

  test("on mangled cells", () => {
    const unread: string[] = [];
    for (let round = 0; round < 1500; round++) {
      let source = Array.from({ length: 1 + random(12) }, () => lines[random(lines.length)] ?? "").join("\n");
      if (random(3) === 0) source = source.slice(random(5), source.length - random(8));
      const syntax = parseCell(python, source);
      const { statements, gaps } = lowerCell(python, syntax, "c", source);
      const rows = new Set<number>();
      covered(statements, rows);
      for (const { range } of gaps) {
        if (range) for (let row = range.start.line; row <= range.end.line; row++) rows.add(row);
      }
      syntax.text.split("\n").forEach((line, row) => {
        // What says nothing about rows: structure, types, names of parameters, of patterns and of what is caught.
        const isInert =
          /^\s*(#.*|[\s\W]*|(else|try|finally|except.*):?.*|(pass|break|continue|global|nonlocal|type|case|from __future__|async|@).*|raise|[\w.]+\s*:[^=]*)$/.test(
            line,
          );
        if (!rows.has(row) && !isInert) unread.push(`${row + 1}: ${line} of ${JSON.stringify(source)}`);
      });
      syntax.tree.delete();
    }
    expect(unread.slice(0, 5)).toEqual([]);
  });
});
