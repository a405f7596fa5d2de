import type { Node } from "../../../notebook/python.ts";
import { itemsOf } from "../expressions/comprehension.ts";
import { isTame } from "../expressions/tame.ts";
import { alike, anyOf, merged } from "../values/any-of.ts";
import { dynamic, truthOf, type Value } from "../values/value.ts";
import { assign } from "./assign.ts";
import { assignedNames, capturedNames } from "./assigned-names.ts";
import { type Flow, type Frame, next, Raised, restore } from "./frame.ts";
import type { Machine } from "./machine.ts";

/** The arms of an `if` that may run: one when the conditions are known, else each for itself, and what they have in common. */
export function ifStatement(node: Node, frame: Frame, machine: Machine): Flow {
  const scope = machine.scope(frame);
  const why = "a condition decides it when the code runs";
  const arms = [
    { condition: node.childForFieldName("condition"), body: node.childForFieldName("consequence") },
    ...node.childrenForFieldName("alternative").map((each) => ({
      condition: each?.childForFieldName("condition") ?? null,
      body: each?.childForFieldName(each.type === "elif_clause" ? "consequence" : "body") ?? null,
    })),
  ];
  const possible: (Node | null)[] = [];
  for (const [at, { condition, body }] of arms.entries()) {
    const ask = () => truthOf(scope.evaluate(condition));
    const truth = at > 0 && !condition ? true : possible.length === 0 ? ask() : scope.perhaps(why, ask);
    if (truth === false) continue;
    if (truth && possible.length === 0) return body ? machine.execute(body, frame) : next;
    possible.push(body);
    if (truth) return either(possible, frame, machine, why);
  }
  return possible.length === 0 ? next : either([...possible, null], frame, machine, why);
}

/** A loop over what is known runs as often as it has items; any other any number of times. */
export function loop(node: Node, frame: Frame, machine: Machine): Flow {
  const body = node.childForFieldName("body");
  const target = node.childForFieldName("left");
  const otherwise = node.childForFieldName("alternative")?.childForFieldName("body") ?? null;
  if (!body) return next;
  const scope = machine.scope(frame);
  if (!target) {
    const condition = node.childForFieldName("condition");
    if (truthOf(scope.evaluate(condition)) === false)
      return otherwise ? machine.execute(otherwise, frame) : next;
    return repeated(body, otherwise, frame, machine, () => void scope.evaluate(condition));
  }
  const over = scope.evaluate(node.childForFieldName("right"));
  if (!itemsOf(over)) {
    const item = dynamic("it is made in a loop", over);
    return repeated(body, otherwise, frame, machine, () => assign(target, item, frame, machine));
  }
  return unrolled({ body, target, otherwise, over }, frame, machine);
}

interface Unrolled {
  readonly body: Node;
  readonly target: Node;
  readonly otherwise: Node | null;
  readonly over: Value;
}

function unrolled({ body, target, otherwise, over }: Unrolled, frame: Frame, machine: Machine): Flow {
  let leaves = false;
  let unclear = false;
  // Asked anew each time: the body may change the list it goes through.
  for (let at = 0; ; at++) {
    const items = itemsOf(over);
    if (!items) return repeated(body, otherwise, frame, machine, () => assign(target, over, frame, machine));
    const item = items[at];
    if (!item || !machine.spend(body)) break;
    const run = (): Flow => {
      assign(target, item, frame, machine);
      return machine.execute(body, frame);
    };
    const flow = unclear ? maybe(run, frame, machine, "a loop may end before it") : run();
    if (flow.kind === "break") return leaves ? { kind: "unclear", loop: false, leaves } : next;
    if (flow.kind === "return" || flow.kind === "stop") return flow;
    if (flow.kind === "unclear") {
      leaves ||= flow.leaves;
      unclear = true;
    }
  }
  const last = otherwise
    ? unclear
      ? maybe(() => machine.execute(otherwise, frame), frame, machine, "a loop decides it")
      : machine.execute(otherwise, frame)
    : next;
  if (last.kind !== "next") return last;
  return leaves ? { kind: "unclear", loop: false, leaves } : next;
}

/** What is so whether the body runs never, once or often: followed until nothing changes any more. */
function repeated(
  body: Node,
  otherwise: Node | null,
  frame: Frame,
  machine: Machine,
  before: () => void,
): Flow {
  const why = "it is made in a loop";
  let leaves = false;
  for (let round = 0; ; round++) {
    const state = new Map(frame.variables);
    const flow = maybe(
      () => {
        before();
        return machine.execute(body, frame);
      },
      frame,
      machine,
      why,
    );
    leaves ||= flow.kind === "return" || (flow.kind === "unclear" && flow.leaves);
    // What the first round did to lists and dictionaries the second one sees.
    if (round > 0 && alike(state, frame.variables)) break;
    if (round < 6) continue;
    for (const name of assignedNames(body)) machine.bind(frame, name, dynamic(why));
    break;
  }
  if (otherwise) maybe(() => machine.execute(otherwise, frame), frame, machine, "a loop decides it");
  return leaves ? { kind: "unclear", loop: false, leaves } : next;
}

/** What the body of a `try` does, or part of it and one of its handlers, and what they have in common. */
export function tryStatement(node: Node, frame: Frame, machine: Machine): Flow {
  const body = node.childForFieldName("body");
  if (!body) return next;
  const handlers = node.namedChildren.filter((child) => /^except/.test(child?.type ?? "")) as Node[];
  const otherwise = node.namedChildren
    .find((child) => child?.type === "else_clause")
    ?.childForFieldName("body");
  // Without the classes of definitions nothing here runs, so their imports are taken to succeed.
  const imports = body.namedChildren.every(
    (each) => /\b(lookback|feast)\b/.test(each?.text ?? "") && /^import/.test(each?.type ?? ""),
  );
  const caught = imports ? [] : handlers.filter((handler) => !raises(handler));
  const after = () => (otherwise ? machine.execute(otherwise, frame) : next);
  const flow = interrupted(body, caught, after, frame, machine);
  const last = node.namedChildren.find((child) => child?.type === "finally_clause");
  const finished = last?.namedChildren.find((child) => child?.type === "block");
  const ended = finished ? machine.execute(finished, frame) : next;
  return ended.kind === "next" ? flow : ended;
}

/** A `with`: its managers, then its body, which some managers let end anywhere. */
export function withStatement(node: Node, frame: Frame, machine: Machine): Flow {
  const scope = machine.scope(frame);
  let swallows = false;
  for (const item of node.descendantsOfType("with_item")) {
    if (!item || item.parent?.parent?.id !== node.id) continue;
    const value = item.childForFieldName("value");
    const manager = value?.type === "as_pattern" ? (value.namedChildren[0] ?? null) : value;
    const made = scope.evaluate(manager);
    const callee = manager?.type === "call" ? scope.evaluate(manager.childForFieldName("function")) : made;
    swallows ||= !isTame(callee) || /\.(suppress|raises|assertRaises)$/.test(nameOf(callee));
    const target = value?.type === "as_pattern" ? value.childForFieldName("alias")?.namedChildren[0] : null;
    if (target) assign(target, dynamic("it is made by a context manager", made), frame, machine);
  }
  const body = node.childForFieldName("body");
  if (!body) return next;
  return swallows ? interrupted(body, [null], () => next, frame, machine) : machine.execute(body, frame);
}

/** A body that may end at any of its statements, then one of its handlers, null for none. */
function interrupted(
  body: Node,
  handlers: readonly (Node | null)[],
  after: () => Flow,
  frame: Frame,
  machine: Machine,
): Flow {
  if (handlers.length === 0) {
    const flow = machine.execute(body, frame);
    return flow.kind === "next" ? after() : flow;
  }
  const why = "it depends on whether something fails when the code runs";
  const before = new Map(frame.variables);
  const steps = body.namedChildren.filter((each) => each && each.type !== "comment");
  const whole = steps.length === 1 && /^(expression|import|import_from)_statement$/.test(steps[0]!.type);
  const depth = machine.doubts.length;
  if (!whole) machine.doubts.push(why);
  let flow = machine.execute(body, frame);
  machine.doubts.length = depth;
  if (flow.kind === "next") flow = after();
  const outcomes: Outcome[] = [{ flow, variables: new Map(frame.variables) }];
  for (const handler of handlers) {
    restore(frame, before);
    // Any of them may have been carried out, and undone again.
    if (!whole)
      for (const name of assignedNames(body)) {
        const held = [before.get(name), outcomes[0]!.variables.get(name)].flatMap((each) => each ?? []);
        frame.variables.set(name, dynamic(why, ...held));
      }
    const block = handler?.namedChildren.find((child) => child?.type === "block") ?? null;
    const alias = handler?.descendantsOfType("as_pattern_target")[0];
    if (alias && handler?.childForFieldName("value")?.id === alias.parent?.id)
      machine.bind(frame, alias.text, dynamic("it is what failed"));
    const handled = attempt(block, frame, machine, "it is made when something else fails");
    if (alias && frame.variables.has(alias.text))
      frame.variables.set(alias.text, { kind: "unbound", name: alias.text });
    outcomes.push({ flow: handled, variables: new Map(frame.variables) });
  }
  return combined(outcomes, before, frame, why);
}

/** Every case may run, or none; what a pattern names may have been given a part of the subject. */
export function matchStatement(node: Node, frame: Frame, machine: Machine): Flow {
  const scope = machine.scope(frame);
  const why = "a case decides it when the code runs";
  const subjects = node.childrenForFieldName("subject").map((each) => scope.evaluate(each));
  const cases = node.descendantsOfType("case_clause").filter((each) => each?.parent?.parent?.id === node.id);
  for (const each of cases)
    for (const name of each ? capturedNames(each) : [])
      machine.bind(
        frame,
        name,
        dynamic(why, ...subjects, ...(frame.variables.get(name) ? [frame.variables.get(name)!] : [])),
      );
  for (const each of cases) {
    const guard = each?.childForFieldName("guard");
    if (guard) scope.perhaps(why, () => scope.evaluate(guard.namedChildren[0] ?? null));
  }
  const bodies = cases.map((each) => each?.childForFieldName("consequence") ?? null);
  return either([...bodies, null], frame, machine, why);
}

/** Runs what may not run at all, and keeps what is so either way. */
export function maybe(run: () => Flow, frame: Frame, machine: Machine, why: string): Flow {
  const before = new Map(frame.variables);
  const flow = doubted(run, machine, why);
  const outcomes: Outcome[] = [
    { flow, variables: new Map(frame.variables) },
    { flow: next, variables: before },
  ];
  return combined(outcomes, before, frame, why);
}

/** Runs each block as if it alone ran, null for none of them, and keeps what they agree on. */
function either(blocks: readonly (Node | null)[], frame: Frame, machine: Machine, why: string): Flow {
  const before = new Map(frame.variables);
  const outcomes: Outcome[] = [];
  for (const block of blocks) {
    restore(frame, before);
    const flow = attempt(block, frame, machine, why);
    outcomes.push({ flow, variables: new Map(frame.variables) });
  }
  return combined(outcomes, before, frame, why);
}

interface Outcome {
  readonly flow: Flow;
  readonly variables: ReadonlyMap<string, Value>;
}

/** What several ways that one of which is gone have in common. What ends in an error is gone with it. */
function combined(
  all: readonly Outcome[],
  before: ReadonlyMap<string, Value>,
  frame: Frame,
  why: string,
): Flow {
  const passing = all.filter(({ flow }) => flow.kind !== "stop");
  const staying = passing.filter(({ flow }) => flow.kind !== "return");
  restore(
    frame,
    staying.length > 0
      ? merged(
          staying.map(({ variables }) => variables),
          why,
        )
      : before,
  );
  const flows = passing.map(({ flow }) => flow);
  const [first] = flows;
  if (!first) return { kind: "stop" };
  const returned = flows.flatMap((flow) => (flow.kind === "return" ? [flow.value] : []));
  if (returned.length === flows.length) return { kind: "return", value: anyOf(returned, why) };
  frame.returned.push(...returned);
  if (first.kind !== "unclear" && flows.every((flow) => flow.kind === first.kind)) return first;
  return {
    kind: "unclear",
    loop: flows.some(
      (flow) => flow.kind === "break" || flow.kind === "continue" || (flow.kind === "unclear" && flow.loop),
    ),
    leaves: flows.some((flow) => flow.kind === "return" || (flow.kind === "unclear" && flow.leaves)),
  };
}

function attempt(block: Node | null, frame: Frame, machine: Machine, why: string): Flow {
  return block ? doubted(() => machine.execute(block, frame), machine, why) : next;
}

function doubted(run: () => Flow, machine: Machine, why: string): Flow {
  const depth = machine.doubts.length;
  machine.doubts.push(why);
  try {
    return run();
  } catch (cause) {
    if (cause instanceof Raised) return { kind: "stop" };
    throw cause;
  } finally {
    machine.doubts.length = depth;
  }
}

/** Whether a handler certainly ends in an error itself. */
function raises(handler: Node): boolean {
  const block = handler.namedChildren.find((child) => child?.type === "block");
  return block?.namedChildren.at(-1)?.type === "raise_statement";
}

function nameOf(value: Value): string {
  return value.kind === "imported" || value.kind === "unbound" ? value.name : "";
}
