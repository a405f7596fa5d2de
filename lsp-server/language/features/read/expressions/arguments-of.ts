import type { Node } from "../../../notebook/python.ts";
import type { Place } from "../../model.ts";
import type { Arguments, Placed, Value } from "../values/value.ts";
import { placed, type Scope } from "./scope.ts";

/** The arguments of a call as they stand; what is spread with `*` and `**` is among them when the text tells it. */
export function argumentsOf(call: Node, scope: Scope): Arguments {
  const positional: Placed[] = [];
  const keywords = new Map<string, Placed & { readonly namePlace: Place }>();
  const spreads: Value[] = [];
  let incomplete: string | null = null;
  const list = call.childForFieldName("arguments");
  if (list?.type === "generator_expression")
    return { positional: [placed(list, scope)], keywords, incomplete };
  for (const child of list?.namedChildren ?? []) {
    if (!child || child.type === "comment") continue;
    if (child.type === "keyword_argument") {
      const name = child.childForFieldName("name");
      const value = child.childForFieldName("value");
      if (name && value) keywords.set(name.text, { ...placed(value, scope), namePlace: scope.place(name) });
    } else if (child.type === "dictionary_splat") {
      const spread = scope.evaluate(child.namedChildren[0] ?? null);
      if (spread.kind !== "record") {
        incomplete = "its arguments are spread from what is computed when the code runs";
        spreads.push(spread);
      } else
        for (const [name, entry] of spread.entries) keywords.set(name, { ...entry, namePlace: entry.place });
    } else if (child.type === "list_splat") {
      const spread = scope.evaluate(child.namedChildren[0] ?? null);
      if (spread.kind === "list") positional.push(...spread.items);
      else {
        incomplete = "its arguments are spread from what is computed when the code runs";
        spreads.push(spread);
      }
    } else if (child.type === "ERROR") incomplete = "its arguments cannot be parsed";
    else positional.push(placed(child, scope));
  }
  return { positional, keywords, incomplete, spread: spreads };
}
