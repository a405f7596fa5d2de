import { changesReceiver, writesIntoFirst } from "../../../slice/in-place.ts";
import { inside } from "../../inside.ts";
import type { Expression, Statement } from "../../ir.ts";
import type { NotebookFacts } from "../../rule.ts";
import { toldToWrite } from "../../told-to-write.ts";
import { writtenAs } from "../../written-as.ts";
import type { FlowStatement } from "../flow.ts";
import { type Call, calledName, given, namesIn, rootOf, rootsOf } from "./written.ts";

/** Something that a statement gives anew, writes into, or takes away. */
export interface Change {
  /** The name that it belongs to. */
  readonly name: string;
  /** `df`, `df["a"]`, `df.loc[rows, "a"]`; of a call in place, what it is called on. */
  readonly target: Expression;
  /** `given`: the name stands for something else from then on; `part`: a part of what it stands for does; `in place`: a call has changed it. */
  readonly how: "given" | "part" | "in place";
  /** What takes the place, where the text tells it apart; the call, of a change in place. */
  readonly value: Expression | null;
}

/** What a statement changes, in whichever branch or turn of it; what own functions do to what they are given is theirs. */
export function changesOf(facts: NotebookFacts, statement: FlowStatement): readonly Change[] {
  const known = read.get(facts) ?? new Map<FlowStatement, readonly Change[]>();
  read.set(facts, known);
  const changes =
    known.get(statement) ?? writtenAs(facts, statement).flatMap((one) => changesIn(facts, one, 0));
  known.set(statement, changes);
  return changes;
}

/** Many fixes ask the same statements. */
const read = new WeakMap<NotebookFacts, Map<FlowStatement, readonly Change[]>>();

/** Whether a statement gives a name anew, or changes what it stands for, or a part of that. */
export function changesName(facts: NotebookFacts, statement: FlowStatement, name: string): boolean {
  return statement.binds.has(name) || changesOf(facts, statement).some((one) => one.name === name);
}

/** What a statement, `X = a` or `X, y = a, b`, gives a name; null where it does not, or where that is not told apart. */
export function givenTo(facts: NotebookFacts, statement: FlowStatement, name: string): Expression | null {
  const [first, ...others] = writtenAs(facts, statement);
  if (first?.op !== "assign" || others.length > 0) return null;
  const own = [...inside(first, false)]
    .flatMap((node) => {
      if (node.op === "assign") return node.targets.flatMap((target) => changesBy(target, node.value));
      return node.op === "bind" ? changesBy(node.target, node.value) : [];
    })
    .filter((one) => one.name === name && one.how === "given");
  return own.length === 1 ? (own[0]?.value ?? null) : null;
}

/** `X, y = …`: its names; none where it is another kind of statement. */
export function targetsOf(facts: NotebookFacts, statement: FlowStatement): readonly string[] {
  const [first, ...others] = writtenAs(facts, statement);
  const [target, ...more] = first?.op === "assign" && others.length === 0 ? first.targets : [];
  if (target?.op !== "tuple" || more.length > 0) return [];
  const names = target.items.flatMap((one) => (one.op === "name" ? [one.name] : []));
  return names.length === target.items.length && names.length <= 3 ? names : [];
}

/** Functions that call each other are followed as far as anybody reads. */
const deepest = 4;

function changesIn(facts: NotebookFacts, statement: Statement | Expression, depth: number): Change[] {
  return [...inside(statement, false)].flatMap((node): Change[] => {
    switch (node.op) {
      case "assign":
        return node.targets.flatMap((target) => changesBy(target, node.value));
      case "augment":
        return changesBy(node.target, null);
      case "bind":
        return changesBy(node.target, node.value);
      case "loop":
        return node.target
          ? [
              ...changesBy(node.target, null),
              ...changesByTurns(facts, node.target, node.source, node.body, depth),
            ]
          : [];
      case "each":
        return node.clauses.flatMap(({ target, source }) =>
          changesByTurns(facts, target, source, node.yields, depth),
        );
      case "forget":
        return node.targets.flatMap((target) => changesBy(target, null));
      case "call":
        return [...changesByCall(node), ...changesByOwn(facts, node, depth)];
      default:
        return [];
    }
  });
}

/** What a loop or a comprehension over tables, `for table in [train, test]`, does to them under the names that they take turns with. */
function changesByTurns(
  facts: NotebookFacts,
  target: Expression,
  source: Expression,
  body: readonly (Statement | Expression)[],
  depth: number,
): Change[] {
  const tables = listed(facts, source);
  if (tables.length === 0) return [];
  const names = namesIn(target);
  return body
    .flatMap((one) => changesIn(facts, one, depth))
    .filter(({ name, how }) => names.has(name) && how !== "given")
    .flatMap((change) => tables.map((table) => ({ ...change, name: table })));
}

/** The names whose objects something goes through: a list, written out or given a name before, with numbers or beside another. */
function listed(facts: NotebookFacts, source: Expression, depth = 0): readonly string[] {
  if (depth > deepest) return [];
  switch (source.op) {
    case "list":
    case "tuple":
      return source.items.flatMap((one) => [...listed(facts, one, depth + 1), ...rootsOf(one)]);
    case "dict":
      return source.entries.flatMap(([, one]) => [...listed(facts, one, depth + 1), ...rootsOf(one)]);
    case "each":
      return source.clauses.flatMap((one) => listed(facts, one.source, depth + 1));
    case "call": {
      const { callee, args } = source;
      if (callee.op === "attribute")
        return /^(items|values|copy)$/.test(callee.name) ? listed(facts, callee.of, depth + 1) : [];
      return callee.op === "name" && goingThrough.has(callee.name)
        ? args.flatMap(({ value }) => listed(facts, value, depth + 1))
        : [];
    }
    case "name":
      return facts
        .flow()
        .filter(({ binds }) => binds.has(source.name))
        .flatMap((one) => givenTo(facts, one, source.name) ?? [])
        .flatMap((one) => (one.op === "name" || one.op === "call" ? [] : listed(facts, one, depth + 1)));
    default:
      return [];
  }
}

const goingThrough: ReadonlySet<string> = new Set(
  "dict enumerate filter iter list map reversed set sorted tuple zip".split(" "),
);

function changesBy(target: Expression, value: Expression | null): Change[] {
  if (target.op === "tuple" || target.op === "list") {
    const items = value?.op === "tuple" || value?.op === "list" ? value.items : [];
    const isTold =
      items.length === target.items.length && !items.some(isSpread) && !target.items.some(isSpread);
    return target.items.flatMap((one, at) => changesBy(one, isTold ? (items[at] ?? null) : null));
  }
  if (isSpread(target)) return changesBy(target.of, null);
  const how = target.op === "name" ? "given" : "part";
  return rootsOf(target).map((name) => ({ name, target, how, value }));
}

function isSpread(one: Expression): one is Extract<Expression, { op: "unary" }> {
  return one.op === "unary" && one.operator === "*";
}

function changesByCall(call: Call): Change[] {
  const { callee, args } = call;
  const name = calledName(call);
  const own = callee.op === "attribute" ? [callee.of] : [];
  const changed: Expression[] = isInPlace(call) || changesReceiver(name) ? [...own] : [];
  for (const argument of args) {
    const writes = toldToWrite(argument);
    if (writes === "value") changed.push(argument.value);
    if (writes === "given") changed.push(...own, ...args.map((one) => one.value));
  }
  const [first] = args;
  if (first && first.name === null && writesIntoFirst(name)) changed.push(first.value);
  return changed.flatMap((target) =>
    rootsOf(target).map((root) => ({ name: root, target, how: "in place" as const, value: call })),
  );
}

/** Whether a call is told to change what it is called on; told by a name, it may be. */
export function isInPlace(call: Call): boolean {
  return call.args.some((one) => toldToWrite(one) === "receiver");
}

/** What one of the notebook's own functions does to what a call gives it. */
function changesByOwn(facts: NotebookFacts, call: Call, depth: number): Change[] {
  if (call.callee.op !== "name" || depth >= deepest) return [];
  const { name } = call.callee;
  const own = facts
    .flow()
    .filter(({ binds }) => binds.has(name))
    .flatMap((one) => writtenAs(facts, one))
    .find((one) => one.op === "function" && one.name === name);
  if (own?.op !== "function") return [];
  return own.body
    .flatMap((one) => changesIn(facts, one, depth + 1))
    .filter(({ how }) => how !== "given")
    .flatMap((change) => {
      const at = own.params.findIndex((one) => one.name === change.name);
      const met =
        at < 0
          ? null
          : (given(call, change.name) ?? (call.args[at]?.name === null ? call.args[at].value : null));
      const root = met && rootOf(met);
      return met && root !== null
        ? [{ ...change, name: root, target: met, how: "in place" as const, value: call }]
        : [];
    });
}
