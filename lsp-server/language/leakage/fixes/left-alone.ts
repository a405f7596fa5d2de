import { isPureCall } from "../../slice/pure-calls.ts";
import { estimatorEffect, functionEffect, methodEffect } from "../api/known.ts";
import type { NotebookFacts } from "../rule.ts";
import type { FlowStatement } from "./flow.ts";
import { changesOf, givenTo } from "./statements/changes.ts";
import { type Call, callsIn, given, isConstant, namesIn, rootOf, writtenAs } from "./statements/written.ts";

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
      const isChanged = changes.some((name) => name === "*" || group.has(name));
      if (isChanged && !isAsking(facts, statement, group)) return false;
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

/** Whether a statement hands objects to nothing but what libraries are known to make of them, which is something else. */
function isAsking(facts: NotebookFacts, statement: FlowStatement, names: ReadonlySet<string>): boolean {
  const said = writtenAs(facts, statement);
  const isOfBlock = said.some(({ op }) => op !== "assign" && op !== "do");
  if (isOfBlock || changesOf(facts, statement).some(({ name }) => names.has(name))) return false;
  const isMet = ({ callee, args }: Call): boolean =>
    [...args.map(({ value }) => value), ...(callee.op === "attribute" ? [callee.of] : [])].some((one) =>
      [...namesIn(one)].some((name) => names.has(name)),
    );
  // Models that are told to may write into what they learn from, wherever that is.
  if (facts.flow().some((one) => callsIn(writtenAs(facts, one)).some(isToldToWrite))) return false;
  return callsIn(said)
    .filter(isMet)
    .every((call) => isKnown(facts, call, names));
}

function isToldToWrite(call: Call): boolean {
  return ["copy", "copy_X", "copy_x"].some((name) => isConstant(given(call, name), false));
}

/** A library's function, or a method of an estimator or of rows. */
function isKnown(facts: NotebookFacts, { callee }: Call, names: ReadonlySet<string>): boolean {
  if (callee.op === "name") {
    const path = [...facts.imports].find(([, own]) => own === callee.name)?.[0];
    return isPureCall(callee.name) || (path !== undefined && functionEffect(path) !== undefined);
  }
  if (callee.op !== "attribute") return false;
  const root = rootOf(callee.of);
  if (root !== null && names.has(root)) return methodEffect(callee.name) !== undefined;
  if (callee.of.op === "constant") return true;
  const path = [...facts.imports].find(([, own]) => own === root)?.[0];
  if (path !== undefined) return functionEffect(`${path}.${callee.name}`) !== undefined;
  return estimatorEffect(callee.name) !== undefined;
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
