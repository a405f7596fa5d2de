import { isLibrary } from "../api/libraries.ts";
import { inside } from "../inside.ts";
import type { Expression, Statement } from "../ir.ts";
import { remembered } from "../remembered.ts";
import { writtenAs } from "../written-as.ts";
import { evaluate } from "./expressions.ts";
import { type Changed, Run, reachable } from "./run.ts";
import { assign, runAll } from "./statements.ts";
import type { Code, Things } from "./thing.ts";

/** Which objects the names of a notebook may stand for, and which of them its outermost statements may change, under whatever name. */
export interface Objects {
  /**
   * Whether the objects behind names, and whatever they hold, are at a statement what they were after an earlier one, and the names still
   * stand for them; statements are told by their places in the order of all.
   */
  areLeftAlone(names: Iterable<string>, from: number, until: number, but?: But): boolean;
  /** The first statement between for which that is not so; null where there is none. */
  firstChange(names: Iterable<string>, from: number, until: number, but?: But): Change | null;
  /** Whether what a name stands for before a statement is made by libraries, tables and arrays, however it came there. */
  isOfLibraries(name: string, before: number): boolean;
}

/** What may be changed all the same. */
interface But {
  /** Whatever these statements do. */
  readonly isKept?: (statement: number) => boolean;
  /** Other columns than this one. */
  readonly column?: string | null;
}

export const objectsOf = remembered<null, Objects>(
  (facts) => readObjects(facts.flow().map((one) => ({ binds: one.binds, said: writtenAs(facts, one) }))),
  () => null,
);

/** An outermost statement: the names that it gives, `*` for any, and what it says. */
export interface Outermost {
  readonly binds: ReadonlySet<string>;
  readonly said: readonly Statement[];
}

interface Change {
  readonly at: number;
  /** More would have had to be followed there than anybody waits for: it may change anything, and nothing. */
  readonly isOver: boolean;
}

interface Done {
  readonly isOver: boolean;
  readonly changed: Changed | "anything";
  readonly given: ReadonlySet<string>;
}

export function readObjects(statements: readonly Outermost[]): Objects {
  const run = new Run({ assign, evaluate, runAll });
  const { notebook } = run;
  const done: Done[] = [];
  /** What a name stands for from a statement on, in their order. */
  const history = new Map<string, { readonly from: number; readonly things: Things }[]>();
  for (const [at, { binds, said }] of statements.entries()) {
    run.begin(binds);
    run.isAnything ||= binds.has("*") && (said.length === 0 || !said.every(isOfLibrary));
    runAll(said, { run, scope: notebook, isMaybe: false, answers: new Set() });
    done.push({
      changed: run.isAnything ? "anything" : run.changed,
      given: run.given,
      isOver: run.isOver,
    });
    for (const name of run.given) {
      const things = notebook.of(name);
      const known = history.get(name) ?? [];
      history.set(name, known);
      if (things) known.push({ from: at, things });
    }
  }
  const after = (name: string, at: number): Things =>
    history.get(name)?.findLast(({ from }) => from <= at)?.things ?? new Set();
  const isChanged = ({ changed }: Done, things: Things, column: string | null): boolean =>
    changed === "anything" ||
    [...changed].some(
      ([one, columns]) => things.has(one) && (column === null || columns?.has(column) !== false),
    );
  const firstChange: Objects["firstChange"] = (
    names,
    from,
    until,
    { isKept = () => false, column = null } = {},
  ) => {
    const wanted = [...names];
    for (const name of wanted)
      for (const { code } of reachable(after(name, from)))
        if (code) for (const each of namesIn(code)) if (!wanted.includes(each)) wanted.push(each);
    const things = reachable(wanted.flatMap((name) => [...after(name, from)]));
    const between = done.slice(from + 1, until);
    const found = between.findIndex(
      (one, at) =>
        !isKept(from + 1 + at) &&
        (isChanged(one, things, column) || wanted.some((name) => one.given.has(name))),
    );
    const first = between[found];
    return first ? { at: from + 1 + found, isOver: first.isOver } : null;
  };
  return {
    areLeftAlone: (names, from, until, but) => firstChange(names, from, until, but) === null,
    firstChange,
    isOfLibraries(name, before) {
      const things = [...after(name, before - 1)];
      return things.length > 0 && things.every(({ kind }) => kind === "library");
    },
  };
}

/** The names that a function reads wherever it is called. */
function namesIn({ body }: Code): Set<string> {
  const nodes: readonly (Statement | Expression)[] = Array.isArray(body) ? body : [body as Expression];
  return new Set(
    nodes.flatMap((node) => [...inside(node)].flatMap((each) => (each.op === "name" ? [each.name] : []))),
  );
}

/** `from numpy import *` gives names of a library; other modules may give any. */
function isOfLibrary(one: Statement): boolean {
  return one.op === "import" && isLibrary(one.module.split(".")[0] ?? "");
}
