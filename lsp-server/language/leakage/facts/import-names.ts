import { isLibrary } from "../api/libraries.ts";
import type { Place, Statement } from "../ir.ts";
import type { Module } from "../modules/modules.ts";
import { runFrom, seenAt } from "../modules/stand-in.ts";
import { names } from "./calls/call-names.ts";
import type { Program } from "./program.ts";
import { libraryName, unknown } from "./values/kinds.ts";
import type { Reference } from "./values/reference.ts";

type Import = Extract<Statement, { op: "import" }>;

/** `import a.b as c`, `from a import b`: of a library, its names; of a file of the workspace, what running it leaves. */
export function importNames(program: Program, statement: Import): void {
  const { store, facts } = program;
  const { module: written, bindings, isStar, at } = statement;
  const module = isLibrary(written.split(".")[0] ?? "")
    ? null
    : (program.modules?.find(written, at.module ? at.cell : null) ?? null);
  if (module) {
    const loaded = runModule(program, module, at);
    if (isStar)
      for (const [name, reference] of store.read(loaded).entries ?? [])
        if (!name.startsWith("_")) store.bind(name, reference);
    for (const { name, path } of bindings) {
      const own = path.startsWith(`${written}.`) ? path.slice(written.length + 1) : null;
      store.bind(name, own === null ? loaded : nameOf(program, loaded, own, at));
    }
    return;
  }
  if (!isLibrary(written.split(".")[0] ?? "")) {
    program.unreadModules.set(written, at);
    if (isStar) program.note(at, namesUnknown(written));
  }
  if (isStar && !at.module) facts.imports.set(`${written}.*`, "*");
  for (const { name, path } of bindings) {
    if (!at.module) facts.imports.set(path, name);
    store.bind(name, store.allocate(path === "__main__" ? names : libraryName(path)));
  }
}

/** A name of a module that was read, or the module of that name inside it. */
export function nameOf(program: Program, module: Reference, name: string, at: Place): Reference {
  const { store } = program;
  const { entries, path } = store.read(module);
  const entry = entries?.get(name);
  if (entry !== undefined) return entry;
  const outer = program.loaded.get(path ?? "");
  const inner = outer ? program.modules?.inside(outer.module, name) : null;
  if (inner) return runModule(program, inner, at);
  // Given to it while it runs, in a way that nobody followed.
  const dotted = (path ?? "").slice((path ?? "").lastIndexOf("/") + 1);
  program.unreadModules.set(dotted, at);
  return store.allocate(libraryName(`${dotted}.${name}`));
}

/** Runs a module, once, and answers it. */
function runModule(program: Program, module: Module, at: Place): Reference {
  const { store, loaded } = program;
  const before = loaded.get(module.path);
  if (before) return before.reference;
  const reference = store.allocate({ ...unknown, kind: "module", path: module.path });
  loaded.set(module.path, { module, reference });
  if (module.hasGaps)
    program.note(at, {
      code: "coverage/module-not-read",
      weight: "unread",
      reason: `\`${module.path.slice(module.path.lastIndexOf("/") + 1)}\` has lines that were not understood.`,
      means: "What they do to rows is not part of the answer.",
      advice: "Check that file too.",
    });
  store.inScope(() => {
    // The names it binds later, too: modules import each other in circles.
    store.write(reference, { ...store.read(reference), entries: store.locals() });
    program.execute(runFrom(module.statements, seenAt(at)));
  });
  return reference;
}

function namesUnknown(module: string) {
  return {
    code: "coverage/module-not-read",
    weight: "unread",
    reason: `\`${module}\` was not read, and every name of it is brought in.`,
    means: "What those names do to rows is not part of the answer.",
    advice: "Check that file too, and import by name.",
  } as const;
}
