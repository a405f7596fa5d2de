import { bodyOf } from "../../notebook/magics/cell-magics.ts";
import { type Node, parseCell } from "../../notebook/python.ts";
import type { Statement } from "../ir.ts";
import { type Lowering, named, placeOf, sawAll } from "./lowering.ts";

/**
 * The statements of a magic written as a call, as nbconvert writes it: `get_ipython().run_cell_magic('time', '', 'x = f()\n')`.
 * Null when the node is no such call. What is not Python in it is a gap; every place in it is the call's.
 */
export function lowerIpython(node: Node, to: Lowering): Statement[] | null {
  const source = node.type === "call" ? magicOf(node) : null;
  if (source === null || to.fixed !== null) return null;
  sawAll(node, to);
  const at = placeOf(node, to);
  const inside: Lowering = { ...to, fixed: at };
  const syntax = parseCell(to.python, source);
  const range = { start: at.start, end: at.end };
  to.gaps.push(...syntax.gaps.map((gap) => ({ ...gap, cellId: to.cell, cellIndex: null, range })));
  if (syntax.hasErrors) {
    to.gaps.push({
      code: "coverage/not-understood",
      weight: "unread",
      cellId: to.cell,
      cellIndex: null,
      range,
      reason: "The text of this magic does not parse as Python.",
      means: "What it does to rows and models is not part of the answer.",
      advice: "Look at it yourself.",
    });
  }
  const statements = named(syntax.root).flatMap((child) => to.lowerStatement(child, inside));
  syntax.tree.delete();
  return statements;
}

/** The cell the call stands for; null when the call is another, or its text is not written out. */
function magicOf(call: Node): string | null {
  const callee = call.childForFieldName("function");
  const list = call.childForFieldName("arguments");
  if (callee?.type !== "attribute" || !list) return null;
  if (callee.childForFieldName("object")?.text !== "get_ipython()") return null;
  const [first, second, third] = named(list).map(textOf);
  const method = callee.childForFieldName("attribute")?.text;
  if (method === "run_cell" && typeof first === "string") return first;
  if (method === "magic" && typeof first === "string") return `%${first.replace(/^%/, "")}`;
  if (method === "run_line_magic" && typeof first === "string") return `%${first} ${second ?? ""}`;
  if (method !== "run_cell_magic" || typeof first !== "string" || typeof third !== "string") return null;
  return bodyOf(first, second ?? "").is === "other" || third.trim() !== ""
    ? `%%${first} ${second ?? ""}\n${third}`
    : "";
}

/** A string as Python reads it; null when it is none, or computed. */
function textOf(node: Node): string | null {
  if (node.type !== "string" || named(node).some(({ type }) => type === "interpolation")) return null;
  const isRaw = /^[a-zA-Z]*[rR]/.test(node.text);
  const body = named(node)
    .filter(({ type }) => type === "string_content")
    .map(({ text }) => text)
    .join("");
  return isRaw ? body : body.replace(/\\(\n|.)/g, (_whole, sign: string) => escapes[sign] ?? sign);
}

const escapes: Readonly<Record<string, string>> = { n: "\n", t: "\t", r: "\r", "\n": "" };
