import type { Expression, Place } from "../../leakage/ir.ts";
import type { Run } from "../../leakage/objects/run.ts";
import { Scope } from "../../leakage/objects/scope.ts";
import { type Code, only, type Thing, type Things, thing } from "../../leakage/objects/thing.ts";
import { changesReceiver } from "../in-place.ts";

/** Nobody writes what is made up here. */
const nowhere: Place = {
  cell: "",
  from: 0,
  to: 0,
  start: { line: 0, character: 0 },
  end: { line: 0, character: 0 },
};

const name = (of: string): Expression => ({ op: "name", name: of, at: nowhere });

const calls = (callee: Expression): Expression => ({
  op: "call",
  callee,
  args: [{ name: null, spread: "*", value: name("given") }],
  at: nowhere,
});

/** `given => function(*given)`. */
const applied = calls(name("function"));

/** Whether an attribute, by its name, may be a method that changes something, or learns. */
export function isBound(method: string): boolean {
  // What a model has learned ends as PyTorch's methods do, too.
  return (changesReceiver(method) && !method.endsWith("_")) || /^(partial_)?fit(_\w+)?$/.test(method);
}

/** `acc.append`, handed on: what it stands for, and a function that asks its object for the method. */
export function withBound(one: Extract<Expression, { op: "attribute" }>, things: Things, of: Things): Things {
  const known =
    methods.get(one.name) ?? calls({ op: "attribute", of: name("self"), name: one.name, at: nowhere });
  methods.set(one.name, known);
  const bound = [...of]
    .filter(({ kind }) => kind === "plain" || kind === "library")
    .map((self) => bind(self, known));
  return bound.length === 0 ? things : new Set([...things, ...bound]);
}

const methods = new Map<string, Expression>();
const functions = new WeakMap<Thing, Map<Expression, Thing>>();

function bind(self: Thing, body: Expression): Thing {
  const own = functions.get(self) ?? new Map<Expression, Thing>();
  functions.set(self, own);
  const scope = new Scope<Thing>();
  scope.give("self", only(self), false);
  const code: Code = {
    params: [{ name: "given", spread: "*", otherwise: null }],
    body,
    scope,
    defaults: new Map(),
    before: [],
    isOf: "nothing",
  };
  const made = own.get(body) ?? thing("function", [self], { code });
  own.set(body, made);
  return made;
}

/** A function of a library's, handed to another: it may be called with what stands beside it. */
export function applyTo(one: Thing, all: readonly Thing[], run: Run): void {
  if (run.running.has(applied)) return;
  const scope = new Scope<Thing>();
  scope.give("function", only(one), false);
  scope.give("given", new Set(all.filter((each) => each !== one)), false);
  run.running.set(applied, { answers: new Set(), isMetAgain: false });
  run.evaluate(applied, { run, scope, isMaybe: true, answers: new Set() });
  run.running.delete(applied);
}
