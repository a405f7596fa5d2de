import { loadPython } from "@lookback/service/files/load-python.ts";
import { beforeAll, expect, it } from "vitest";
import { notebookOf } from "../../../notebook/notebook.ts";
import type { Python } from "../../../notebook/python.ts";
import { importedFiles } from "./imported-files.ts";

let python: Python;
beforeAll(async () => {
  python = await loadPython();
});

const file = (path: string, source = "") => notebookOf(`file:///w/${path}`, [{ id: "c", source }]);
const names = (source: string, ...files: ReturnType<typeof file>[]) =>
  importedFiles(file("nb/n.ipynb", source), files, python, "/w").map(({ uri }) => uri.slice(10));

it.each([
  ["import features", "nb/features.py"],
  ["import features as f, os", "nb/features.py"],
  ["from features import amount", "nb/features.py"],
  ["def late():\n    import features", "nb/features.py"],
  ["from shop import features", "shop/__init__.py shop/features.py"],
  ["from shop import (\n    features as f,\n    other,\n)", "shop/__init__.py shop/features.py"],
  ["import shop.features", "shop/__init__.py shop/features.py"],
  ["from shop.features import *", "shop/__init__.py shop/features.py"],
  ["from . import features", "nb/features.py"],
  ["from .features import amount", "nb/features.py"],
  ["from ..shop import features", "shop/__init__.py shop/features.py"],
  ["import src.deep", "src/deep.py"],
  ["x = 'import features'", ""],
  ["# import features", ""],
  ["features = 1\nimport os", ""],
  ["import sys; sys.path.append('src')\nimport deep", "src/deep.py"],
  ["import sys; sys.path.append('src')\nimport deeper", "src/deeper/__init__.py"],
  ["import deep", ""],
])("%j imports %j", (source, wanted) => {
  const files = [
    "nb/features.py",
    "shop/__init__.py",
    "shop/features.py",
    "src/deep.py",
    "src/deeper/__init__.py",
  ];
  expect(names(source, ...files.map((path) => file(path))).join(" ")).toBe(wanted);
});

it("follows what is imported, around circles too", () => {
  const found = names(
    "import a",
    file("nb/a.py", "from shop import b"),
    file("shop/b.py", "from . import c\nimport a"),
    file("shop/c.py"),
    file("nb/spare.py", "import a"),
  );
  expect(found).toEqual(["nb/a.py", "shop/b.py", "shop/c.py"]);
});
