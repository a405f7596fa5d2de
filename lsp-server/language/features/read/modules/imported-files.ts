import type { Notebook } from "../../../notebook/notebook.ts";
import { type Node, type Python, parseCell } from "../../../notebook/python.ts";
import { folderOf } from "../values/path-text.ts";
import { moduleIndex, pathOf } from "./module-index.ts";

/**
 * Those of a workspace's files that a document's text imports, and that those import in turn, in the order they are first named. Found
 * as Python finds them: beside the document, then from `root` on; relative ones from their own folder. A text that changes `sys.path`
 * may find a module anywhere: then every file that could be meant is taken. Imports that are made of text when the code runs are not seen.
 */
export function importedFiles(
  own: Notebook,
  files: readonly Notebook[],
  python: Python,
  root: string,
): readonly Notebook[] {
  const index = moduleIndex(files);
  const folders = [folderOf(pathOf(own.uri)), root];
  const found = new Set<Notebook>();
  const waiting = [own];
  let isAnywhere = false;
  for (let next = waiting.shift(); next; next = waiting.shift()) {
    const { imports, changesPath } = importsOf(next, python);
    isAnywhere ||= changesPath;
    for (const { dots, module, names } of imports) {
      const path = pathOf(next.uri).replace(/\.py$/, "");
      const start = dots === 0 ? null : above(path, dots);
      const at = (dotted: string) =>
        start === null ? index.find(dotted, folders) : index.inside(start, dotted);
      const dotted = [
        ...prefixes(module),
        ...names.map((name) => (module === "" ? name : `${module}.${name}`)),
      ];
      const paths = dotted.flatMap((each) => at(each) ?? []);
      const meant = paths.flatMap((each) => index.fileOf(each) ?? []);
      const anywhere =
        isAnywhere && dots === 0 && paths.length === 0
          ? files.filter(({ uri }) => dotted.some((each) => endsAs(pathOf(uri), each)))
          : [];
      for (const file of [...meant, ...anywhere]) {
        if (found.has(file)) continue;
        found.add(file);
        waiting.push(file);
      }
    }
  }
  return [...found];
}

interface Import {
  /** How many stand before the name of a relative one. */
  readonly dots: number;
  readonly module: string;
  /** What follows `from … import`: names of the module, or modules below it. */
  readonly names: readonly string[];
}

function importsOf(document: Notebook, python: Python) {
  const imports: Import[] = [];
  let changesPath = false;
  for (const { source } of document.cells) {
    changesPath ||= /\bsys\.path\b/.test(source);
    if (!/\bimport\b/.test(source)) continue;
    const { root, tree } = parseCell(python, source);
    for (const node of root.descendantsOfType(["import_statement", "import_from_statement"]))
      if (node) imports.push(...readImport(node));
    tree.delete();
  }
  return { imports, changesPath };
}

function readImport(node: Node): Import[] {
  const names = node
    .childrenForFieldName("name")
    .flatMap((each) => (each?.type === "aliased_import" ? each.childForFieldName("name") : each)?.text ?? [])
    .map((text) => text.replace(/\s/g, ""));
  if (node.type === "import_statement") return names.map((module) => ({ dots: 0, module, names: [] }));
  const [, dots = "", module = ""] =
    /^(\.*)(.*)$/.exec((node.childForFieldName("module_name")?.text ?? "").replace(/\s/g, "")) ?? [];
  return [{ dots: dots.length, module, names }];
}

/** The folder that a relative import starts from, in the module of a path. */
function above(path: string, dots: number): string {
  let folder = folderOf(path);
  for (let step = 1; step < dots; step++) folder = folderOf(folder);
  return folder;
}

/** `a`, `a.b`, `a.b.c`: importing a module runs the packages above it. A relative one without a name is its folder. */
function prefixes(dotted: string): string[] {
  const parts = dotted.split(".");
  return parts.map((_, at) => parts.slice(0, at + 1).join("."));
}

function endsAs(path: string, dotted: string): boolean {
  const end = `/${dotted.replaceAll(".", "/")}`;
  return path.endsWith(`${end}.py`) || path.endsWith(`${end}/__init__.py`);
}
