import type { Cell, Notebook } from "../../notebook/notebook.ts";
import type { Node, Python, Syntax } from "../../notebook/python.ts";
import type { Definitions, Place } from "../model.ts";
import type { Reading } from "./bind-arguments.ts";
import { checkReferences } from "./check-references.ts";
import { keptSyntax } from "./kept-syntax.ts";
import { type Module, readModule, type Variables } from "./read-module.ts";
import { definitionClasses } from "./signatures.ts";
import type { Value } from "./value.ts";

/**
 * The feature definitions that a notebook's text states, in the order it first names them. Never throws, runs nothing.
 *
 * Cells count in document order and the last definition of a name wins; a name used above its assignment has the value
 * it gets below. Given several notebooks, the last is read and those before are the modules it may import, by file
 * name; what comes from them has places with `cellId` null, in lines of their file, and their problems stay with them.
 */
export function readDefinitions(notebooks: Notebook | readonly Notebook[], python: Python): Definitions {
  const siblings = "cells" in notebooks ? [] : notebooks.slice(0, -1);
  const own = "cells" in notebooks ? notebooks : notebooks.at(-1);
  if (!own || !mentionsDefinitions(own, siblings)) return { ...noDefinitions };
  const { syntaxOf, release } = keptSyntax(python);
  try {
    const { variables } = pass(own, siblings, syntaxOf, new Map());
    return pass(own, siblings, syntaxOf, variables).definitions;
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

const words = new RegExp(`\\b(?:${definitionClasses().join("|")})\\b`);

function mentionsDefinitions(own: Notebook, siblings: readonly Notebook[]): boolean {
  const mentions = (notebook: Notebook) => notebook.cells.some((cell) => words.test(cell.source));
  const names = siblings.filter(mentions).map(moduleName);
  return mentions(own) || own.cells.some((cell) => names.some((name) => cell.source.includes(name)));
}

function moduleName(notebook: Notebook): string {
  const file = notebook.uri.slice(notebook.uri.lastIndexOf("/") + 1);
  return decodeURIComponent(file).replace(/\.py$/, "");
}

/** Reads everything once; `later` is what names not assigned yet stand for. */
function pass(
  own: Notebook,
  siblings: readonly Notebook[],
  syntaxOf: (cell: Cell) => Syntax,
  later: Variables,
): { definitions: Definitions; variables: Variables } {
  const found = { entities: new Map(), sources: new Map(), views: new Map(), trainingSets: new Map() };
  const reading: Reading = {
    problems: [],
    references: [],
    variablesOf: (kind) => [...later].filter(([, value]) => value.kind === kind).map(([name]) => name),
  };
  let unread = false;
  const modules = new Map<string, Variables>();
  const collect = (value: Value) => {
    if (value.kind === "entity") found.entities.set(value.entity.name, value.entity);
    else if (value.kind === "source") found.sources.set(value.source.name, value.source);
    else if (value.kind === "view") found.views.set(value.view.name, value.view);
    else if (value.kind === "training-set") found.trainingSets.set(value.trainingSet.name, value.trainingSet);
    else if (value.kind === "dynamic") unread = true;
  };
  const importModule = (name: string): Variables | null => {
    const file = name.slice(name.lastIndexOf(".") + 1);
    const known = modules.get(file);
    if (known) return known;
    const sibling = siblings.find((notebook) => moduleName(notebook) === file);
    if (!sibling) return null;
    // Set before reading, so that modules importing each other end.
    modules.set(file, new Map());
    const quiet: Reading = { ...reading, problems: [], references: [] };
    const variables = readModule(moduleOf(sibling, inFile), {
      reading: quiet,
      collect,
      importModule,
      later: new Map(),
    });
    modules.set(file, variables);
    return variables;
  };
  const moduleOf = (notebook: Notebook, place: Module["place"]): Module => ({
    cells: notebook.cells.map((cell) => ({ cell, syntax: syntaxOf(cell) })),
    place,
  });
  const module = moduleOf(own, inCell);
  const variables = readModule(module, { reading, collect, importModule, later });
  const definitions: Definitions = {
    entities: [...found.entities.values()],
    sources: [...found.sources.values()],
    views: [...found.views.values()],
    trainingSets: [...found.trainingSets.values()],
    problems: [],
  };
  const partly = unread || module.cells.some(({ syntax }) => syntax.hasErrors);
  const problems = [...reading.problems, ...checkReferences(reading.references, definitions, partly)];
  return { definitions: { ...definitions, problems: distinct(problems) }, variables };
}

function inCell(cell: Cell, node: Node): Place {
  return {
    cellId: cell.id,
    start: { line: node.startPosition.row, character: node.startPosition.column },
    end: { line: node.endPosition.row, character: node.endPosition.column },
  };
}

function inFile(cell: Cell, node: Node): Place {
  const { start, end } = inCell(cell, node);
  return {
    cellId: null,
    start: { ...start, line: start.line + cell.startLine },
    end: { ...end, line: end.line + cell.startLine },
  };
}

function distinct<T>(items: readonly T[]): T[] {
  return [...new Map(items.map((item) => [JSON.stringify(item), item])).values()];
}
