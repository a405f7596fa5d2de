import { classes, evaluations, roleByName } from "../api/classes.ts";
import { functions } from "../api/functions.ts";
import { methods, tableMethods } from "../api/methods.ts";
import type { Expression } from "../ir.ts";
import { callFrameMethod } from "./call-frame-method.ts";
import { callFunction } from "./call-function.ts";
import { callGroupMethod } from "./call-group-method.ts";
import { callModelMethod, isModelCall, makeModel } from "./call-model.ts";
import { derived, elementsOf } from "./derive.ts";
import type { Passed, Program } from "./program.ts";
import { allOf } from "./rows.ts";
import { sayUnknownArguments, sayUnreadModule } from "./say-unknown.ts";
import { allTraits, scalar, unionTraits, unknown } from "./traits.ts";
import type { Reference, Value } from "./value.ts";

type Call = Extract<Expression, { op: "call" }>;

/** Runs a call: a library's function, a frame's or a model's method, or the notebook's own function. */
export function callValue(program: Program, call: Call): Reference {
  const { store } = program;
  const { callee } = call;
  if (callee.op === "attribute") {
    const owner = program.evaluate(callee.of);
    const value = store.read(owner);
    const own = value.code?.methods?.get(callee.name);
    const args = passed(program, call);
    if (own) {
      const answer = program.invoke({ ...own, self: owner }, args);
      return isOwnModel(value, callee.name)
        ? callModelMethod(program, owner, callee.name, args, call.at)
        : answer;
    }
    if (value.kind === "code" && value.code?.methods)
      return ownEstimator(program, owner, value, callee.name, args, call);
    if (value.kind === "name") return callName(program, `${value.path}.${callee.name}`, args, call);
    if (value.kind === "folds" && callee.name === "split") return owner;
    if (isModelCall(value, callee.name, args))
      return callModelMethod(program, owner, callee.name, args, call.at);
    const entry = value.entries?.get(callee.name);
    if (entry !== undefined && store.read(entry).code) return invokeValue(program, entry, args);
    return callMethod(program, owner, callee.name, args, call);
  }
  const target = program.evaluate(callee);
  const value = store.read(target);
  const args = passed(program, call);
  if (value.code) return invokeValue(program, target, args);
  if (value.kind === "name" && value.path !== null) return callName(program, value.path, args, call);
  if (
    callee.op === "name" &&
    value.path !== null &&
    (functions.has(callee.name) || classes.has(callee.name))
  ) {
    return callName(program, callee.name, args, call);
  }
  if (value.model) return target;
  return store.allocate(derived(program, [...args.map((arg) => arg.value), value]));
}

function passed(program: Program, call: Call): Passed[] {
  return call.args.flatMap((arg) => {
    const reference = program.evaluate(arg.value);
    const value = program.store.read(reference);
    const whole: Passed = { name: arg.name, spread: arg.spread, reference, value, expression: arg.value };
    if (
      arg.spread === "**" &&
      value.entries &&
      [...value.entries.keys()].every((key) => !key.startsWith("?"))
    ) {
      return [...value.entries].map(
        ([name, entry]): Passed => ({
          name,
          spread: null,
          reference: entry,
          value: program.store.read(entry),
          expression: arg.value,
        }),
      );
    }
    if (arg.spread === "*" && value.items && value.kind !== "folds") {
      return value.items.map(
        (item): Passed => ({
          name: null,
          spread: null,
          reference: item,
          value: program.store.read(item),
          expression: arg.value,
        }),
      );
    }
    return [whole];
  });
}

function invokeValue(program: Program, target: Reference, args: readonly Passed[]): Reference {
  const value = program.store.read(target);
  if (!value.code) return target;
  if (value.kind === "code" && value.code.methods && value.path === null) {
    const object = program.store.allocate({
      ...unknown,
      kind: "code",
      path: value.code.name,
      code: value.code,
    });
    const init = value.code.methods.get("__init__");
    if (init) program.invoke({ ...init, self: object }, args);
    return object;
  }
  return program.invoke(value.code, args);
}

/** Whether a method of a class of the notebook's own is a model's from outside: it predicts, and does not transform. */
function isOwnModel(value: Value, name: string): boolean {
  const { code } = value;
  if (!code?.methods || code.methods.has("transform")) return false;
  const predicts = code.methods.has("predict") || code.bases.some((base) => classes.get(base) === "model");
  return predicts && (name === "fit" || evaluations.has(name));
}

/** `fit_transform` and the like that a class of the notebook's own inherits: what it defines itself, in order. */
function ownEstimator(
  program: Program,
  owner: Reference,
  value: Value,
  name: string,
  args: readonly Passed[],
  call: Call,
): Reference {
  const { store } = program;
  const attribute = value.entries?.get(name);
  if (attribute !== undefined) return invokeValue(program, attribute, args);
  const fit = value.code?.methods?.get("fit");
  const transform = value.code?.methods?.get("transform");
  if (name === "fit_transform" && transform) {
    if (fit) program.invoke({ ...fit, self: owner }, args);
    return program.invoke({ ...transform, self: owner }, args.slice(0, 1));
  }
  if (isModelCall(value, name, args)) return callModelMethod(program, owner, name, args, call.at);
  return store.allocate(
    derived(
      program,
      args.map((arg) => arg.value),
    ),
  );
}

function callName(program: Program, path: string, args: readonly Passed[], call: Call): Reference {
  const { store } = program;
  const name = path.slice(path.lastIndexOf(".") + 1);
  sayUnreadModule(program, path);
  sayUnknownArguments(program, name, args, call.at);
  const role = classes.get(name) ?? roleByName(name);
  if (role) return makeModel(program, name, role, args, call.at);
  switch (name) {
    case "zip": {
      const lists = args.map((arg) => elementsOf(program, arg.value));
      const length = Math.min(...lists.map((list) => list.length));
      if (lists.length === 0 || !Number.isFinite(length)) return store.allocate(unknown);
      const items = Array.from({ length }, (_, at) =>
        store.allocate({ ...unknown, items: lists.flatMap((list) => list.slice(at, at + 1)) }),
      );
      return store.allocate({ ...unknown, items });
    }
    case "enumerate": {
      const elements = args[0] ? elementsOf(program, args[0].value) : [];
      const items = elements.map((element) =>
        store.allocate({ ...unknown, items: [store.allocate(scalar(undefined)), element] }),
      );
      return store.allocate({ ...unknown, items });
    }
    case "list":
    case "tuple":
    case "sorted":
    case "set":
    case "iter":
    case "reversed":
    case "next": {
      const [first] = args;
      if (!first) return store.allocate({ ...unknown, items: [] });
      if (name === "next") return elementsOf(program, first.value)[0] ?? first.reference;
      return store.allocate({ ...first.value });
    }
    case "dict": {
      const entries = new Map(
        args.flatMap((arg) => (arg.name === null ? [] : [[arg.name, arg.reference] as const])),
      );
      return store.allocate({ ...unknown, entries });
    }
    case "map": {
      const [callback, source] = args;
      if (!callback || !source) return store.allocate(unknown);
      return store.allocate(program.callBack(callback.reference, [source.value], call.at));
    }
    case "deepcopy":
    case "copy":
    case "clone":
      return args[0] ? store.allocate({ ...args[0].value, owner: null }) : store.allocate(unknown);
  }
  const effect = functions.get(name);
  if (effect) return callFunction(program, name, effect, args, call);
  const values = args.map((arg) => arg.value);
  const value = derived(program, values);
  // An answer from nothing known is a table of its own.
  const isFresh = value.rows === null && !/^[A-Z]/.test(name) && name !== "range";
  return store.allocate(
    isFresh
      ? { ...value, kind: "data", rows: allOf(`call:${call.at.cell}:${call.at.from}${program.site}`) }
      : value,
  );
}

function callMethod(
  program: Program,
  owner: Reference,
  name: string,
  args: readonly Passed[],
  call: Call,
): Reference {
  const { store } = program;
  const value = store.read(owner);
  if (value.items || value.entries) {
    const answer = callContainer(program, owner, name, args);
    if (answer !== null) return answer;
  }
  // A training set, a query's result: a table nobody has seen before, whatever it is asked of.
  if (value.rows === null && tableMethods.has(name)) return callFunction(program, name, "read", args, call);
  if (value.kind === "grouped") return callGroupMethod(program, value, name, args, call);
  return callFrameMethod(program, owner, name, methods.get(name) ?? null, args, call);
}

function callContainer(
  program: Program,
  owner: Reference,
  name: string,
  args: readonly Passed[],
): Reference | null {
  const { store } = program;
  const value = store.read(owner);
  const [first] = args;
  const items = value.items;
  if (items) {
    switch (name) {
      case "append":
      case "add":
        // Far more than any hand-written list: a loop's results, of which the first tell enough.
        if (first && items.length < 60) store.write(owner, { ...value, items: [...items, first.reference] });
        return owner;
      case "extend":
        if (first?.value.items)
          store.write(owner, { ...value, items: [...items, ...first.value.items].slice(0, 1000) });
        else if (first)
          store.write(owner, {
            ...value,
            items: null,
            rest: unionTraits(value.rest, allTraits(first.value, store.read)),
          });
        return owner;
      case "remove": {
        const gone = first?.value.constant;
        store.write(owner, { ...value, items: items.filter((item) => store.read(item).constant !== gone) });
        return owner;
      }
      case "pop":
        return items.at(-1) ?? owner;
      case "tolist":
      case "copy":
        return store.allocate(value);
    }
  }
  if (value.entries) {
    switch (name) {
      case "items":
        return store.allocate({
          ...unknown,
          items: [...value.entries].map(([key, entry]) =>
            store.allocate({
              ...unknown,
              items: [store.allocate(scalar(key.startsWith("?") ? undefined : key)), entry],
            }),
          ),
        });
      case "values":
        return store.allocate({ ...unknown, items: [...value.entries.values()] });
      case "keys":
        return store.allocate({
          ...unknown,
          items: [...value.entries.keys()].map((key) => store.allocate(scalar(key))),
        });
      case "get":
      case "pop": {
        const entry = value.entries.get(String(first?.value.constant));
        return entry ?? store.allocate(unknown);
      }
      case "update":
        if (first?.value.entries) {
          store.write(owner, { ...value, entries: new Map([...value.entries, ...first.value.entries]) });
        }
        return owner;
    }
  }
  return null;
}
