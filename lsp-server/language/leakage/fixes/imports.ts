import type { Edit } from "../finding.ts";
import { inside } from "../inside.ts";
import type { Place, Statement } from "../ir.ts";
import { remembered } from "../remembered.ts";
import type { NotebookFacts } from "../rule.ts";
import { writtenAs } from "../written-as.ts";
import { freshName, isGiven, outermost, positionOf } from "./names.ts";

/** A library's name as a place can use it, and what brings it there. */
interface Imported {
  readonly name: string;
  readonly edits: readonly Edit[];
}

/** `name` of a module for use at a place: as it is there already, else by an import above the outermost statement that holds the place. */
export function importLine(facts: NotebookFacts, module: string, name: string, at: Place): Imported {
  const { name: own, lines } = broughtBy(facts, { module, name }, at);
  const { line } = positionOf(facts, at.cell, outermost(facts, at)?.from ?? at.from);
  const start = { line, character: 0 };
  return {
    name: own,
    edits: lines.map((text) => ({
      cellId: at.cell,
      range: { start, end: start },
      newText: `${text}\n`,
    })),
  };
}

/** What a module's name goes by at a place, or a module by what everybody calls it, and the lines that bring it there; under another name where the notebook has something else by that one. */
export function broughtBy(
  facts: NotebookFacts,
  wanted:
    | { readonly module: string; readonly name: string }
    | { readonly module: string; readonly as: string },
  at: Pick<Place, "cell" | "from">,
): { readonly name: string; readonly lines: readonly string[] } {
  const isPart = "name" in wanted;
  const path = isPart ? `${wanted.module}.${wanted.name}` : wanted.module;
  const usual = isPart ? wanted.name : wanted.as;
  const there = [usual, facts.imports.get(path)].find(
    (own) => own !== undefined && isGiven(facts, own, at) && holdsOnly(facts, own, path),
  );
  if (there !== undefined) return { name: there, lines: [] };
  const isTaken = !holdsOnly(facts, usual, path);
  const name = isTaken ? freshName(facts, `${path.split(".")[0]}_${usual}`) : usual;
  if (!isPart) return { name, lines: [`import ${path} as ${name}`] };
  const alias = isTaken ? ` as ${name}` : "";
  return { name, lines: [`from ${wanted.module} import ${wanted.name}${alias}`] };
}

/** Whether nothing in a notebook gives a name, or may give it where it is spoken of, but imports of a path. */
function holdsOnly(facts: NotebookFacts, name: string, path: string): boolean {
  const flow = facts.flow();
  const isMet = flow.some(({ needs }) => needs.has(name));
  const imports = importsOf(facts, null);
  return flow.every((one, at) => {
    const gives = one.binds.has(name) || (isMet && one.binds.has("*"));
    const brought = imports[at] ?? [];
    const own = brought.flatMap(({ bindings }) => bindings.filter((binding) => binding.name === name));
    const isOfModule = brought.some(({ isStar, module }) => isStar && path.startsWith(`${module}.`));
    return own.every((binding) => binding.path === path) && (!gives || own.length > 0 || isOfModule);
  });
}

type Import = Extract<Statement, { op: "import" }>;

/** What each outermost statement imports. */
const importsOf = remembered<null, readonly (readonly Import[])[]>(
  (facts) =>
    facts.flow().map((one) =>
      writtenAs(facts, one)
        .flatMap((said) => [...inside(said)])
        .filter((said): said is Import => said.op === "import"),
    ),
  (whole) => whole,
);
