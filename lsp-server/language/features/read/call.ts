import type { Node } from "../../notebook/python.ts";
import { argumentsOf } from "./arguments-of.ts";
import { attributeOf } from "./attribute.ts";
import { builtin } from "./builtin.ts";
import { changing } from "./change.ts";
import { instance } from "./instance.ts";
import { method } from "./method.ts";
import { folderOf, joinPaths, normalPath } from "./path-text.ts";
import type { Scope } from "./scope.ts";
import { durationCall } from "./timedelta.ts";
import { type Arguments, dynamic, type Value } from "./value.ts";

/** What a call answers: of a duration's maker, a path's, a class, a function whose text is here, a method of known text. */
export function call(node: Node, scope: Scope): Value {
  const callee = node.childForFieldName("function");
  if (callee?.type === "attribute") return methodCall(node, callee, scope);
  const made = scope.evaluate(callee);
  return apply(made, node, argumentsOf(node, scope), scope);
}

function methodCall(node: Node, callee: Node, scope: Scope): Value {
  const holder = callee.childForFieldName("object");
  const object = scope.evaluate(holder);
  const name = callee.childForFieldName("attribute")?.text ?? "";
  const given = argumentsOf(node, scope);
  if (object.kind === "module" || object.kind === "imported" || object.kind === "namespace") {
    const member = attributeOf(object, name, scope, scope.place(callee));
    if (
      member.kind === "imported" &&
      (member.name === "sys.path.append" || member.name === "sys.path.insert")
    ) {
      const folder = given.positional.at(-1)?.value;
      scope.addImportFolder(folder?.kind === "text" ? folder.text : null);
      return { kind: "none" };
    }
    if (
      object.kind !== "namespace" ||
      object.made !== "object" ||
      member.kind !== "function" ||
      member.unbound
    )
      return apply(member, node, given, scope);
    const self = { value: object, place: scope.place(callee) };
    return apply(member, node, { ...given, positional: [self, ...given.positional] }, scope);
  }
  const changed = changing(object, holder, name, given, node, scope);
  return changed ?? method(object, name, given);
}

function apply(callee: Value, node: Node, given: Arguments, scope: Scope): Value {
  switch (callee.kind) {
    case "unbound":
      return builtin(callee.name, given, scope, node);
    case "function":
      return callee.call(given, scope.place(node));
    case "namespace":
      return instance(callee, given);
    case "imported":
      return (
        durationCall(callee.name, given) ??
        pathCall(callee.name, given) ??
        partial(callee.name, given, scope, node) ??
        scope.construct(callee.name, node, given)
      );
    case "dynamic":
      return callee;
    default:
      return dynamic("a function's result is known when the code runs");
  }
}

/** `functools.partial(made, **some)`: a function that gives the rest. */
function partial(name: string, given: Arguments, scope: Scope, node: Node): Value | null {
  if (name !== "functools.partial") return null;
  const [made, ...first] = given.positional;
  if (!made || given.incomplete !== null) return dynamic("what it calls is known when the code runs");
  return {
    kind: "function",
    name: "partial",
    call: (rest) =>
      apply(
        made.value,
        node,
        {
          positional: [...first, ...rest.positional],
          keywords: new Map([...given.keywords, ...rest.keywords]),
          incomplete: rest.incomplete,
        },
        scope,
      ),
  };
}

function pathCall(name: string, { positional, incomplete }: Arguments): Value | null {
  const parts = positional.map((each) => each.value);
  const texts = parts.flatMap((part) => (part.kind === "text" ? [part.text] : []));
  const whole = texts.length === parts.length && incomplete === null;
  switch (name) {
    case "pathlib.Path":
    case "pathlib.PurePath":
    case "pathlib.PosixPath":
    case "os.path.join":
      if (!whole)
        return (
          parts.find((part) => part.kind === "dynamic") ??
          dynamic("a part of the path is known when the code runs")
        );
      return { kind: "text", text: texts.reduce(joinPaths, ".") };
    case "pathlib.Path.cwd":
    case "os.getcwd":
      return { kind: "text", text: "." };
    case "os.path.dirname":
      return whole && texts[0] !== undefined ? { kind: "text", text: folderOf(texts[0]) } : null;
    case "os.path.abspath":
    case "os.path.realpath":
    case "os.path.normpath":
    case "os.fspath":
      return whole && texts[0] !== undefined ? { kind: "text", text: normalPath(texts[0]) } : null;
    case "os.path.basename":
      return whole && texts[0] !== undefined
        ? { kind: "text", text: texts[0].slice(texts[0].lastIndexOf("/") + 1) }
        : null;
    default:
      return null;
  }
}
