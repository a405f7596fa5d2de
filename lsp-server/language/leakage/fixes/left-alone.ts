import { writesBy } from "../../slice/in-place.ts";
import type { NotebookFacts } from "../rule.ts";
import type { FlowStatement } from "./flow.ts";
import { changesOf, givenTo } from "./statements/changes.ts";
import { onlyAsks } from "./statements/known-calls.ts";
import { callsIn, writtenAs } from "./statements/written.ts";

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
  // Names of what code that nobody knows was given the objects: it may be anything.
  const holders = new Set<string>();
  const functions = new Map<string, ReadonlySet<string>>();
  for (const [at, statement] of flow.slice(0, until).entries()) {
    const { calls, functions: own } = statement.effects;
    const isBetween = at > from;
    if (isBetween && !isKept(statement)) {
      const called = [...calls].flatMap((name) => [...(functions.get(name) ?? [])]);
      if (called.some((name) => name === "*" || group.has(name))) return false;
      const rows = (name: string) => group.has(name) && !holders.has(name);
      if (mayChange(facts, statement, group) && !isAsking(facts, statement, rows)) return false;
      if (
        writesElsewhere(facts, statement, "given", "value") &&
        [...group].some((name) => statement.needs.has(name))
      )
        return false;
    }
    // A name given anew may stand for another object from then on.
    for (const name of statement.binds) {
      if (!wanted.has(name)) group.delete(name);
      holders.delete(name);
    }
    for (const [name, other] of at === from ? [] : namesOfOne(facts, statement, isBetween)) {
      const [found] = group.has(name) ? [other] : group.has(other) ? [name] : [];
      if (found === undefined || group.has(found)) continue;
      group.add(found);
      const isMade = !isBetween && givenTo(facts, statement, name)?.op !== "name";
      if (isMade || holders.has(other) || holders.has(name)) holders.add(found);
    }
    for (const [name, changed] of own) functions.set(name, changed);
  }
  return true;
}

/** Whether a statement may change an object behind some names, under whatever name it takes it up. */
function mayChange(facts: NotebookFacts, statement: FlowStatement, names: ReadonlySet<string>): boolean {
  const { affects, aliases } = statement.effects;
  const met = new Set(names);
  for (let size = -1; size !== met.size; ) {
    size = met.size;
    for (const [name, other] of aliases) if (met.has(other)) met.add(name);
  }
  // What a plain assignment gives is another name from then on, and no change.
  const isPlain = writtenAs(facts, statement).every(({ op }) => op === "assign");
  const isGivenOnly = (name: string) =>
    isPlain &&
    !names.has(name) &&
    changesOf(facts, statement).every((one) => one.name !== name || one.how === "given");
  return [...affects].some((name) => name === "*" || (met.has(name) && !isGivenOnly(name)));
}

/** Whether a statement hands objects to nothing but what libraries are known to make of them, which is something else. */
function isAsking(facts: NotebookFacts, statement: FlowStatement, rows: (name: string) => boolean): boolean {
  const said = writtenAs(facts, statement);
  const isOfBlock = said.some(({ op }) => op !== "assign" && op !== "do");
  if (isOfBlock || statement.effects.affects.has("*")) return false;
  if (changesOf(facts, statement).some(({ name }) => rows(name))) return false;
  // Models that are told to may write into what they learn from, wherever that is.
  if (facts.flow().some((one) => writesElsewhere(facts, one, "given"))) return false;
  return callsIn(said).every((call) => onlyAsks(facts, call, rows));
}

/** Whether an argument tells a call to write into what it is given. */
function writesElsewhere(
  facts: NotebookFacts,
  statement: FlowStatement,
  ...ways: readonly ReturnType<typeof writesBy>[]
): boolean {
  return callsIn(writtenAs(facts, statement)).some(({ args }) =>
    args.some(({ name, value }) =>
      ways.includes(writesBy(name, value.op === "constant" ? value.value : undefined)),
    ),
  );
}

/** Pairs of names that a statement gives to one object, or to what code that nobody knows makes of it. */
function namesOfOne(
  facts: NotebookFacts,
  statement: FlowStatement,
  isBetween: boolean,
): readonly (readonly [string, string])[] {
  if (isBetween) return statement.effects.aliases;
  return [...statement.binds].flatMap((name) => {
    const other = givenTo(facts, statement, name);
    if (other?.op === "name") return [[name, other.name] as const];
    const isKnown = callsIn(writtenAs(facts, statement)).every((call) => onlyAsks(facts, call, () => true));
    return isKnown ? [] : statement.effects.aliases.filter(([own]) => own === name);
  });
}
