import type { Node } from "../../../notebook/python.ts";
import { assignPart } from "../expressions/change.ts";
import { anyOf } from "../values/any-of.ts";
import { dynamic, type Value } from "../values/value.ts";
import { assign, augmented } from "./assign.ts";
import { ifStatement, loop, matchStatement, maybe, tryStatement, withStatement } from "./branches.ts";
import { defineClass, defineDecorated } from "./define.ts";
import { type Flow, type Frame, moduleOf, next, Raised } from "./frame.ts";
import type { Machine } from "./machine.ts";

/** Follows the statements of a block in order until one of them ends it. `around` is called before and after each, and with null at the end. */
export function execute(
  block: Node,
  frame: Frame,
  machine: Machine,
  around: (statement: Node | null) => void = () => {},
): Flow {
  const statements = block.namedChildren.filter((each) => each && each.type !== "comment") as Node[];
  const flow = inOrder(statements, frame, machine, around);
  around(null);
  return flow;
}

function inOrder(
  statements: readonly Node[],
  frame: Frame,
  machine: Machine,
  around: (statement: Node) => void,
): Flow {
  for (const [at, statement] of statements.entries()) {
    around(statement);
    const flow = step(statement, frame, machine);
    around(statement);
    if (flow.kind === "unclear") {
      const rest = statements.slice(at + 1);
      const why = "what stands above may end it";
      return rest.length > 0
        ? after(
            flow,
            maybe(() => inOrder(rest, frame, machine, around), frame, machine, why),
            frame,
          )
        : flow;
    }
    if (flow.kind !== "next") return flow;
  }
  return next;
}

/** How statements end that may not have been reached. */
function after(above: Flow & { kind: "unclear" }, rest: Flow, frame: Frame): Flow {
  const loop =
    above.loop || (rest.kind === "unclear" && rest.loop) || rest.kind === "break" || rest.kind === "continue";
  const leaves = above.leaves || (rest.kind === "unclear" && rest.leaves) || rest.kind === "return";
  // What was left above has said what it returns: the rest decides for all else.
  if (rest.kind === "return" && !above.loop) return rest;
  if (rest.kind === "return") frame.returned.push(rest.value);
  return { kind: "unclear", loop, leaves };
}

function step(statement: Node, frame: Frame, machine: Machine): Flow {
  if (!machine.spend(statement)) return next;
  try {
    return carriedOut(statement, frame, machine);
  } catch (cause) {
    if (cause instanceof Raised) return { kind: "stop" };
    throw cause;
  }
}

function carriedOut(statement: Node, frame: Frame, machine: Machine): Flow {
  const scope = machine.scope(frame);
  const bind = (name: string, value: Value) => machine.bind(frame, name, value);
  switch (statement.type) {
    case "expression_statement":
      for (const expression of statement.namedChildren) if (expression) run(expression, frame, machine);
      return next;
    case "import_statement":
    case "import_from_statement":
      machine.importFrom(statement, frame);
      return next;
    case "if_statement":
      return ifStatement(statement, frame, machine);
    case "for_statement":
    case "while_statement":
      return loop(statement, frame, machine);
    case "try_statement":
      return tryStatement(statement, frame, machine);
    case "match_statement":
      return matchStatement(statement, frame, machine);
    case "with_statement":
      return withStatement(statement, frame, machine);
    case "function_definition": {
      const name = statement.childForFieldName("name")?.text ?? "";
      bind(name, scope.define(statement, name));
      return next;
    }
    case "class_definition":
      bind(statement.childForFieldName("name")?.text ?? "", defineClass(statement, frame, machine));
      return next;
    case "decorated_definition":
      defineDecorated(statement, frame, machine);
      return next;
    case "return_statement": {
      const value = statement.namedChildren.find((child) => child?.type !== "comment");
      return { kind: "return", value: value ? scope.evaluate(value) : { kind: "none" } };
    }
    case "break_statement":
      return { kind: "break" };
    case "continue_statement":
      return { kind: "continue" };
    case "raise_statement":
      for (const child of statement.namedChildren) scope.evaluate(child);
      return { kind: "stop" };
    case "global_statement":
    case "nonlocal_statement":
      declare(statement, frame);
      return next;
    case "delete_statement":
      for (const child of statement.namedChildren) if (child) remove(child, frame, machine);
      return next;
    case "block":
    case "ERROR":
      return machine.execute(statement, frame);
    case "assert_statement": {
      const [condition, message] = statement.namedChildren.filter((child) => child?.type !== "comment");
      scope.evaluate(condition ?? null);
      if (message) scope.perhaps("an assertion may fail", () => scope.evaluate(message));
      return next;
    }
    case "type_alias_statement":
      bind(statement.childForFieldName("left")?.text ?? "", dynamic("it is a type"));
      return next;
    default:
      for (const child of statement.namedChildren) if (child) scope.evaluate(child);
      return next;
  }
}

function declare(statement: Node, frame: Frame): void {
  const target =
    statement.type === "global_statement"
      ? () => moduleOf(frame)
      : (name: string) => holderOf(frame.outer, name);
  for (const name of statement.namedChildren) {
    const other = name && target(name.text);
    if (other && other !== frame) frame.elsewhere.set(name.text, other);
  }
}

function remove(target: Node, frame: Frame, machine: Machine): void {
  if (target.type === "attribute" || target.type === "subscript")
    assignPart(target, dynamic("it is deleted"), machine.scope(frame));
  else if (target.type === "identifier")
    machine.bind(frame, target.text, { kind: "unbound", name: target.text });
  else for (const child of target.namedChildren) if (child) remove(child, frame, machine);
}

function run(expression: Node, frame: Frame, machine: Machine): Value {
  const scope = machine.scope(frame);
  if (expression.type === "assignment") {
    const right = expression.childForFieldName("right");
    // A declaration without a value: a dataclass's field.
    const value = !right
      ? dynamic("it is only declared")
      : /^(augmented_)?assignment$/.test(right.type)
        ? run(right, frame, machine)
        : scope.evaluate(right);
    const left = expression.childForFieldName("left");
    const type = expression.childForFieldName("type");
    if (type?.descendantsOfType("named_expression").length) scope.evaluate(type);
    if (left && (right || frame.kind === "class")) assign(left, value, frame, machine);
    return value;
  }
  if (expression.type === "augmented_assignment") return augmented(expression, frame, machine);
  return scope.evaluate(expression);
}

function holderOf(frame: Frame | null, name: string): Frame | null {
  if (!frame || (frame.kind === "function" && frame.variables.has(name))) return frame;
  return holderOf(frame.outer, name);
}

/** The value of a function: what it returned at its end or may have returned before. Null when it certainly raises. */
export function returnedBy(flow: Flow, frame: Frame): Value | null {
  const last: Value = flow.kind === "return" ? flow.value : { kind: "none" };
  if (flow.kind === "stop") return frame.returned.length === 0 ? null : anyOf(frame.returned, "it raises");
  return anyOf([...frame.returned, last], "it depends on a condition that is known when the code runs");
}
