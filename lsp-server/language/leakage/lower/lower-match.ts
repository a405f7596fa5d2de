import type { Node } from "../../notebook/python.ts";
import type { Expression, Place, Statement } from "../ir.ts";
import { lowerExpression } from "./lower-expression.ts";
import { type Lowering, lowerBlock, named, notUnderstood, placeOf, sawAll, sawStart } from "./lowering.ts";

/** `match`: the subject under a name of its own, then one arm a case, its captures first; or none of them. */
export function lowerMatch(node: Node, to: Lowering): Statement {
  const at = placeOf(node, to);
  const subjects = node.childrenForFieldName("subject").filter((child): child is Node => child !== null);
  const lowered = subjects.map((child) => lowerExpression(child, to));
  const [only, ...others] = lowered;
  const value: Expression = only && others.length === 0 ? only : { op: "tuple", items: lowered, at };
  // No Python name holds a space.
  const subject: Expression = { op: "name", name: `match ${at.from}`, at };
  const cases = node.childForFieldName("body");
  const arms = (cases ? named(cases) : []).map((child) => {
    sawStart(child, to);
    if (child.type !== "case_clause") {
      notUnderstood(child, to, "This was not understood as a `case`.");
      return [];
    }
    const guard = child.childForFieldName("guard");
    const patterns = named(child).filter(({ type }) => type === "case_pattern");
    const [first, ...more] = patterns;
    const captures =
      first && more.length === 0
        ? capturesOf(first, subject, to)
        : patterns.flatMap((pattern, order) => capturesOf(pattern, item(subject, order, at), to));
    const tests: Statement[] = guard
      ? [{ op: "do", value: lowerExpression(guard, to), at: placeOf(guard, to) }]
      : [];
    return [...captures, ...tests, ...lowerBlock(child.childForFieldName("consequence"), to)];
  });
  return {
    op: "block",
    at,
    body: [
      { op: "assign", targets: [subject], value, at },
      { op: "branch", tests: [], arms: [...arms, []], at },
    ],
  };
}

/** The names a pattern gives to parts of what it matches. */
function capturesOf(pattern: Node, from: Expression, to: Lowering): Statement[] {
  const at = placeOf(pattern, to);
  sawAll(pattern, to);
  const children = named(pattern);
  const bind = (name: Node): Statement[] =>
    name.text === "_"
      ? []
      : [
          {
            op: "assign",
            targets: [{ op: "name", name: name.text, at: placeOf(name, to) }],
            value: from,
            at,
          },
        ];
  switch (pattern.type) {
    case "case_pattern":
    case "union_pattern":
      return children.flatMap((child) => capturesOf(child, from, to));
    case "dotted_name":
      // `Color.RED` is a value to compare with; `x` alone is a name to give.
      return children.length === 1 && children[0] ? bind(children[0]) : [];
    case "as_pattern": {
      const alias = children.at(-1);
      const inner = children.slice(0, -1).flatMap((child) => capturesOf(child, from, to));
      return alias ? [...inner, ...bind(alias)] : inner;
    }
    case "splat_pattern":
      return children[0] ? bind(children[0]) : [];
    case "list_pattern":
    case "tuple_pattern":
      return children.flatMap((child, order) =>
        capturesOf(child, child.text.startsWith("*") ? from : item(from, order, at), to),
      );
    case "dict_pattern":
      return capturesOfDict(pattern, from, to);
    case "class_pattern":
      return children.slice(1).flatMap((child) => capturesOf(child, from, to));
    case "keyword_pattern": {
      const [name, ...values] = children;
      const of: Expression = { op: "attribute", of: from, name: name?.text ?? "", at };
      return values.flatMap((value) => capturesOf(value, of, to));
    }
    default:
      return [];
  }
}

function capturesOfDict(pattern: Node, from: Expression, to: Lowering): Statement[] {
  const at = placeOf(pattern, to);
  const keys = pattern.childrenForFieldName("key");
  const values = pattern.childrenForFieldName("value");
  const entries = values.flatMap((value, order) => {
    const key = keys[order];
    if (!value) return [];
    const index: Expression = key ? lowerExpression(key, to) : { op: "parts", parts: [], at };
    return capturesOf(value, { op: "index", of: from, index, at }, to);
  });
  const rest = named(pattern).filter(({ type }) => type === "splat_pattern");
  return [...entries, ...rest.flatMap((child) => capturesOf(child, from, to))];
}

function item(of: Expression, order: number, at: Place): Expression {
  return { op: "index", of, index: { op: "constant", value: order, at }, at };
}
