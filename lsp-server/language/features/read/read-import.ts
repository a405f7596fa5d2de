import type { Node } from "../../notebook/python.ts";
import type { Value } from "./value.ts";

/** Binds what an import statement brings: names by their full dotted name, `*` by the variables of a module that can be read. Leading dots are dropped. */
export function readImport(
  statement: Node,
  importModule: (name: string) => ReadonlyMap<string, Value> | null,
  bind: (name: string, value: Value) => void,
): void {
  const module = statement.childForFieldName("module_name");
  const from = module?.text.replace(/^\.+/, "") ?? "";
  const prefix = from === "" ? "" : `${from}.`;
  for (const name of statement.childrenForFieldName("name")) {
    if (!name) continue;
    const alias = name.type === "aliased_import" ? name.childForFieldName("alias")?.text : undefined;
    const stated = name.type === "aliased_import" ? (name.childForFieldName("name")?.text ?? "") : name.text;
    if (module) bind(alias ?? stated, { kind: "imported", name: prefix + stated });
    else {
      // `import a.b` binds `a`; `import a.b as c` binds the module itself.
      const root = alias ? stated : (stated.split(".")[0] ?? stated);
      bind(alias ?? root, { kind: "imported", name: root });
      importModule(stated);
    }
  }
  if (module) importModule(from);
  if (statement.namedChildren.some((child) => child?.type === "wildcard_import")) {
    for (const [name, value] of importModule(from) ?? []) bind(name, value);
  }
}
