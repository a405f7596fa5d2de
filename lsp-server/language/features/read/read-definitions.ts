import type { Cell, Notebook } from "../../notebook/notebook.ts";
import type { Python, Syntax } from "../../notebook/python.ts";
import type { Container, Definitions, Place } from "../model.ts";
import { checkReferences } from "./check-references.ts";
import { collector } from "./collector.ts";
import { definitionClasses } from "./constructors/signatures.ts";
import { keptSyntax } from "./modules/kept-syntax.ts";
import { type ModuleIndex, moduleIndex, pathOf } from "./modules/module-index.ts";
import { modulesOf } from "./modules/modules.ts";
import {
  type ImportFolders,
  type Module,
  readModule,
  type Span,
  type Variables,
} from "./modules/read-module.ts";
import { readingOf } from "./reading.ts";
import type { Frame } from "./statements/frame.ts";
import { folderOf, pathFrom } from "./values/path-text.ts";
import type { Value } from "./values/value.ts";
import { workingFolder } from "./working-folder.ts";

/**
 * The feature definitions that a notebook's text states, in the order it first names them. Never throws, runs nothing.
 *
 * Cells count in document order and the last definition of a name wins; a name used above its assignment has the value
 * it gets below. Given several notebooks, the last is read and those before are the files of the workspace that it may
 * import, found by their addresses as Python finds modules: beside the document, on `sys.path`, and from `root` on, the
 * workspace's folder as an absolute path. What comes from them has places with `cellId` null, in lines of their file,
 * and their problems stay with them.
 */
export function readDefinitions(
  notebooks: Notebook | readonly Notebook[],
  python: Python,
  root?: string,
): Definitions {
  const siblings = "cells" in notebooks ? [] : notebooks.slice(0, -1);
  const own = "cells" in notebooks ? notebooks : notebooks.at(-1);
  if (!own || !mentionsDefinitions(own, siblings)) return { ...noDefinitions };
  const { syntaxOf, release } = keptSyntax(python);
  const folder = folderOf(pathOf(own.uri));
  const workspace: Workspace = { own, folder, root: root ?? folder, index: moduleIndex(siblings), syntaxOf };
  try {
    const { variables } = pass(workspace, new Map());
    return pass(workspace, variables).definitions;
  } finally {
    release();
  }
}

/** Definitions of a text without any. */
const noDefinitions: Definitions = {
  entities: [],
  sources: [],
  views: [],
  trainingSets: [],
  problems: [],
};

interface Workspace {
  readonly own: Notebook;
  readonly folder: string;
  readonly root: string;
  readonly index: ModuleIndex;
  syntaxOf(cell: Cell): Syntax;
}

const words = new RegExp(`\\b(?:${definitionClasses().join("|")})\\b`);

/** Whether the document states definitions or imports a file, in a workspace where some file states them. */
function mentionsDefinitions(own: Notebook, siblings: readonly Notebook[]): boolean {
  const mentions = (notebook: Notebook) => notebook.cells.some((cell) => words.test(cell.source));
  if (mentions(own)) return true;
  const imported = siblings.filter((each) =>
    namesOf(each).some((name) => own.cells.some((cell) => cell.source.includes(name))),
  );
  return imported.length > 0 && siblings.some(mentions);
}

/** The names of a file and its folder, one of which an import must state. */
function namesOf(notebook: Notebook): string[] {
  const [file = "", folder = ""] = pathOf(notebook.uri).replace(/\.py$/, "").split("/").reverse();
  return [file, folder].filter((name) => name !== "" && name !== "__init__");
}

/** Reads everything once; `later` is what names not assigned yet stand for. */
function pass(workspace: Workspace, later: Variables): { definitions: Definitions; variables: Variables } {
  const { own, folder, root, index, syntaxOf } = workspace;
  const fromDocument = (path: string) => pathFrom(folder, path, root);
  const variablesOf = (kind: string) =>
    [...later].filter(([, value]) => value.kind === kind).map(([name]) => name);
  const found = collector(() => reading);
  const reading = readingOf(variablesOf, workingFolder(fromDocument), found.viewNamed);
  const roots = [root, `${root}/src`];
  const folders: ImportFolders = { first: [], own: folder, added: [], unknown: false, roots };
  const budget = { left: 20_000 };
  const frames = new Map<string, Frame>();
  const loose = { depth: 0 };
  const moduleOf = (notebook: Notebook, isMain: boolean): Module => {
    const path = pathOf(notebook.uri);
    const isNotebook = path.endsWith(".ipynb");
    const containers = new Map<string, Container>();
    for (const cell of notebook.cells) {
      const name = isNotebook ? `cell ${cell.index + 1}` : fromDocument(path);
      containers.set(cell.id, { name, firstLine: isNotebook ? 0 : cell.startLine });
    }
    return {
      path: path.replace(/\.py$/, ""),
      cells: notebook.cells.map((cell) => ({ cell, syntax: syntaxOf(cell) })),
      isMain,
      isNotebook,
      place: (cell, node) => (isMain ? inCell : inFile)(cell, node, containers.get(cell.id)!),
    };
  };
  const modules = modulesOf(
    index,
    (path, variables) => {
      const quiet = { ...reading, problems: [], references: [] };
      const module = moduleOf(index.fileOf(path)!, false);
      return readModule(module, variables, {
        reading: quiet,
        modules,
        collect: found.collect,
        later: new Map(),
        folders,
        budget,
        frames,
        loose,
      });
    },
    () => found.collect({ kind: "dynamic", why: "it comes from a module that was not read" }),
  );
  const module = moduleOf(own, true);
  const variables = new Map<string, Value>();
  const { collect } = found;
  readModule(module, variables, { reading, modules, collect, later, folders, budget, frames, loose });
  const definitions = found.definitions();
  const partly = found.partly() || module.cells.some(({ syntax }) => syntax.hasErrors);
  const problems = [...reading.problems, ...checkReferences(reading.references, definitions, partly)];
  return { definitions: { ...definitions, problems: distinct(problems) }, variables };
}

function inCell(cell: Cell, node: Span, within: Container): Place {
  return {
    cellId: cell.id,
    start: { line: node.startPosition.row, character: node.startPosition.column },
    end: { line: node.endPosition.row, character: node.endPosition.column },
    within,
  };
}

function inFile(cell: Cell, node: Span, within: Container): Place {
  const { start, end } = inCell(cell, node, within);
  return {
    cellId: null,
    start: { ...start, line: start.line + cell.startLine },
    end: { ...end, line: end.line + cell.startLine },
    within: { ...within, firstLine: 0 },
  };
}

function distinct<T>(items: readonly T[]): T[] {
  return [...new Map(items.map((item) => [JSON.stringify(item), item])).values()];
}
