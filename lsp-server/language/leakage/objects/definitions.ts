import type { Expression, Statement } from "../ir.ts";
import type { Here, Run } from "./run.ts";
import { Scope } from "./scope.ts";
import { type Code, hold, type OwnClass, only, type Thing, type Things, thing } from "./thing.ts";

export function codeOf(
  params: Code["params"],
  body: Code["body"],
  scope: Scope<Thing>,
  isStatic = false,
): Code {
  return { params, body, scope, before: [], isStatic };
}

/** A class of the notebook, with what it has of its bases. */
export function makeClass(one: Extract<Statement, { op: "class" }>, here: Here): Thing {
  const bases = one.bases.flatMap((base) => [...here.run.evaluate(base, here)]);
  const scope = new Scope(here.scope);
  here.run.does.runAll(one.body, { ...here, scope, isMaybe: false });
  const methods = new Map(bases.flatMap(({ ownClass }) => [...(ownClass?.methods ?? [])]));
  const held: Thing[] = [];
  for (const [name, things] of scope.own())
    for (const each of things) {
      if (each.code && !isAsked(one.body, name)) methods.set(name, each.code);
      else held.push(each);
    }
  const isKnown = bases.every(({ kind, ownClass }) => kind === "path" || ownClass?.isKnown === true);
  return thing("class", held, { ownClass: { methods, isKnown } });
}

/** Whether a definition is asked for as an attribute: a property. */
function isAsked(body: readonly Statement[], name: string): boolean {
  return body.some(
    (one) =>
      one.op === "function" &&
      one.name === name &&
      one.decorators.some((by) => isNamed(by, /property$|setter$/)),
  );
}

function isNamed(one: Expression, pattern: RegExp): boolean {
  return (one.op === "name" || one.op === "attribute") && pattern.test(one.name);
}

/** What a call hands over. */
export interface Given {
  readonly name: string | null;
  readonly isSpread: boolean;
  readonly things: Things;
}

/** Runs a function of the notebook with what it is given, and answers what it may answer. */
export function callCode(code: Code, given: readonly Given[], run: Run): Things {
  const all = [...code.before, ...given.map(({ things }) => things)].flatMap((things) => [...things]);
  if (run.running.has(code.body) || run.running.size >= deepest || run.isOver) {
    run.changeAll(all);
    return new Set(all);
  }
  const scope = new Scope(code.scope);
  bindParameters(code, given, scope, run);
  const answers = new Set<Thing>();
  const here: Here = { run, scope, isMaybe: false, answers };
  run.running.add(code.body);
  if (isExpression(code.body)) for (const one of run.evaluate(code.body, here)) answers.add(one);
  else run.does.runAll(code.body, here);
  run.running.delete(code.body);
  return answers;
}

/** Functions that call each other are followed as far as anybody reads. */
const deepest = 6;

function isExpression(body: Code["body"]): body is Expression {
  return !Array.isArray(body);
}

function bindParameters(code: Code, given: readonly Given[], scope: Scope<Thing>, run: Run): void {
  const places = [...code.before, ...given.filter((one) => one.name === null).map(({ things }) => things)];
  const isSpread = given.some((one) => one.isSpread);
  const everything = new Set(
    [...places, ...given.map(({ things }) => things)].flatMap((things) => [...things]),
  );
  run.spend(everything.size);
  const spread = new Set([...everything].flatMap((one) => [one, ...one.holds]));
  const here: Here = { run, scope: code.scope, isMaybe: true, answers: new Set() };
  for (const [at, { name, spread: kind, otherwise }] of code.params.entries()) {
    const told = given.find((one) => one.name === name)?.things ?? places[at];
    const value = isSpread
      ? spread
      : (told ?? (otherwise ? run.evaluate(otherwise, here) : new Set<Thing>()));
    scope.give(name, kind === null ? value : only(thing("plain", everything)), false);
  }
}

/** An object of one of the notebook's classes: what making it is given, it may hold. */
export function construct(at: object, of: OwnClass, given: readonly Given[], run: Run): Things {
  const made = run.make(at, "own", [], { ownClass: of });
  const init = of.methods.get("__init__");
  if (init) callCode({ ...init, before: [only(made)] }, given, run);
  if (!init || !of.isKnown) for (const { things } of given) hold(made, things);
  return only(made);
}
