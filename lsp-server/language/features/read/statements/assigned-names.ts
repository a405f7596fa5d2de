import type { Node } from "../../../notebook/python.ts";

/** The names that statements may assign when they run, in the functions they define too, where `global` may say so. */
export function assignedNames(block: Node): ReadonlySet<string> {
  const found = new Set<string>();
  const add = (node: Node | null | undefined) => {
    if (!node) return;
    if (node.type === "identifier") found.add(node.text);
    else for (const each of node.descendantsOfType("identifier")) if (each) found.add(each.text);
  };
  for (const node of block.descendantsOfType([...fields.keys()])) {
    if (!node) continue;
    if (node.type === "case_clause") for (const name of capturedNames(node)) found.add(name);
    else if (node.type === "delete_statement") add(node);
    else if (node.type.startsWith("import"))
      for (const name of node.childrenForFieldName("name"))
        add(name?.childForFieldName("alias") ?? name?.namedChildren[0] ?? name);
    else add(fields.get(node.type) === "" ? node : node.childForFieldName(fields.get(node.type)!));
  }
  return found;
}

const fields: ReadonlyMap<string, string> = new Map([
  ["assignment", "left"],
  ["augmented_assignment", "left"],
  ["named_expression", "name"],
  ["for_statement", "left"],
  ["as_pattern_target", ""],
  ["function_definition", "name"],
  ["class_definition", "name"],
  ["type_alias_statement", "left"],
  ["delete_statement", ""],
  ["import_statement", ""],
  ["import_from_statement", ""],
  ["case_clause", ""],
]);

/** The names that a case's pattern may give a value; more rather than fewer. */
export function capturedNames(clause: Node): ReadonlySet<string> {
  const found = new Set<string>();
  for (const pattern of clause.namedChildren) {
    if (pattern?.type !== "case_pattern") continue;
    for (const each of pattern.descendantsOfType("identifier"))
      if (
        each &&
        each.text !== "_" &&
        each.parent?.namedChildCount !== 0 &&
        !/\./.test(each.parent?.text ?? "")
      )
        found.add(each.text);
  }
  return found;
}
