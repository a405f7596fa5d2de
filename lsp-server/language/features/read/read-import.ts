import type { Node } from "../../notebook/python.ts";
import type { Modules } from "./modules.ts";
import type { Value } from "./value.ts";

/** Binds what an import statement brings: modules of the workspace and their names, and everything else by its full dotted name. */
export function readImport(
  statement: Node,
  from: { readonly path: string; readonly folders: readonly string[] },
  modules: Modules,
  bind: (name: string, value: Value) => void,
): void {
  const module = statement.childForFieldName("module_name");
  const names = statement.childrenForFieldName("name").flatMap((name) => {
    if (!name) return [];
    const aliased = name.type === "aliased_import";
    const stated = aliased ? (name.childForFieldName("name")?.text ?? "") : name.text;
    return [{ stated, alias: aliased ? (name.childForFieldName("alias")?.text ?? stated) : null }];
  });
  if (!module) {
    for (const { stated, alias } of names) {
      const path = modules.find(stated, from.folders);
      if (path) modules.variablesOf(path);
      // `import a.b` binds `a`; `import a.b as c` binds the module itself.
      const bound = alias ? stated : (stated.split(".")[0] ?? stated);
      const home = alias ? path : modules.find(bound, from.folders);
      bind(alias ?? bound, home ? { kind: "module", path: home } : { kind: "imported", name: bound });
    }
    return;
  }
  const path = pathOf(module, from, modules);
  for (const { stated, alias } of names) {
    const value: Value | null = path ? modules.member(path, stated) : null;
    const dotted = `${module.text.replace(/^\.+/, "")}.${stated}`.replace(/^\./, "");
    bind(alias ?? stated, value ?? { kind: "imported", name: path ? `${path}.${stated}` : dotted });
  }
  if (statement.namedChildren.some((child) => child?.type === "wildcard_import")) {
    if (path) for (const [name, value] of modules.exported(path)) bind(name, value);
    else if (!/^(lookback|feast)\b/.test(module.text)) modules.unreadNames(module.text);
  }
}

/** Where a `from` looks: dots climb from the module's own folder. */
function pathOf(
  module: Node,
  from: { readonly path: string; readonly folders: readonly string[] },
  modules: Modules,
): string | null {
  if (module.type !== "relative_import") return modules.find(module.text, from.folders);
  const dots = /^\.+/.exec(module.text)?.[0].length ?? 0;
  return modules.relative(from.path, dots, module.text.slice(dots).trim());
}
