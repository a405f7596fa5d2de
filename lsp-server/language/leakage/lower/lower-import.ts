import type { Node } from "../../notebook/python.ts";
import type { Statement } from "../ir.ts";
import { type Lowering, named, placeOf, sawAll } from "./lowering.ts";

/** Imports, one a module: library path → the name it gets here. */
export function lowerImport(node: Node, to: Lowering): Statement[] {
  sawAll(node, to);
  const module = node.childForFieldName("module_name")?.text ?? null;
  const names = node.childrenForFieldName("name").filter((name): name is Node => name !== null);
  const bindings = names.map((name) => {
    const isAliased = name.type === "aliased_import";
    const path = (isAliased ? name.childForFieldName("name")?.text : name.text) ?? "";
    const alias = isAliased ? name.childForFieldName("alias")?.text : undefined;
    if (module !== null) return { name: alias ?? path, path: `${module}.${path}` };
    return alias === undefined
      ? { name: path.split(".")[0] ?? path, path: path.split(".")[0] ?? path }
      : { name: alias, path };
  });
  const at = placeOf(node, to);
  if (module === null) {
    return bindings.map((binding) => ({
      op: "import",
      module: binding.path,
      isStar: false,
      bindings: [binding],
      at,
    }));
  }
  const isStar = named(node).some(({ type }) => type === "wildcard_import");
  return [{ op: "import", module, isStar, bindings, at }];
}
