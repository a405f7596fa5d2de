import type { Expression, Statement } from "../ir.ts";
import type { Here, Run } from "./run.ts";
import { Scope } from "./scope.ts";
import { type Code, type OwnClass, only, type Thing, type Things, thing } from "./thing.ts";

/** A function or a lambda, as it is defined here. */
export function codeOf(
  params: Code["params"],
  body: Code["body"],
  here: Here,
  isOf: Code["isOf"] = "object",
): Code {
  const defaults = new Map(
    params.flatMap(({ name, otherwise }) =>
      otherwise ? [[name, here.run.evaluate(otherwise, here)] as const] : [],
    ),
  );
  return { params, body, scope: here.scope, defaults, before: [], isOf };
}

/** A class of the notebook, with what it has of its bases. */
export function makeClass(one: Extract<Statement, { op: "class" }>, here: Here): Thing {
  const bases = one.bases.flatMap((base) => [...here.run.evaluate(base, here)]);
  const scope = new Scope(here.scope, "class");
  here.run.does.runAll(one.body, { ...here, scope, isMaybe: false });
  const ofBases = bases.flatMap(({ ownClass }) => ownClass ?? []);
  const isKnown = bases.every(({ kind, ownClass }) => kind === "path" || ownClass?.isKnown === true);
  const above: OwnClass = {
    methods: new Map(ofBases.flatMap(({ methods }) => [...methods])),
    implicit: new Set(ofBases.flatMap(({ implicit }) => [...implicit])),
    held: new Set(ofBases.flatMap(({ held }) => [...held])),
    isRemembering:
      ofBases.some((base) => base.isRemembering) ||
      one.body.some((each) => each.op === "function" && each.decorators.some(isRemembering)),
    isKnown,
    bases: ofBases,
  };
  for (const { methods } of ofBases) {
    const told = methods.get("__init_subclass__");
    if (told) callCode({ ...told, before: [new Set(bases)] }, [], here.run);
  }
  const methods = new Map(above.methods);
  const held = new Set(above.held);
  const defined = new Set(one.body.flatMap((each) => (each.op === "function" ? [each.name] : [])));
  for (const [name, things] of scope.own())
    for (const each of things) {
      // What is given a name there is asked as it is: `f = staticmethod(clean)`.
      if (each.code)
        methods.set(name, {
          ...each.code,
          above,
          ...(defined.has(name) ? {} : { isOf: "nothing" as const }),
        });
      else held.add(each);
    }
  const asked = one.body.flatMap((each) =>
    each.op === "function" && each.decorators.some(isOfAttributes) ? [each.name] : [],
  );
  const dunders = [...methods.keys()].filter((name) => name.startsWith("__") && !called.has(name));
  const implicit = new Set([...above.implicit, ...asked, ...dunders]);
  return thing("class", held, { ownClass: { ...above, methods, implicit, held } });
}

/** Methods that run where an object is made or called. */
const called: ReadonlySet<string> = new Set(["__call__", "__init__", "__new__", "__post_init__"]);

/** `@property`, `@value.setter`: what runs where an attribute is asked for or given. */
function isOfAttributes(one: Expression): boolean {
  if (one.op === "attribute") return one.name === "setter" || one.name.endsWith("property");
  return one.op === "name" && one.name.endsWith("property");
}

/** `@lru_cache`, `@cached_property`: by its name, whosever it is. */
export function isRemembering(decorator: Expression): boolean {
  if (decorator.op === "call") return isRemembering(decorator.callee);
  return (decorator.op === "name" || decorator.op === "attribute") && /cache|memo/.test(decorator.name);
}

/** Whatever an object's class runs without being called by its name may run wherever the object is met, with what stands beside it; and answer. */
export function callImplicit(one: Thing, run: Run, beside: Iterable<Thing> = []): void {
  const { ownClass } = one;
  if (one.kind !== "own" || !ownClass || ownClass.implicit.size === 0) return;
  // What its own methods do with it is theirs.
  if ([...ownClass.methods.values()].some(({ body }) => run.running.has(body))) return;
  if (ownClass.isRemembering) run.change(one);
  const given = { name: null, isSpread: true, things: new Set(beside) };
  for (const name of ownClass.implicit) {
    const code = ownClass.methods.get(name);
    if (code) run.hold(one, callCode({ ...code, before: [only(one)] }, [given], run));
  }
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
  const outer = run.running.get(code.body);
  if (outer || run.running.size >= deepest || run.isOver) {
    // What it writes of the notebook's own is noted where it runs first.
    if (outer) outer.isMetAgain = true;
    else run.isAnything = true;
    run.changeAll(all);
    return run.reachable([...all, ...(outer?.answers ?? [])]);
  }
  const scope = new Scope(code.scope);
  bindParameters(code, given, scope, run);
  const answers = new Set<Thing>();
  const here: Here = { run, scope, isMaybe: false, answers };
  const own = { answers, isMetAgain: false };
  run.running.set(code.body, own);
  let known: number;
  do {
    known = answers.size;
    if (isExpression(code.body)) for (const one of run.evaluate(code.body, here)) answers.add(one);
    else run.does.runAll(code.body, here);
    // What a function that calls itself answers is met by itself.
  } while (own.isMetAgain && answers.size !== known);
  run.running.delete(code.body);
  return answers;
}

/** Functions that call each other are followed as far as anybody reads. */
const deepest = 8;

function isExpression(body: Code["body"]): body is Expression {
  return !Array.isArray(body);
}

function bindParameters(code: Code, given: readonly Given[], scope: Scope<Thing>, run: Run): void {
  const places = [...code.before, ...given.filter((one) => one.name === null).map(({ things }) => things)];
  const isSpread = given.some((one) => one.isSpread);
  const everything = run.reachable(
    [...places, ...given.map(({ things }) => things)].flatMap((things) => [...things]),
  );
  for (const [at, { name, spread: kind }] of code.params.entries()) {
    const isOfSelf = at < code.before.length;
    const told = given.find((one) => one.name === name)?.things ?? places[at];
    const otherwise = code.defaults.get(name) ?? new Set<Thing>();
    const value = isSpread && !isOfSelf ? new Set([...everything, ...otherwise]) : (told ?? otherwise);
    scope.give(name, kind === null ? value : only(thing("plain", everything)), false);
  }
  const [self] = code.before;
  const { above } = code;
  if (self && above) scope.give("super", new Set([...self].map((one) => asBase(one, above))), false);
}

/** An object as its class's bases see it; calling it is `super()`. */
function asBase(one: Thing, above: OwnClass): Thing {
  return { kind: "own", holds: one.holds, ownClass: above, itself: one.itself ?? one };
}

/** An object of one of the notebook's classes: what making it is given, it may hold. */
export function construct(at: object, of: Thing, given: readonly Given[], run: Run): Things {
  const { ownClass } = of;
  if (!ownClass) return new Set();
  const made = run.make(at, "own", ownClass.held, { ownClass });
  if (!ownClass.methods.has("__init__") || !ownClass.isKnown)
    for (const { things } of given) run.hold(made, things);
  for (const name of called) {
    const code = name === "__call__" ? undefined : ownClass.methods.get(name);
    if (code) callCode({ ...code, before: [only(made)] }, name === "__post_init__" ? [] : given, run);
  }
  return only(made);
}
