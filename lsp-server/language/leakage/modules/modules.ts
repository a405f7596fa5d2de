import { type ModuleIndex, moduleIndex, pathOf } from "../../features/read/modules/module-index.ts";
import { folderOf } from "../../features/read/values/path-text.ts";
import type { Notebook } from "../../notebook/notebook.ts";
import { type Python, parseCell } from "../../notebook/python.ts";
import type { Statement } from "../ir.ts";
import { lowerCell } from "../lower/lower-cell.ts";
import { standIn } from "./stand-in.ts";

/** A file of the workspace as an import finds it. */
export interface Module {
  /** Absolute, with forward slashes, without `.py`; of a package, its folder. */
  readonly path: string;
  readonly statements: readonly Statement[];
  /** Some of its lines were not understood. */
  readonly hasGaps: boolean;
}

/** The files that a notebook may import. */
export interface Modules {
  /** What `import written` means where it stands: in the notebook, or (`from`) in a module's cell. Null where no file is meant. */
  find(written: string, from: string | null): Module | null;
  /** A module inside a package. */
  inside(outer: Module, name: string): Module | null;
  /** The text of a module's cell; undefined for a cell of the notebook. */
  sourceOf(cell: string): string | undefined;
}

/**
 * The modules of a workspace, found as Python finds them: beside the notebook, then from `root` on; relative ones from their own folder. A
 * notebook that changes `sys.path` may mean a file anywhere, where only one has that name.
 */
export function modulesOf(
  own: Notebook,
  { files, root, python }: { files: readonly Notebook[]; root: string; python: Python },
): Modules {
  const isAnywhere = own.cells.some(({ source }) => /\bsys\.path\b|\bchdir\b|^\s*%cd\b/m.test(source));
  const known = found.get(files) ?? new Map<string, Modules>();
  found.set(files, known);
  const key = `${own.uri}\n${root}\n${isAnywhere}`;
  const modules = known.get(key) ?? lookIn(files, { python, root, isAnywhere, uri: own.uri });
  known.set(key, modules);
  return modules;
}

/** The same modules for as long as no file changes. */
const found = new WeakMap<readonly Notebook[], Map<string, Modules>>();

function lookIn(
  files: readonly Notebook[],
  own: { readonly python: Python; readonly root: string; readonly isAnywhere: boolean; readonly uri: string },
): Modules {
  const { python, root, isAnywhere } = own;
  const index = indexOf(files);
  const folders = [folderOf(pathOf(own.uri)), root];
  const lowered = new Map<string, Module>();
  const sources = new Map<string, string>();
  const moduleAt = (path: string | null): Module | null => {
    if (path === null) return null;
    const known = lowered.get(path);
    if (known) return known;
    const file = index.fileOf(path);
    if (file?.uri === own.uri) return null;
    const cells = file ? lowerFile(python, file) : [];
    for (const { id, source } of cells) sources.set(id, source);
    const module: Module = {
      path,
      statements: cells.flatMap(({ statements }) => statements),
      hasGaps: cells.some(({ hasGaps }) => hasGaps),
    };
    lowered.set(path, module);
    return module;
  };
  const anywhere = (dotted: string): string | null => {
    const ending = `/${dotted.replaceAll(".", "/")}`;
    const meant = files.map(({ uri }) => pathOf(uri).replace(/(\/__init__)?\.py$/, ""));
    const [only, another] = isAnywhere ? meant.filter((path) => path.endsWith(ending)) : [];
    return only !== undefined && another === undefined ? only : null;
  };
  return {
    find(written, from) {
      const [, dots = "", dotted = ""] = /^(\.*)(.*)$/.exec(written) ?? [];
      if (dots === "") return moduleAt(index.find(dotted, folders) ?? anywhere(dotted));
      let folder = from === null ? pathOf(own.uri) : pathOf(from.slice(0, from.lastIndexOf("#")));
      for (let step = 0; step < dots.length; step++) folder = folderOf(folder);
      return moduleAt(index.inside(folder, dotted));
    },
    inside: ({ path }, name) => moduleAt(index.inside(path, name)),
    sourceOf: (cell) => sources.get(cell),
  };
}

/** The index of a list of files, which is the same for as long as no file changes. */
function indexOf(files: readonly Notebook[]): ModuleIndex {
  const known = indexes.get(files);
  if (known) return known;
  const index = moduleIndex(files);
  indexes.set(files, index);
  return index;
}

const indexes = new WeakMap<readonly Notebook[], ModuleIndex>();

interface LoweredPart {
  /** `address#number`. */
  readonly id: string;
  readonly source: string;
  readonly statements: readonly Statement[];
  readonly hasGaps: boolean;
}

/** The statements of a file, lowered once for every notebook that imports it. */
function lowerFile(python: Python, file: Notebook): readonly LoweredPart[] {
  const known = loweredFiles.get(file);
  if (known) return known;
  const name = pathOf(file.uri).split("/").at(-1) ?? "";
  const parts = file.cells.map(({ source, startLine }, at): LoweredPart => {
    const id = `${file.uri}#${at}`;
    const syntax = parseCell(python, source);
    const { statements, gaps } = lowerCell(python, syntax, id, source);
    syntax.tree.delete();
    return {
      id,
      source,
      statements: standIn(statements, { name, firstLine: startLine ?? 0 }),
      hasGaps: gaps.length > 0,
    };
  });
  loweredFiles.set(file, parts);
  return parts;
}

const loweredFiles = new WeakMap<Notebook, readonly LoweredPart[]>();
