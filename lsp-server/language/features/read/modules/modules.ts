import { folderOf } from "../values/path-text.ts";
import { dynamic, type Value } from "../values/value.ts";
import type { ModuleIndex } from "./module-index.ts";

/** The modules of the workspace while a document is read: each is followed once, when it is first imported. */
export interface Modules {
  find(dotted: string, folders: readonly string[]): string | null;
  /** What a relative import means from the module of a path; `dots` is how many stand before the name. */
  relative(path: string, dots: number, dotted: string): string | null;
  /** The names of a module; empty for a folder without a file. */
  variablesOf(path: string): Map<string, Value>;
  /** A name of a module, or the module of that name below it; null when it has neither. */
  member(path: string, name: string): Value | null;
  /** What `from … import *` brings. */
  exported(path: string): ReadonlyMap<string, Value>;
  /** Why any name of a module may have a value nobody knows; null when there is no reason. */
  lostIn(path: string): string | null;
  /** Notes that names came from a module that was not read. */
  unreadNames(module: string): void;
}

/** `follow` follows a file's statements into the names it is given. */
export function modulesOf(
  index: ModuleIndex,
  follow: (path: string, variables: Map<string, Value>) => { readonly lost: string | null },
  unreadNames: (module: string) => void,
): Modules {
  const read = new Map<string, Map<string, Value>>();
  const lost = new Map<string, string>();
  const variablesOf = (path: string) => {
    const done = read.get(path);
    if (done) return done;
    const variables = new Map<string, Value>();
    // Set before following, so that modules importing each other end.
    read.set(path, variables);
    const end = index.fileOf(path) ? follow(path, variables) : { lost: null };
    if (end.lost !== null) lost.set(path, end.lost);
    return variables;
  };
  const member = (path: string, name: string): Value | null => {
    const own = variablesOf(path).get(name);
    if (own) return own;
    const below = index.inside(path, name);
    if (below) return { kind: "module", path: below };
    const why = lost.get(path);
    return why === undefined ? null : dynamic(why);
  };
  return {
    find: index.find,
    relative(path, dots, dotted) {
      let folder =
        /\/__init__$/.test(path) || index.fileOf(path) === null || index.fileOf(`${path}/__init__`) !== null
          ? path.replace(/\/__init__$/, "")
          : folderOf(path);
      for (let step = 1; step < dots; step++) folder = folderOf(folder);
      return index.inside(folder, dotted);
    },
    variablesOf,
    member,
    exported(path) {
      const variables = variablesOf(path);
      const stated = variables.get("__all__");
      if (stated === undefined) return new Map([...variables].filter(([name]) => !name.startsWith("_")));
      if (stated.kind !== "list") {
        const why = "the module's __all__ is computed when the code runs";
        return new Map([...variables.keys()].map((name) => [name, dynamic(why)]));
      }
      const names = stated.items.flatMap(({ value }) => (value.kind === "text" ? [value.text] : []));
      return new Map(
        names.map((name) => [name, member(path, name) ?? dynamic(`${name} is not in the module`)]),
      );
    },
    lostIn(path) {
      variablesOf(path);
      return lost.get(path) ?? null;
    },
    unreadNames,
  };
}
