import type { Node } from "../../../notebook/python.ts";
import { calculate, printed } from "../values/calculate.ts";
import { dynamic, type Value } from "../values/value.ts";
import type { Scope } from "./scope.ts";

/** A string literal, or an f-string whose parts the text tells. Bytes are not text. */
export function text(node: Node, scope: Scope): Value {
  const prefix = (node.namedChildren[0]?.text ?? "").toLowerCase().replace(/["'].*/s, "");
  if (prefix.includes("b")) return dynamic("bytes are not text");
  let result = "";
  let unread: string | null = null;
  for (const child of node.namedChildren) {
    if (!child) continue;
    if (child.type === "string_content") {
      const content = prefix.includes("r") ? child.text : withoutEscapes(child.text);
      if (content === null) unread = "the text holds a character by its name";
      else result += prefix.includes("f") ? content.replaceAll("{{", "{").replaceAll("}}", "}") : content;
    }
    if (child.type !== "interpolation") continue;
    const inner = scope.evaluate(child.childForFieldName("expression"));
    const formatted =
      child.childForFieldName("format_specifier") ?? child.childForFieldName("type_conversion");
    if (formatted)
      for (const part of formatted.namedChildren) part && scope.evaluate(part.namedChildren[0] ?? part);
    // `{x=}` prints the expression too.
    const shown = /=\s*\}$/.test(child.text);
    const plain = formatted || shown ? null : printed(inner);
    if (plain === null) unread = "the f-string holds what is computed when the code runs";
    result += plain ?? "";
  }
  if (unread !== null) return dynamic(unread);
  return { kind: "text", text: result };
}

/** String literals side by side. */
export function concatenated(node: Node, scope: Scope): Value {
  let result: Value = { kind: "text", text: "" };
  for (const part of node.namedChildren) {
    if (part && part.type !== "comment") result = calculate("+", result, scope.evaluate(part));
  }
  return result;
}

function withoutEscapes(text: string): string | null {
  if (text.includes("\\N{")) return null;
  const pattern = /\\(u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|x[0-9a-fA-F]{2}|[0-7]{1,3}|[\s\S])/g;
  return text.replace(pattern, (whole, sequence: string) => {
    if (/^[uUx]./.test(sequence)) return fromCode(Number.parseInt(sequence.slice(1), 16), whole);
    if (/^[0-7]/.test(sequence)) return fromCode(Number.parseInt(sequence, 8), whole);
    return named[sequence] ?? ("\\'\"".includes(sequence) ? sequence : whole);
  });
}

function fromCode(code: number, whole: string): string {
  return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
}

const named: Readonly<Record<string, string>> = {
  n: "\n",
  t: "\t",
  r: "\r",
  a: "\x07",
  b: "\b",
  f: "\f",
  v: "\v",
  "\n": "",
};
