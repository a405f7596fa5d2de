import type { NotebookFacts } from "../rule.ts";
import type { FlowStatement } from "./flow.ts";
import { givenTo } from "./statements/changes.ts";
import { callsIn, given, isConstant, writtenAs } from "./statements/written.ts";

/**
 * Whether the objects behind names are at a statement what they were at an earlier one: nothing between gives the names anew, writes
 * into the objects under whatever name, or hands them to code that is not known to only ask. Nor do statements apart from those that `isKept` knows.
 */
export function isLeftAlone(
  facts: NotebookFacts,
  names: Iterable<string>,
  from: number,
  until: number,
  isKept: (statement: FlowStatement) => boolean = () => false,
): boolean {
  const flow = facts.flow();
  const wanted = new Set(names);
  const group = new Set(wanted);
  const functions = new Map<string, ReadonlySet<string>>();
  for (const [at, statement] of flow.slice(0, until).entries()) {
    const { affects, aliases, calls, functions: own } = statement.effects;
    if (at > from && !isKept(statement)) {
      const called = [...calls].flatMap((name) => [...(functions.get(name) ?? [])]);
      const changes = [...affects, ...called];
      if (changes.some((name) => name === "*" || group.has(name))) return false;
      if (writesElsewhere(facts, statement) && [...group].some((name) => statement.needs.has(name)))
        return false;
    }
    // A name given anew may stand for another object from then on.
    for (const name of statement.binds) if (!wanted.has(name)) group.delete(name);
    for (const [a, b] of at <= from ? namesOfOne(facts, statement) : aliases) {
      if (group.has(a)) group.add(b);
      if (group.has(b)) group.add(a);
    }
    for (const [name, changed] of own) functions.set(name, changed);
  }
  return true;
}

/** Whether an argument tells a call to write into what it is given. */
function writesElsewhere(facts: NotebookFacts, statement: FlowStatement): boolean {
  return callsIn(writtenAs(facts, statement)).some(
    (call) => given(call, "out") !== null || isConstant(given(call, "copy"), false),
  );
}

/** `a = b`: one object under two names. */
function namesOfOne(facts: NotebookFacts, statement: FlowStatement): (readonly [string, string])[] {
  return [...statement.binds].flatMap((name) => {
    const other = givenTo(facts, statement, name);
    return other?.op === "name" ? [[name, other.name] as const] : [];
  });
}
