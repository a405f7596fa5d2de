import type { Node } from "../../notebook/python.ts";
import { assignPart } from "./change.ts";
import { unpack } from "./comprehension.ts";
import { bindIn, type Frame } from "./frame.ts";
import type { Machine } from "./machine.ts";
import { dynamic, type Value } from "./value.ts";

/** Gives a target its value; of what cannot be unpacked every name becomes unknown. */
export function assign(target: Node, value: Value, frame: Frame, machine: Machine): void {
  const scope = machine.scope(frame);
  if (target.type === "attribute" || target.type === "subscript") {
    assignPart(target, value, scope);
    return;
  }
  if (unpack(target, value, (name, part) => bindIn(frame, name, part))) return;
  for (const child of target.namedChildren) {
    if (child?.type === "attribute" || child?.type === "subscript") assignPart(child, unpacked, scope);
  }
  for (const name of target.descendantsOfType("identifier")) if (name) bindIn(frame, name.text, unpacked);
}

const unpacked = dynamic("it is unpacked from what is computed when the code runs");
