import { changesReceiver, writesBy, writesIntoFirst } from "../../slice/in-place.ts";
import { handsOn } from "../../slice/pure-calls.ts";
import type { EstimatorEffect, MethodEffect } from "../api/effects.ts";
import {
  callerEffect,
  classRole,
  estimatorEffect,
  functionEffect,
  groupEffect,
  methodEffect,
} from "../api/known.ts";
import type { Argument, Expression } from "../ir.ts";
import { attributeOf } from "./attribute-of.ts";
import { columnOf } from "./column-of.ts";
import { callCode, construct, type Given } from "./definitions.ts";
import type { Here, Run } from "./run.ts";
import { elementsOf, hold, keepsObjects, only, plainValue, type Thing, type Things, thing } from "./thing.ts";
import { isViewing } from "./viewing.ts";

/** What a call answers; what it may change of its receiver, its arguments and what these hold is noted. */
export function call(one: Extract<Expression, { op: "call" }>, here: Here): Things {
  const { callee } = one;
  const receivers = callee.op === "attribute" ? here.run.evaluate(callee.of, here) : null;
  const called = receivers ? null : here.run.evaluate(callee, here);
  const asked: Asked = {
    at: one,
    column: callee.op === "attribute" ? columnOf(callee.of) : null,
    run: here.run,
    given: givenBy(one.args, here),
    args: one.args,
  };
  const answers = new Set<Thing>();
  const all =
    callee.op === "attribute" && receivers
      ? [...receivers].map((each) => callMethod(each, callee.name, asked))
      : [];
  for (const each of [...all, ...[...(called ?? [])].map((each) => callThing(each, asked))])
    for (const answer of each) answers.add(answer);
  here.run.spend(answers.size);
  return answers;
}

interface Asked {
  readonly at: object;
  /** The column of its receiver that is asked, where it is one. */
  readonly column: string | null;
  readonly run: Run;
  readonly given: readonly Given[];
  readonly args: readonly Argument[];
}

function givenBy(args: readonly Argument[], here: Here): Given[] {
  return args.map(({ name, spread, value }) => ({
    name,
    isSpread: spread !== null,
    things: here.run.evaluate(value, here),
  }));
}

function handed({ given }: Asked): Thing[] {
  return given.flatMap(({ things }) => [...things]);
}

function callThing(one: Thing, asked: Asked): Things {
  const { run, given } = asked;
  if (one.code) return callCode(one.code, given, run);
  if (one.path !== undefined) return callLibrary(one.path, asked);
  if (one.kind === "class" && one.ownClass) return construct(asked.at, one.ownClass, given, run);
  const own = one.ownClass?.methods.get("__call__");
  if (own) return callCode({ ...own, before: [only(one)] }, given, run);
  if (one.kind === "library") return callMethod(one, "__call__", asked);
  return callUnread(one, asked);
}

/** Code that nobody has read may change whatever it reaches, and answer with it. */
function callUnread(one: Thing, asked: Asked): Things {
  const all = [one, ...handed(asked)];
  asked.run.changeAll(all);
  return only(asked.run.make(asked.at, "unread", all));
}

function callMethod(one: Thing, name: string, asked: Asked): Things {
  const { run, given } = asked;
  const method = one.ownClass?.methods.get(name);
  if (method)
    return callCode(
      one.kind === "own" && !method.isStatic ? { ...method, before: [only(one)] } : method,
      given,
      run,
    );
  switch (one.kind) {
    case "path":
      return callLibrary(`${one.path}.${name}`, asked);
    case "library":
      return callOfLibrary(one, name, asked);
    case "plain":
      return callOfPlain(one, name, asked);
    case "own":
      return callOfOwn(one, name, asked);
    default:
      return callOfUnread(one, name, asked);
  }
}

/** A list, a dict, a text: by the names of Python's own methods. */
function callOfPlain(one: Thing, name: string, asked: Asked): Things {
  const all = handed(asked);
  // What it holds may be a function: `steps["clean"](table)` is a call of another kind, `steps.get("clean")` is not.
  if (changesReceiver(name)) {
    asked.run.change(one);
    hold(one, all);
  }
  callBack(asked, codeIn(asked.run, all), one.holds);
  const parts = elementsOf([one]);
  return new Set([...parts, asked.run.make(asked.at, "plain", parts)]);
}

/** What a library has made: it changes itself where its method is known to, and nothing that it is given but where it was told to. */
function callOfLibrary(one: Thing, name: string, asked: Asked): Things {
  const { run } = asked;
  const estimating = estimatorEffect(name);
  const effect = methodEffect(name);
  writeAsTold(asked, one);
  if (estimating === undefined && asked.args.some(({ spread }) => spread === "**"))
    run.change(one, asked.column);
  const isLearning = estimating !== undefined && learning.has(estimating);
  if (isLearning) run.changeAll(one.isCloning ? [] : [one]);
  if (isLearning) run.change(one);
  if (changesReceiver(name) || (effect !== undefined && changing.has(effect))) {
    run.change(one, asked.column);
    if (changesReceiver(name)) run.changeAll(one.holds);
  }
  if (writesIntoFirst(name)) for (const each of asked.given[0]?.things ?? []) run.change(each);
  if (one.isWriting && estimating !== undefined) run.changeAll(handed(asked));
  const code = [
    ...codeIn(run, handed(asked)),
    ...codeIn(
      run,
      [...run.reachable([one])].filter((each) => each !== one),
    ),
  ];
  callBack(asked, code, new Set([one, ...handed(asked)]));
  if (isViewing(name) || estimating === "itself" || estimating === "fit") return new Set([one, ...one.holds]);
  return only(run.make(asked.at, listing.has(name) ? "plain" : "library"));
}

/** What answers with a list, a dict or a text. */
const listing: ReadonlySet<string> = new Set(
  "keys read readlines split splitlines to_dict to_json to_list tolist".split(" "),
);

const learning: ReadonlySet<EstimatorEffect> = new Set([
  "fit",
  "fit-predict",
  "fit-transform",
  "itself",
  "learner",
  "resample",
]);

const changing: ReadonlySet<MethodEffect> = new Set(["insert", "pop", "shuffle"]);

/** An object of the notebook's class, asked for a method that a library's base class has: that may call the class's own. */
function callOfOwn(one: Thing, name: string, asked: Asked): Things {
  if (!one.ownClass?.isKnown) return callUnread(one, asked);
  asked.run.change(one);
  const answers = new Set<Thing>([one, asked.run.make(asked.at, "library")]);
  for (const [own, code] of one.ownClass.methods)
    if (own !== "__init__" && (name === "__call__" || name.includes(own)))
      for (const each of callCode({ ...code, before: [only(one)] }, asked.given, asked.run))
        answers.add(each);
  return answers;
}

/** What came from code that nobody has read: a table by its methods, or anything. */
function callOfUnread(one: Thing, name: string, asked: Asked): Things {
  const effect = methodEffect(name);
  const isOfTables = effect !== undefined || (groupEffect(name) !== undefined && name !== "pipe");
  const isAlsoOfModels = estimatorEffect(name) !== undefined;
  if (one.isUnreadCode || !isOfTables || (isAlsoOfModels && handed(asked).length > 0))
    return callUnread(one, asked);
  return callOfLibrary(one, name, asked);
}

function callLibrary(path: string, asked: Asked): Things {
  const { run, given } = asked;
  const name = path.slice(path.lastIndexOf(".") + 1);
  const all = handed(asked);
  if (path.startsWith("builtins.")) {
    if (anything.has(name) || (name === "vars" && given.length === 0)) {
      run.isAnything = true;
      return only(run.make(asked.at, "unread"));
    }
    if (name === "getattr") {
      const said = asked.args[1]?.value;
      const of = given[0]?.things ?? new Set<Thing>();
      return said?.op === "constant" && typeof said.value === "string"
        ? attributeOf(of, said.value, run)
        : elementsOf(of);
    }
  }
  writeAsTold(asked, null);
  const caller = callerEffect(path);
  if (writesIntoFirst(path) || functionEffect(path) === "shuffle" || caller === "set-attribute") {
    const [first, ...others] = given;
    for (const each of first?.things ?? []) {
      run.change(each);
      if (keepsObjects(each)) for (const { things } of others) hold(each, things);
    }
  }
  const code = codeIn(asked.run, all);
  if (caller === "partial") return new Set(code.map((one) => partial(one, given.slice(1))));
  callBack(asked, code, new Set(all));
  // A decorator, or what maps over rows, may answer with a wrapper of the code.
  const wrapped = code.filter((one) => one.code ?? one.isUnreadCode);
  if (path.startsWith("builtins."))
    return handsOn(name)
      ? new Set([run.make(asked.at, "plain", elementsOf(all)), ...wrapped])
      : only(plainValue);
  const isMade =
    classRole(path) !== undefined || /^[A-Z]/.test(name) || /pipeline|union|column_transformer/.test(name);
  if (handsOn(path)) return only(run.make(asked.at, "library", all));
  return new Set([
    run.make(asked.at, "library", isMade ? all : [], {
      isWriting: isMade && isToldToWrite(asked),
      isCloning: isCloning(path),
    }),
    ...wrapped,
  ]);
}

/** Whether a class has copies of what it is given learn, and not these: scikit-learn's, but for its pipelines. */
function isCloning(path: string): boolean {
  const effect = functionEffect(path);
  const role = classRole(path);
  const isOfSteps = [effect, role].some((one) => one === "pipeline" || one === "union");
  return !isOfSteps && role !== undefined && (path.startsWith("sklearn.") || !path.includes("."));
}

const anything: ReadonlySet<string> = new Set(["exec", "eval", "globals", "locals", "__import__"]);

function partial(one: Thing, given: readonly Given[]): Thing {
  const before = given.filter(({ name }) => name === null).map(({ things }) => things);
  const { code } = one;
  if (code && given.every(({ name }) => name === null))
    return thing("function", [], { code: { ...code, before: [...code.before, ...before] } });
  return thing("unread", [one, ...given.flatMap(({ things }) => [...things])], { isUnreadCode: true });
}

/** What is, or holds, code that a library may call: functions, the notebook's own objects, and what nobody has read. */
function codeIn(run: Run, things: Iterable<Thing>): Thing[] {
  return [...run.reachable(things)].filter(
    ({ kind, isUnreadCode }) =>
      kind === "function" || kind === "own" || kind === "class" || isUnreadCode === true,
  );
}

/** A library calls code that it was given with whatever else it has. */
function callBack(asked: Asked, code: readonly Thing[], with_: Things): void {
  const { run } = asked;
  if (code.length === 0) return;
  const things = new Set([...with_, ...elementsOf(with_)].filter((one) => !code.includes(one)));
  const given: Given = { name: null, isSpread: true, things };
  run.spend(code.length * things.size);
  for (const one of code) {
    if (one.code) callCode(one.code, [given], run);
    else if (one.kind === "own") callHeld(one, given, run);
    else if (one.kind === "class" && one.ownClass) construct(asked.at, one.ownClass, [given], run);
    else run.changeAll([one, ...things]);
  }
}

/** An own object that a library holds, a transformer in a pipeline: any of its methods may be called. */
function callHeld(one: Thing, given: Given, run: Run): void {
  for (const [name, code] of one.ownClass?.methods ?? [])
    if (name !== "__init__") callCode({ ...code, before: [only(one)] }, [given], run);
}

/** What arguments tell a call to write into: `inplace=True`, `out=a`, `copy=False`. */
function writeAsTold(asked: Asked, receiver: Thing | null): void {
  for (const [at, { name, value }] of asked.args.entries()) {
    const writes = writesBy(name, value.op === "constant" ? value.value : undefined);
    if (writes === null) continue;
    if (receiver && writes !== "value") asked.run.change(receiver, asked.column);
    if (writes === "value") asked.run.changeAll(asked.given[at]?.things ?? []);
    if (writes === "given") asked.run.changeAll(handed(asked));
  }
}

function isToldToWrite({ args }: Asked): boolean {
  return args.some(
    ({ name, value }) => writesBy(name, value.op === "constant" ? value.value : undefined) === "given",
  );
}
