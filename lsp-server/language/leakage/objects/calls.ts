import { changesReceiver, handsOn, writesIntoFirst } from "../../slice/in-place.ts";
import type { EstimatorEffect, FunctionEffect, MethodEffect } from "../api/effects.ts";
import {
  callerEffect,
  classRole,
  estimatorEffect,
  functionEffect,
  groupEffect,
  isSilent,
  methodEffect,
} from "../api/known.ts";
import type { Expression } from "../ir.ts";
import { toldToWrite } from "../told-to-write.ts";
import { type Asked, handed } from "./asked.ts";
import { boundTo } from "./attribute-of.ts";
import { callBack, codeIn } from "./call-back.ts";
import { callBuiltin } from "./call-builtin.ts";
import { columnOf } from "./column-of.ts";
import { callCode, construct, type Given } from "./definitions.ts";
import type { Here } from "./run.ts";
import { keepsObjects, only, plainValue, type Thing, type Things, thing } from "./thing.ts";
import { isViewing } from "./viewing.ts";
import { writesPlace } from "./writes-place.ts";

/** What a call answers; what it may change of its receiver, its arguments and what these hold is noted. */
export function call(one: Extract<Expression, { op: "call" }>, here: Here): Things {
  const { run } = here;
  const { callee } = one;
  const isMethod = callee.op === "attribute";
  const met = run.evaluate(isMethod ? callee.of : callee, here);
  const asked: Asked = {
    at: one,
    column: isMethod ? columnOf(callee.of, here.scope) : null,
    run,
    given: one.args.map(({ name, spread, value }) => ({
      name,
      isSpread: spread !== null,
      things: spread === null ? run.evaluate(value, here) : run.reachable(run.evaluate(value, here)),
    })),
    args: one.args,
  };
  const answers = new Set<Thing>();
  for (const each of met.size > 0 ? met : only(thing("unread")))
    for (const answer of isMethod ? callMethod(each, callee.name, asked) : callThing(each, asked))
      answers.add(answer);
  run.spend(answers.size);
  return answers;
}

export function callThing(one: Thing, asked: Asked): Things {
  const { run, given } = asked;
  if (one.itself) return only(one);
  if (one.isRemembering) run.change(one);
  if (one.code) return callCode(one.code, given, run);
  if (one.path !== undefined) return callLibrary(one.path, asked);
  if (one.kind === "class") return construct(asked.at, one, given, run);
  const own = one.ownClass?.methods.get("__call__");
  if (own) return callCode(boundTo(one, own), given, run);
  if (one.kind === "library") return callMethod(one, "__call__", asked);
  // Of a list's parts, those that cannot be called are not.
  if (one.kind === "plain") return new Set();
  return callUnread(one, asked);
}

/** Code that nobody has read may run, change and keep whatever it reaches, and answer with it. */
function callUnread(one: Thing, asked: Asked): Things {
  const { run } = asked;
  const all = [one, ...handed(asked)];
  callBack(asked, codeIn(run, all), new Set(all));
  run.changeAll(all);
  for (const each of all) if (keepsObjects(each)) run.hold(each, all);
  return only(run.make(asked.at, "unread", all));
}

function callMethod(one: Thing, name: string, asked: Asked): Things {
  const method = one.ownClass?.methods.get(name);
  if (method) return callCode(boundTo(one, method), asked.given, asked.run);
  switch (one.kind) {
    case "path":
      return callLibrary(`${one.path}.${name}`, asked);
    case "library":
      return callOfLibrary(one, name, asked);
    case "plain":
      return callOfPlain(one, name, asked);
    case "own":
    case "class":
      return callOfOwn(one, name, asked);
    default:
      return callOfUnread(one, name, asked);
  }
}

/** A list, a dict, a text: by the names of Python's own methods. */
function callOfPlain(one: Thing, name: string, asked: Asked): Things {
  const { run } = asked;
  const all = run.reachable(handed(asked));
  if (changesReceiver(name)) {
    run.change(one);
    run.hold(one, all);
  }
  callBack(asked, codeIn(run, all), one.holds);
  const parts = one === plainValue ? all : run.reachable([one]);
  return new Set([...parts, run.make(asked.at, "plain", parts)]);
}

/** What a library has made: it changes itself where its method is known to, or where nobody knows, and what it is given where it was told to. */
function callOfLibrary(one: Thing, name: string, asked: Asked): Things {
  const { run } = asked;
  if (runsText(name, asked)) run.isAnything = true;
  const estimating = estimatorEffect(name);
  const effect = methodEffect(name);
  const isKnown =
    (effect ?? estimating ?? groupEffect(name)) !== undefined || isViewing(name) || looking.test(name);
  const all = handed(asked);
  writeAsTold(asked, one);
  const isChanging =
    !one.isFixed &&
    (changesReceiver(name) || drawing.has(name) || (effect !== undefined && changing.has(effect)));
  const isTold = estimating === undefined && asked.args.some(({ spread }) => spread === "**");
  if (isChanging || isTold || !isKnown) run.change(tableOf(one, asked.column), asked.column);
  if (stepping.has(name)) run.changeAll([one]);
  if (estimating !== undefined && learning.has(estimating)) {
    for (const each of learnersIn(one)) run.change(each);
  }
  if (writesIntoFirst(name)) for (const each of asked.given[0]?.things ?? []) run.change(each);
  if (one.isWriting && estimating !== undefined) run.changeAll(all);
  if (keepsObjects(one) && (isChanging || name === "__call__")) run.hold(one, run.reachable(all));
  const held = [...run.reachable([one])].filter((each) => each !== one);
  callBack(asked, [...codeIn(run, all), ...codeIn(run, held)], new Set([one, ...all]));
  if (listing.has(name) && estimating !== "split") return only(run.make(asked.at, "plain"));
  const isSame = estimating === "itself" || estimating === "fit" || isToldToShare(asked);
  const shown = one.isHolder ? run.reachable([one]) : isSame ? only(one) : new Set<Thing>();
  return new Set([
    ...shown,
    run.make(asked.at, "library", isViewing(name) ? [one] : [], {
      isView: isViewing(name),
      isIterator: estimating === "split",
    }),
  ]);
}

/** What learns where a model is told to: it, and what it does not copy before. */
function learnersIn(one: Thing): Set<Thing> {
  const all = new Set([one]);
  for (const each of all) if (!each.isCloning) for (const held of each.holds) all.add(held);
  return all;
}

/** Whether a method of the shell runs code that it is handed as text, or a file's. */
function runsText(name: string, { args }: Asked): boolean {
  const said = args[0]?.value;
  if (name === "run_line_magic")
    return said?.op !== "constant" || said.value === "run" || said.value === "load";
  return name === "run_cell" || name === "run_cell_magic" || name === "safe_execfile";
}

/** What makes a generator of chance, a file or a database another one. */
const drawing: ReadonlySet<string> = new Set(
  (
    "beta binomial choice execute executemany executescript exponential gamma integers normal permutation permuted poisson rand randint randn " +
    "random random_sample read readline readlines seek standard_normal uniform write"
  ).split(" "),
);

/** What has something learn that it only holds: an optimizer's parameters. */
const stepping: ReadonlySet<string> = new Set([
  "backward",
  "load_model",
  "load_state_dict",
  "minimize",
  "step",
]);

/** What answers with a list, a dict or a text. */
const listing: ReadonlySet<string> = new Set(
  "keys read readlines split splitlines to_dict to_json to_list tolist".split(" "),
);

/** What shows something, or writes it elsewhere. */
const looking =
  /^(plot|hist|show|describe|info|print|is|to|get|display|summary|predict|score|evaluate|export|save|write)(_|$)/;

const learning: ReadonlySet<EstimatorEffect> = new Set([
  "fit",
  "fit-predict",
  "fit-transform",
  "itself",
  "learner",
  "resample",
]);

const changing: ReadonlySet<MethodEffect> = new Set(["insert", "pop", "shuffle"]);

/** Of a column of one table, the table: its view shows nothing else. */
export function tableOf(one: Thing, column: string | null): Thing {
  const [table] = one.holds;
  return column !== null && one.isView && table ? tableOf(table, column) : one;
}

/** An object or a class of the notebook, asked for what its class does not define: of a library's base, that may call the class's own; or what it holds. */
function callOfOwn(one: Thing, name: string, asked: Asked): Things {
  const { run } = asked;
  if (!one.ownClass?.isKnown) return callUnread(one, asked);
  run.change(one);
  callBack(asked, codeIn(run, one.holds), new Set(handed(asked)));
  const answers = new Set<Thing>([...run.reachable([one]), run.make(asked.at, "library")]);
  for (const [own, code] of one.ownClass.methods)
    if (own !== "__init__" && (name === "__call__" || name.includes(own)))
      for (const each of callCode(boundTo(one, code), asked.given, run)) answers.add(each);
  return answers;
}

/** What came from code that nobody has read: a table by its methods, or anything. */
function callOfUnread(one: Thing, name: string, asked: Asked): Things {
  if (asked.run.isStrict) return callUnread(one, asked);
  const effect = methodEffect(name);
  const isOfTables = effect !== undefined || (groupEffect(name) !== undefined && name !== "pipe");
  const isAlsoOfModels = estimatorEffect(name) !== undefined;
  if (one.isUnreadCode || !isOfTables || (isAlsoOfModels && handed(asked).length > 0))
    return callUnread(one, asked);
  return new Set([...callOfLibrary(one, name, asked), ...(isViewing(name) ? [one] : [])]);
}

function callLibrary(path: string, asked: Asked): Things {
  const { run, given } = asked;
  const name = path.slice(path.lastIndexOf(".") + 1);
  const all = handed(asked);
  const [first] = given;
  // `DataFrame.insert(table, …)`: a method, asked of the class.
  if (first && /\.([A-Z]\w*|dict|list|set)\.\w+$/.test(path) && changesReceiver(name)) {
    const others = { ...asked, given: given.slice(1), args: asked.args.slice(1) };
    for (const one of first.things) callMethod(one, name, others);
  }
  if (path.startsWith("builtins.")) {
    const answer = callBuiltin(path.slice("builtins.".length), asked);
    if (answer) return answer;
  }
  writeAsTold(asked, null);
  const caller = callerEffect(path);
  const effect = functionEffect(path);
  if (writesIntoFirst(path) || effect === "shuffle" || caller === "set-attribute") {
    const [, ...others] = given;
    for (const each of first?.things ?? []) {
      run.change(each);
      if (keepsObjects(each)) for (const { things } of others) run.hold(each, things);
    }
  }
  const place = given[writesPlace(path) ?? -1];
  if (place?.name === null) for (const each of place.things) run.change(each);
  const code = codeIn(run, all);
  if (caller === "partial") return new Set(code.map((one) => partial(one, given.slice(1))));
  callBack(asked, code, new Set(all));
  // A decorator, or what maps over rows, may answer with a wrapper of the code.
  const wrapped = code.filter((one) => one.code ?? one.isUnreadCode);
  const role = classRole(path);
  const isContainer =
    isSilent(path) ||
    path === "copy.copy" ||
    (effect !== undefined ? containing.has(effect) : role === undefined);
  const isMade = role !== undefined || /^[A-Z]/.test(name) || effect === "pipeline" || effect === "union";
  if (handsOn(path) || (!isMade && isToldToShare(asked)))
    return new Set([run.make(asked.at, "library", all, { isView: true }), ...wrapped]);
  if (!isMade && !isContainer && effect !== undefined && !keeping.has(effect))
    return new Set([run.make(asked.at, "library"), ...wrapped]);
  return new Set([
    run.make(asked.at, "library", all, {
      isWriting: isMade && isToldToShare(asked),
      isCloning: isCloning(path),
      isHolder: isContainer,
    }),
    ...wrapped,
    ...(isContainer ? run.reachable(all) : []),
  ]);
}

/** What functions answer with that may hold what they are given; all others answer with something new. */
const keeping: ReadonlySet<FunctionEffect> = new Set([
  "batches",
  "dataset",
  "dict",
  "elements",
  "enumerate",
  "frame",
  "layer",
  "pipeline",
  "rows",
  "union",
  "zip",
]);

const containing: ReadonlySet<FunctionEffect> = new Set(["dict", "elements", "enumerate", "zip"]);

/** Whether a class has copies of what it is given learn, and not these: scikit-learn's, but for its pipelines. */
function isCloning(path: string): boolean {
  const effect = functionEffect(path);
  const role = classRole(path);
  const isOfSteps = [effect, role].some((one) => one === "pipeline" || one === "union");
  return !isOfSteps && role !== undefined && (path.startsWith("sklearn.") || !path.includes("."));
}

function partial(one: Thing, given: readonly Given[]): Thing {
  const before = given.filter(({ name }) => name === null).map(({ things }) => things);
  const { code } = one;
  if (code && given.every(({ name }) => name === null))
    return thing("function", [], { code: { ...code, before: [...code.before, ...before] } });
  return thing("unread", [one, ...given.flatMap(({ things }) => [...things])], { isUnreadCode: true });
}

/** What arguments tell a call to write into: `inplace=True`, `out=a`, `copy=False`. */
function writeAsTold(asked: Asked, receiver: Thing | null): void {
  const { run } = asked;
  for (const [at, one] of asked.args.entries()) {
    const writes = toldToWrite(one);
    const isAppended =
      receiver !== null && one.name === "append" && one.value.op === "constant" && one.value.value === true;
    if (writes === null && !isAppended) continue;
    if (receiver && writes !== "value") run.change(tableOf(receiver, asked.column), asked.column);
    if (writes === "receiver" && !receiver) run.changeAll(handed(asked));
    if (writes === "value") run.changeAll(asked.given[at]?.things ?? []);
    if (writes === "given") run.changeAll(handed(asked));
  }
}

/** `copy=False`: the answer may be what was given. */
function isToldToShare({ args }: Asked): boolean {
  return args.some((one) => toldToWrite(one) === "given");
}
