import { mayFindNothing } from "../../api/finding-nothing.ts";
import { classRole, functionEffect, isTableMethod, methodEffect, roleByName } from "../../api/known.ts";
import type { Expression } from "../../ir.ts";
import { noteInside } from "../definitions/note-answers.ts";
import { define, noteAsked, starredDefinition } from "../definitions/note-definition.ts";
import { optimize } from "../effects/callers/optimize.ts";
import { dictMethods } from "../effects/containers/dict-methods.ts";
import { listMethods } from "../effects/containers/list-methods.ts";
import type { MethodCall } from "../effects/effect.ts";
import { functionEffects } from "../effects/function-effects.ts";
import { nameOf } from "../import-names.ts";
import type { Program } from "../program.ts";
import { askSql, sameText } from "../sql/ask-sql.ts";
import { derived } from "../values/derive.ts";
import { constantOf, unknown } from "../values/kinds.ts";
import { markOf } from "../values/learn.ts";
import type { Reference } from "../values/reference.ts";
import { allOf, reordered } from "../values/rows.ts";
import { unordered } from "../values/time-order.ts";
import { noTraits } from "../values/traits.ts";
import { liveRows, loosen, notFollowed, unfollowed, unknownCall } from "../values/unfollowed.ts";
import type { Passed, Value } from "../values/value.ts";
import { allTraits, withMark, withTraits } from "../values/value-traits.ts";
import { argument, constantArgument } from "./arguments.ts";
import { callFrameMethod } from "./call-frame-method.ts";
import { callGroupMethod } from "./call-group-method.ts";
import { callCallable, callCaller, callThrough } from "./call-higher-order.ts";
import { callModelMethod, isModelCall, makeModel } from "./call-model.ts";
import { callNames } from "./call-names.ts";
import {
  boundTo,
  callObject,
  callOwnEstimator,
  forgetAnswersOf,
  instantiate,
  isOwnModel,
} from "./call-own.ts";
import { isCallable } from "./callable.ts";
import { noteWritten, writtenBefore } from "./files.ts";
import { joinedText } from "./joined-text.ts";
import { hearMode, holdLayers, loseMode } from "./learning-mode.ts";
import { sayUnknownArguments, sayUnreadModule } from "./say-unknown.ts";
import { formulaOf, tablesInText } from "./tables-in-text.ts";

type Call = Extract<Expression, { op: "call" }>;

/** Runs a call: a library's function, a frame's or a model's method, or the notebook's own function. */
export function callValue(program: Program, call: Call): Reference {
  const { callee } = call;
  if (callee.op === "attribute") {
    const owner = program.evaluate(callee.of);
    return callAttribute(program, owner, callee.name, passed(program, call), call);
  }
  const target = program.evaluate(callee);
  return callReference(program, target, passed(program, call), call);
}

/** Runs a method of what a reference stands for. */
export function callAttribute(
  program: Program,
  owner: Reference,
  name: string,
  args: readonly Passed[],
  call: Call,
): Reference {
  const { store } = program;
  const value = store.read(owner);
  const { methods: written } = value.code ?? {};
  const own = written?.get(name) ?? (name === "__enter__" ? written?.get("__aenter__") : undefined);
  if (own) {
    if (own.access === "property")
      return callReference(program, program.invoke({ ...own, self: own.self ?? owner }, []), args, call);
    const answer = program.invoke(boundTo(own, owner), args);
    if (!isOwnModel(value, name)) return answer;
    forgetAnswersOf(program, owner, store.read(answer));
    return callModelMethod(program, owner, name, args, call.at);
  }
  hearMode(program, owner, name, args);
  if (value.kind === "module")
    return callReference(program, nameOf(program, owner, name, call.callee.at), args, call);
  if (value.kind === "names") return callNames(program, owner, name, args, call);
  if (name === "__enter__") return owner;
  if (value.kind === "code" && value.code?.methods)
    return callOwnEstimator(program, owner, value, name, args, call);
  if (value.kind === "name") return callName(program, `${value.path}.${name}`, args, call);
  // A class that a star brought in: `RocCurveDisplay.from_estimator`.
  if (value.path !== null && /^[A-Z]/.test(value.path) && !isHeld(value) && isKnownFunction(name))
    return callName(program, `${value.path}.${name}`, args, call);
  if (value.kind === "folds" && name === "split") return owner;
  const through = callThrough(program, value, name, args, call);
  if (through !== null) return through;
  if (isModelCall(value, name, args)) return callModelMethod(program, owner, name, args, call.at);
  const entry = value.entries?.get(name);
  if (entry !== undefined && isCallable(store.read(entry))) return callReference(program, entry, args, call);
  return callMethod(program, owner, name, args, call);
}

/** Runs whatever a reference stands for. */
export function callReference(
  program: Program,
  target: Reference,
  args: readonly Passed[],
  call: Call,
): Reference {
  const { store } = program;
  const value = store.read(target);
  if (value.callable) return callCallable(program, value.callable, args, call);
  if (value.code?.methods) {
    return value.path === null
      ? instantiate(program, value, args, call)
      : callObject(program, target, value, args, call);
  }
  if (value.code) return program.invoke(value.code, args);
  if (value.kind === "name" && value.path !== null) return callName(program, value.path, args, call);
  const { callee } = call;
  const { path } = value;
  // A name that is imported elsewhere.
  if (path !== null && !isHeld(value) && isKnownFunction(path)) return callName(program, path, args, call);
  const starred = path === null || isHeld(value) ? null : starredDefinition(program, path);
  if (starred !== null) return callName(program, starred, args, call);
  if (value.model?.role === "loss")
    return functionEffects.loss({ program, name: value.path ?? "", path: "", args, call });
  if (value.model) {
    return liveRows(
      program,
      args.map((arg) => arg.value),
    ) === null
      ? target
      : callModelMethod(program, target, "predict", args, call.at);
  }
  const values = args.map((arg) => arg.value);
  loseMode(program, program.textOf(callee.at), args);
  if (isHeld(value) && allTraits(value, store.read).marks.size > 0) values.push(value);
  return unknownCall(
    program,
    program.textOf(callee.at),
    values,
    args.map((arg) => arg.reference),
    call,
  );
}

function isKnownFunction(path: string): boolean {
  const effect = functionEffect(path);
  return (effect !== undefined && effect !== "by-row") || classRole(path) !== undefined;
}

/** Whether a value is more than a name that nothing is known of. */
function isHeld({ path, rows, kind }: Value): boolean {
  return kind !== "name" && rows?.key !== `name:${path}`;
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

function callName(program: Program, path: string, args: readonly Passed[], call: Call): Reference {
  const { store } = program;
  const name = path.slice(path.lastIndexOf(".") + 1);
  if (/^(seed|seed_everything|set_seed|set_random_seed|manual_seed)$/.test(name))
    program.facts.seeds.add(path);
  const isSaid = sayUnreadModule(program, path);
  sayUnknownArguments(program, name, args, call.at);
  noteInside(program, path, args, call);
  const defined = define(program, path, args, call);
  if (defined !== null) return defined;
  const role = classRole(path) ?? roleByName(name);
  if (role) {
    const made = makeModel(program, name, role, args, call.at);
    if (path.startsWith("torch.") && role !== "loss") holdLayers(program, made, args);
    return made;
  }
  noteWritten(program, name, null, args, call.at);
  const before = writtenBefore(program, name, args);
  if (before !== null) return store.allocate(before);
  const higher = callCaller(program, path, name, args, call);
  if (higher !== null) return higher;
  const out = argument(args, -1, "out");
  if (out) {
    const others = args.filter((arg) => arg !== out);
    const answer = store.read(callName(program, path, others, call));
    store.write(out.reference, { ...answer, owner: out.value.owner });
    return out.reference;
  }
  const isCounting = name === "unique" && argument(args, -1, "return_counts") !== null;
  const effect = isCounting ? "statistic" : functionEffect(path);
  const said = askSql(program, name, null, args, call);
  if (said !== null) return said;
  const text = sameText(name, null, args);
  if (text !== null) return store.allocate(text);
  const asked = effect === "read" && name.startsWith("read_sql") ? tablesInText(program, args) : [];
  if (asked.length > 0) return unknownCall(program, path, asked, [], call);
  const of = { program, name, path, args, call };
  const values = args.map((arg) => arg.value);
  // Along the rows, what is otherwise done to each becomes one answer of all.
  const isAlong =
    effect === "by-row" &&
    /^(normalize|softmax|log_softmax)$/.test(name) &&
    constantArgument(args, -1, "axis", "dim") === 0;
  if (effect !== undefined && !isAlong) {
    const answer = functionEffects[effect](of);
    return mayFindNothing(name) ? perhaps(program, answer) : answer;
  }
  if (effect === undefined) {
    loseMode(program, name, args);
    loosen(
      store,
      args.map((arg) => arg.reference),
    );
  }
  if (!isSaid) {
    const read =
      /^(duckdb|pandasql)\.(sql|query|execute|sqldf)$/.test(path) &&
      typeof constantOf(args[0]?.value) !== "string"
        ? [...store.globals().values()].map(store.read).filter(({ kind }) => kind === "data")
        : tablesInText(program, args, name === "eval");
    if (liveRows(program, [...values, ...read]) !== null)
      return unknownCall(program, path, [...values, ...read], [], call);
  }
  const answer = functionEffects["by-row"](of);
  const { rows } = store.read(answer);
  if (isSaid && rows !== null) {
    const unread = withMark(store.read(answer), markOf("unread", path, call.at, rows));
    // Which rows it leaves, and in which order, is its own affair.
    const order = `as ${path} leaves them ${call.at.cell}:${call.at.from}`;
    store.write(answer, { ...unread, rows: reordered(rows, order), frame: unordered(unread.frame) });
  }
  return isAlong ? answer : perhaps(program, answer);
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
    const answer = callContainer({ program, owner, value, name, path: name, args, call });
    if (answer !== null) return answer;
  }
  noteInside(program, `.${name}`, args, call);
  const noted = noteAsked(program, owner, name, args, call);
  if (noted !== null) return noted;
  const said = askSql(program, name, value, args, call);
  if (said !== null) return said;
  const text = sameText(name, value, args) ?? joinedText(name, value, args, store.read);
  if (text !== null) return store.allocate(text);
  if (name === "optimize") {
    const best = optimize({ program, name, path: name, args, call }, owner);
    if (best !== null) return best;
  }
  // A number for each of as many rows as are wanted: whoever compares them makes a mask.
  if (value.rows === null && !value.model && drawing.has(name))
    return store.allocate({
      ...unknown,
      rows: allOf(`drawn:${call.at.cell}:${call.at.from}${program.site}`),
    });
  // A training set, a query's result: a table nobody has seen before, whatever it is asked of.
  if (isTableMethod(name))
    return value.rows === null ? functionEffects.read({ program, name, path: name, args, call }) : owner;
  if (value.kind === "grouped")
    return callGroupMethod({ program, owner, value, name, path: name, args, call });
  const effect = methodEffect(name);
  noteWritten(program, name, value, args, call.at);
  const inText = formulaOf(program, name, args);
  // What a query compares with only says where rows are cut.
  const isComparing = name === "query" && inText?.isCalling === false;
  if (inText !== null && !isComparing && (inText.isCalling || inText.named.length > 0)) {
    const answer = callFrameMethod(effect, { program, owner, value, name, path: name, args, call });
    const values = [store.read(answer), ...inText.named];
    return store.allocate(
      inText.isCalling
        ? unfollowed(program, notFollowed(program.textOf(call.callee.at)), values, call.at)
        : withTraits(store.read(answer), {
            marks: derived(program, inText.named).rest.marks,
            columns: noTraits.columns,
          }),
    );
  }
  if (effect === undefined) {
    loseMode(program, name, args);
    const values = [value, ...args.map((arg) => arg.value), ...tablesInText(program, args)];
    const changed = [owner, ...args.map((arg) => arg.reference)];
    const isInplace = constantArgument(args, -1, "inplace") === true;
    if (!isInplace && !isSource(program, value, name, args) && liveRows(program, values) !== null)
      return unknownCall(program, program.textOf(call.callee.at), values, changed, call);
    loosen(store, changed);
  }
  const answer = callFrameMethod(effect, { program, owner, value, name, path: name, args, call });
  return effect === undefined || mayFindNothing(name) ? perhaps(program, answer) : answer;
}

/** What was asked for, or `None`. */
function perhaps({ store }: Program, answer: Reference): Reference {
  store.write(answer, { ...store.read(answer), isOptional: true });
  return answer;
}

/** Whether a method gives a table out of an object that is none and was given none: `env.get_training_data()`. */
function isSource(program: Program, { rows, rest }: Value, name: string, args: readonly Passed[]): boolean {
  const isOpaque = rows?.limits.length === 0 && rows.tables.every((table) => table.startsWith("call:"));
  return (
    isOpaque &&
    rest.marks.size === 0 &&
    /^(get|load|read|iter|find|fetch|list|remove|open|query|make|create|download)(_|$)/.test(name) &&
    liveRows(
      program,
      args.map((arg) => arg.value),
    ) === null
  );
}

/** What generators of chance draw. */
const drawing: ReadonlySet<string> = new Set([
  "binomial",
  "integers",
  "normal",
  "rand",
  "randint",
  "random_sample",
  "standard_normal",
  "uniform",
]);

function callContainer(of: MethodCall): Reference | null {
  const { items, entries } = of.value;
  const ofList = items && Object.hasOwn(listMethods, of.name) ? listMethods[of.name] : undefined;
  if (items && ofList) return ofList({ ...of, items });
  const ofDict = entries && Object.hasOwn(dictMethods, of.name) ? dictMethods[of.name] : undefined;
  return entries && ofDict ? ofDict({ ...of, entries }) : null;
}
