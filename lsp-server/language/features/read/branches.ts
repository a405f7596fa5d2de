import type { Node } from "../../notebook/python.ts";
import { assign } from "./assign.ts";
import { itemsOf } from "./comprehension.ts";
import { type Flow, type Frame, next } from "./frame.ts";
import type { Machine } from "./machine.ts";
import { dynamic, sameValue, truthOf, type Value } from "./value.ts";

/** The arms of an `if` that may run: one when the conditions are known, else each for itself, and what they have in common. */
export function ifStatement(node: Node, frame: Frame, machine: Machine): Flow {
  const scope = machine.scope(frame);
  const arms = [
    { condition: node.childForFieldName("condition"), body: node.childForFieldName("consequence") },
    ...node.childrenForFieldName("alternative").map((each) => ({
      condition: each?.childForFieldName("condition") ?? null,
      body: each?.childForFieldName(each.type === "elif_clause" ? "consequence" : "body") ?? null,
    })),
  ];
  const possible: (Node | null)[] = [];
  for (const [at, { condition, body }] of arms.entries()) {
    const truth = at > 0 && !condition ? true : truthOf(scope.evaluate(condition));
    if (truth === false) continue;
    if (truth && possible.length === 0) return body ? machine.execute(body, frame) : next;
    possible.push(body);
    if (truth) return either(possible, frame, machine, "a condition decides it when the code runs");
  }
  if (possible.length === 0) return next;
  return either([...possible, null], frame, machine, "a condition decides it when the code runs");
}

/** A loop over what is known runs as often as it has items; any other may run or not. */
export function loop(node: Node, frame: Frame, machine: Machine): Flow {
  const body = node.childForFieldName("body");
  const target = node.childForFieldName("left");
  if (!body) return next;
  const scope = machine.scope(frame);
  const over = target ? scope.evaluate(node.childForFieldName("right")) : null;
  const items = over && itemsOf(over);
  if (!target && truthOf(scope.evaluate(node.childForFieldName("condition"))) === false) return next;
  if (!items) {
    const names = target ? [{ target, value: dynamic("it is made in a loop") }] : [];
    return either([body, null], frame, machine, "it is made in a loop", names);
  }
  const depth = machine.doubts.length;
  let ended: Flow = next;
  for (const value of items) {
    if (target) assign(target, value, frame, machine);
    const flow = machine.execute(body, frame);
    if (flow.kind === "break") break;
    if (flow.kind === "return" || flow.kind === "stop") {
      ended = flow;
      break;
    }
  }
  const otherwise = node.childForFieldName("alternative")?.childForFieldName("body");
  if (otherwise && ended.kind === "next")
    ended = either([otherwise, null], frame, machine, "a loop decides it");
  machine.doubts.length = depth;
  return ended;
}

/** What the body of a `try` does, or one of its handlers, and what they have in common. */
export function tryStatement(node: Node, frame: Frame, machine: Machine): Flow {
  const body = node.childForFieldName("body");
  if (!body) return next;
  const handlers = node.namedChildren.filter((child) => /^except/.test(child?.type ?? ""));
  const before = new Map(frame.variables);
  let flow = machine.execute(body, frame);
  const otherwise = node.namedChildren
    .find((child) => child?.type === "else_clause")
    ?.childForFieldName("body");
  if (otherwise && flow.kind === "next") flow = machine.execute(otherwise, frame);
  // Without the classes of definitions nothing here runs, so their imports are taken to succeed.
  const imports = body.namedChildren.every(
    (each) => /\b(lookback|feast)\b/.test(each?.text ?? "") && /^import/.test(each?.type ?? ""),
  );
  const caught = handlers.map((each) => each?.namedChildren.find((child) => child?.type === "block") ?? null);
  if (!imports && caught.length > 0) {
    const ended = frame.variables;
    const outcomes = [ended];
    for (const handler of caught) {
      frame.variables = new Map(before);
      const handled = attempt(handler, frame, machine, "it is made when something else fails");
      if (handled.kind === "return") frame.returned.push(handled.value);
      if (handled.kind === "next" || handled.kind === "unclear") outcomes.push(frame.variables);
    }
    frame.variables = merged(outcomes, "it depends on whether something fails when the code runs");
  }
  const last = node.namedChildren.find((child) => child?.type === "finally_clause");
  const finished = last?.namedChildren.find((child) => child?.type === "block");
  if (finished) machine.execute(finished, frame);
  return flow;
}

/** Every case may run, or none. */
export function matchStatement(node: Node, frame: Frame, machine: Machine): Flow {
  const cases = node
    .descendantsOfType("case_clause")
    .map((each) => each?.childForFieldName("consequence") ?? null);
  return either([...cases, null], frame, machine, "a case decides it when the code runs");
}

/** One value that stands for several possible ones; `dynamic` when they differ. */
export function anyOf(values: readonly Value[], why: string): Value {
  const [first, ...rest] = values;
  if (!first) return dynamic(why);
  if (rest.every((each) => sameValue(first, each) || sameDefinitionClass(first, each))) return first;
  return values.find((value) => value.kind === "dynamic") ?? dynamic(why);
}

/** Runs each block as if it alone ran, null for none of them, and keeps what they agree on. */
function either(
  blocks: readonly (Node | null)[],
  frame: Frame,
  machine: Machine,
  why: string,
  names: readonly { readonly target: Node; readonly value: Value }[] = [],
): Flow {
  const before = frame.variables;
  const outcomes: Map<string, Value>[] = [];
  const flows: Flow[] = [];
  for (const block of blocks) {
    frame.variables = new Map(before);
    if (block) for (const { target, value } of names) assign(target, value, frame, machine);
    const flow = attempt(block, frame, machine, why);
    flows.push(flow);
    if (flow.kind === "next" || flow.kind === "unclear" || flow.kind === "break" || flow.kind === "continue")
      outcomes.push(frame.variables);
    if (flow.kind === "return") frame.returned.push(flow.value);
  }
  frame.variables = outcomes.length > 0 ? merged(outcomes, why) : before;
  const passing = flows.filter((flow) => flow.kind !== "stop");
  if (passing.length > 0 && passing.every((flow) => flow.kind === "return")) {
    const value = anyOf(frame.returned.splice(frame.returned.length - passing.length), why);
    return { kind: "return", value };
  }
  if (passing.length === 0) return { kind: "stop" };
  return passing.every((flow) => flow.kind === "next") ? next : { kind: "unclear" };
}

function attempt(block: Node | null, frame: Frame, machine: Machine, why: string): Flow {
  if (!block) return next;
  const depth = machine.doubts.length;
  machine.doubts.push(why);
  const flow = machine.execute(block, frame);
  const unclear = machine.doubts.length > depth + 1;
  machine.doubts.length = depth;
  return unclear && flow.kind === "next" ? { kind: "unclear" } : flow;
}

function merged(outcomes: readonly Map<string, Value>[], why: string): Map<string, Value> {
  const names = new Set(outcomes.flatMap((each) => [...each.keys()]));
  const unbound = (name: string): Value => ({ kind: "unbound", name });
  return new Map(
    [...names].map((name) => [
      name,
      anyOf(
        outcomes.map((each) => each.get(name) ?? unbound(name)),
        why,
      ),
    ]),
  );
}

/** Feast's class and ours of one name are read the same. */
function sameDefinitionClass(left: Value, right: Value): boolean {
  if (left.kind !== "imported" || right.kind !== "imported") return false;
  const last = (name: string) => name.slice(name.lastIndexOf(".") + 1);
  return (
    /^(lookback|feast)\b/.test(left.name) &&
    /^(lookback|feast)\b/.test(right.name) &&
    last(left.name) === last(right.name)
  );
}
