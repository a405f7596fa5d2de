import type { Node } from "../../../notebook/python.ts";
import { folderOf } from "../values/path-text.ts";
import { dynamic, type Value } from "../values/value.ts";
import type { Scope } from "./scope.ts";

/** `list[0]`, `names["driver"]`, `Enum["DRIVER"]`, `path.parents[1]`; everything else is dynamic. */
export function subscript(node: Node, scope: Scope): Value {
  const indexes = node.childrenForFieldName("subscript");
  const holder = node.childForFieldName("value");
  const [index = unread] = indexes.map((each) => (each ? scope.evaluate(each) : unread));
  if (holder?.type === "attribute" && holder.childForFieldName("attribute")?.text === "parents") {
    const path = scope.evaluate(holder.childForFieldName("object"));
    return path.kind === "text" && index.kind === "number" ? ancestor(path.text, index.number) : unread;
  }
  const value = scope.evaluate(holder);
  if (value.kind === "dynamic") return value;
  const part = dynamic(unread.why, value);
  if (indexes.length !== 1) return part;
  if (value.kind === "list" && index.kind === "number") {
    return value.items.at(index.number)?.value ?? dynamic("the list has no such item", value);
  }
  if (value.kind === "record" && index.kind === "text") {
    return (
      value.entries.get(index.text)?.value ??
      dynamic(`the dictionary has no "${index.text}" that the text tells`, value)
    );
  }
  if (value.kind === "namespace" && value.made === "enumeration" && index.kind === "text") {
    return value.members.get(index.text) ?? part;
  }
  return part;
}

function ancestor(path: string, generation: number): Value {
  let text = path;
  for (let step = 0; step <= generation && step < 64; step++) text = folderOf(text);
  return { kind: "text", text };
}

const unread = dynamic("subscript is computed when the code runs");
