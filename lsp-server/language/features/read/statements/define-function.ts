import type { Node } from "../../../notebook/python.ts";
import { type Arguments, allOf, dynamic, type Placed, type Value } from "../values/value.ts";
import { returnedBy } from "./execute.ts";
import { type Flow, type Frame, frameOf, next, Raised } from "./frame.ts";
import type { Machine } from "./machine.ts";

/**
 * A function or lambda as a value that answers what its text returns. Its body is followed at each call, with what its
 * names mean then; a generator, a coroutine or a call more than 20 deep is unknown.
 */
export function defineFunction(
  node: Node,
  name: string,
  frame: Frame,
  machine: Machine,
  onCall: () => void,
): Value {
  const body = node.childForFieldName("body");
  const suspended = /^async\b/.test(node.text) || (node.type !== "lambda" && yields(body));
  const parameters = parametersOf(node, frame, machine);
  let depth = 0;
  let runs = false;
  const follow = (inner: Frame): Flow => {
    if (!body) return next;
    const doubts = machine.doubts.length;
    depth++;
    try {
      return node.type === "lambda"
        ? { kind: "return", value: machine.scope(inner).evaluate(body) }
        : machine.execute(body, inner);
    } finally {
      machine.doubts.length = doubts;
      depth--;
    }
  };
  const mayRun = (given: readonly Value[]): readonly Value[] => {
    if (runs) return given;
    runs = true;
    const inner = frameOf("function", frame);
    const fallbacks = parameters.flatMap(({ fallback }) => fallback ?? []);
    const why = `what ${name}(…) is given is known when the code runs`;
    const unknown = dynamic(why, ...given, ...fallbacks);
    for (const parameter of parameters) inner.variables.set(parameter.name, unknown);
    const answers: Value[] = [];
    machine.loosely(`${name}(…) may run when the code runs`, () => {
      const flow = follow(inner);
      if (flow.kind === "return") answers.push(flow.value);
    });
    runs = false;
    return [...answers, ...inner.returned];
  };
  return {
    kind: "function",
    name,
    mayRun,
    call(given) {
      onCall();
      const unread = (why: string) => dynamic(why, ...allOf(given), ...mayRun(allOf(given)));
      if (suspended || !body) return unread(`${name}(…) is computed when the code runs`);
      if (given.incomplete !== null) return unread(given.incomplete);
      const inner = frameOf("function", frame);
      if (!bindParameters(parameters, given, inner)) return unread(`${name}(…) is not given what it takes`);
      if (depth >= 20) return unread(`${name}(…) calls itself too often`);
      const answer = returnedBy(follow(inner), inner);
      if (answer === null) throw new Raised();
      return answer;
    },
  };
}

interface FunctionParameter {
  readonly name: string;
  readonly kind: "plain" | "keyword" | "rest" | "keywords";
  readonly fallback: Value | null;
}

function parametersOf(node: Node, frame: Frame, machine: Machine): readonly FunctionParameter[] {
  const found: FunctionParameter[] = [];
  let kind: "plain" | "keyword" = "plain";
  for (const child of node.childForFieldName("parameters")?.namedChildren ?? []) {
    if (!child || child.type === "comment" || child.type === "positional_separator") continue;
    const inner = child.type === "typed_parameter" ? (child.namedChildren[0] ?? child) : child;
    if (inner.type === "keyword_separator") kind = "keyword";
    else if (inner.type === "list_splat_pattern") {
      found.push({ name: inner.namedChildren[0]?.text ?? "", kind: "rest", fallback: null });
      kind = "keyword";
    } else if (inner.type === "dictionary_splat_pattern")
      found.push({ name: inner.namedChildren[0]?.text ?? "", kind: "keywords", fallback: null });
    else {
      const value = inner.childForFieldName("value");
      const name = inner.childForFieldName("name")?.text ?? inner.text;
      found.push({ name, kind, fallback: value ? machine.scope(frame).evaluate(value) : null });
    }
  }
  return found;
}

function bindParameters(parameters: readonly FunctionParameter[], given: Arguments, inner: Frame): boolean {
  const rest = [...given.positional];
  const keywords = new Map<string, Placed>(given.keywords);
  for (const { name, kind, fallback } of parameters) {
    if (kind === "rest") inner.variables.set(name, { kind: "list", items: rest.splice(0), fixed: true });
    else if (kind === "keywords") {
      inner.variables.set(name, { kind: "record", entries: new Map(keywords) });
      keywords.clear();
    } else {
      const value = (kind === "plain" ? rest.shift() : undefined) ?? keywords.get(name);
      keywords.delete(name);
      const bound = value?.value ?? fallback;
      if (!bound) return false;
      inner.variables.set(name, bound);
    }
  }
  return rest.length === 0 && keywords.size === 0;
}

function yields(body: Node | null): boolean {
  return (body?.descendantsOfType(["yield", "await"]).length ?? 0) > 0;
}
