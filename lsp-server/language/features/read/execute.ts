import type { Node } from "../../notebook/python.ts";
import { assign } from "./assign.ts";
import { anyOf, ifStatement, loop, matchStatement, tryStatement } from "./branches.ts";
import { calculate } from "./calculate.ts";
import { assignPart } from "./change.ts";
import { defineClass, defineDecorated } from "./define.ts";
import { bindIn, type Flow, type Frame, moduleOf, next } from "./frame.ts";
import type { Machine } from "./machine.ts";
import { dynamic, type Value } from "./value.ts";

/** Follows the statements of a block in order until one of them ends it. */
export function execute(block: Node, frame: Frame, machine: Machine): Flow {
  for (const statement of block.namedChildren) {
    if (!statement || statement.type === "comment") continue;
    const flow = step(statement, frame, machine);
    // Whoever follows this block restores the doubts: all that comes after may not run.
    if (flow.kind === "unclear") machine.doubts.push("what stands above may end it");
    else if (flow.kind !== "next") return flow;
  }
  return next;
}

function step(statement: Node, frame: Frame, machine: Machine): Flow {
  if (!machine.spend(statement)) return next;
  const scope = machine.scope(frame);
  const bind = (name: string, value: Value) => bindIn(frame, name, value);
  switch (statement.type) {
    case "expression_statement":
      for (const expression of statement.namedChildren) if (expression) run(expression, frame, machine);
      return next;
    case "import_statement":
    case "import_from_statement":
      machine.importFrom(statement, bind);
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
    case "with_statement": {
      for (const item of statement.descendantsOfType("as_pattern_target")) {
        for (const name of item?.descendantsOfType("identifier") ?? [])
          if (name) bind(name.text, dynamic("it is made by a context manager"));
      }
      const body = statement.childForFieldName("body");
      return body ? machine.execute(body, frame) : next;
    }
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
      return { kind: "stop" };
    case "global_statement":
    case "nonlocal_statement": {
      const target =
        statement.type === "global_statement"
          ? () => moduleOf(frame)
          : (name: string) => holderOf(frame.outer, name);
      for (const name of statement.namedChildren) {
        const other = name && target(name.text);
        if (other && other !== frame) frame.elsewhere.set(name.text, other);
      }
      return next;
    }
    case "delete_statement":
      for (const child of statement.namedChildren) {
        if (child?.type === "attribute" || child?.type === "subscript")
          assignPart(child, dynamic("it is deleted"), scope);
        else if (child) frame.variables.delete(child.text);
      }
      return next;
    case "block":
    case "ERROR":
      return machine.execute(statement, frame);
    default:
      return next;
  }
}

function run(expression: Node, frame: Frame, machine: Machine): Value {
  const scope = machine.scope(frame);
  if (expression.type === "assignment") {
    const right = expression.childForFieldName("right");
    // A declaration without a value: a dataclass's field.
    const value = !right
      ? dynamic("it is only declared")
      : right.type === "assignment"
        ? run(right, frame, machine)
        : scope.evaluate(right);
    const left = expression.childForFieldName("left");
    if (left && (right || frame.kind === "class")) assign(left, value, frame, machine);
    return value;
  }
  if (expression.type === "augmented_assignment") return augmented(expression, frame, machine);
  return scope.evaluate(expression);
}

function augmented(expression: Node, frame: Frame, machine: Machine): Value {
  const scope = machine.scope(frame);
  const left = expression.childForFieldName("left");
  if (!left) return dynamic("it is incomplete");
  const operator = (expression.childForFieldName("operator")?.text ?? "").replace(/=$/, "");
  const held = scope.evaluate(left);
  const right = scope.evaluate(expression.childForFieldName("right"));
  // `names += […]` changes the list for everyone who holds it.
  if (held.kind === "list" && right.kind === "list" && operator === "+" && !scope.doubtful()) {
    held.items.push(...right.items);
    return held;
  }
  const value = calculate(operator, held, right);
  assign(left, value, frame, machine);
  return value;
}

function holderOf(frame: Frame | null, name: string): Frame | null {
  if (!frame || (frame.kind === "function" && frame.variables.has(name))) return frame;
  return holderOf(frame.outer, name);
}

/** The value of a function: what it returned at its end or may have returned before. */
export function returnedBy(flow: Flow, frame: Frame): Value {
  const last: Value = flow.kind === "return" ? flow.value : { kind: "none" };
  if (flow.kind === "stop") return anyOf(frame.returned, "it raises");
  return anyOf([...frame.returned, last], "it depends on a condition that is known when the code runs");
}
