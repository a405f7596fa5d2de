import { classRole, estimatorEffect } from "../../api/known.ts";
import type { Expression } from "../../ir.ts";
import type { Program } from "../program.ts";
import type { Code } from "../values/code.ts";
import { derived } from "../values/derive.ts";
import { ownCode, scalar, unknown } from "../values/kinds.ts";
import type { Reference } from "../values/reference.ts";
import { unionTraits } from "../values/traits.ts";
import { liveRows, loosen, unknownCall } from "../values/unfollowed.ts";
import type { Passed, Value } from "../values/value.ts";
import { allTraits } from "../values/value-traits.ts";
import { passedAt } from "./arguments.ts";
import { callModelMethod, isModelCall } from "./call-model.ts";
import { hasUnreadBase } from "./define.ts";
import { toLearn } from "./learning-mode.ts";
import { blankModel } from "./roles.ts";
import { evaluate, forgetAnswer } from "./score-model.ts";

type Call = Extract<Expression, { op: "call" }>;

/** A new object of a class of the notebook's own. */
export function instantiate(program: Program, value: Value, args: readonly Passed[], call: Call): Reference {
  const { store } = program;
  const { code } = value;
  if (!code?.methods) return store.allocate(unknown);
  const object = store.allocate({
    ...ownCode(code),
    path: code.name,
    entries: code.bases.includes("Module") ? toLearn(program, value.entries) : value.entries,
  });
  program.madeIn.set(object, program.turns);
  const init = code.methods.get("__init__");
  if (init) program.invoke({ ...init, self: object }, args);
  else if (code.params.length > 0) declare(program, object, code, args);
  else if (hasUnreadBase(code) && args.length > 0) {
    const made = store.read(
      unknownCall(
        program,
        code.name,
        args.map((arg) => arg.value),
        [],
        call,
      ),
    );
    store.write(object, { ...store.read(object), rows: made.rows, rest: made.rest });
  }
  const after = code.methods.get("__post_init__") ?? code.methods.get("__attrs_post_init__");
  if (after) program.invoke({ ...after, self: object }, []);
  return object;
}

/** Gives an object the attributes its class declares: a data class. */
function declare(program: Program, object: Reference, code: Code, args: readonly Passed[]): void {
  const { store } = program;
  const positional = args.filter((arg) => arg.name === null);
  const entries = new Map(store.read(object).entries ?? []);
  code.params.forEach((param, at) => {
    const given = args.find((arg) => arg.name === param.name) ?? positional[at];
    if (given) entries.set(param.name, given.reference);
    else if (param.otherwise && !entries.has(param.name))
      entries.set(param.name, program.evaluate(param.otherwise));
  });
  store.write(object, { ...store.read(object), entries });
}

/** An object of the notebook's own that is called: torch calls `forward` and keras `call`. */
export function callObject(
  program: Program,
  object: Reference,
  value: Value,
  args: readonly Passed[],
  call: Call,
): Reference {
  const { store } = program;
  const { methods } = value.code ?? {};
  const method = methods?.get("__call__") ?? methods?.get("forward") ?? methods?.get("call");
  const values = args.map((arg) => arg.value);
  if (method) {
    const answer = program.invoke({ ...method, self: object }, args);
    const [given] = args;
    if (!given || !isNetwork(value) || liveRows(program, values) === null) return answer;
    const { model = null } = store.read(object);
    const said = store.read(
      evaluate(
        program,
        value.code?.name ?? "the network",
        model ?? blankModel,
        "answer",
        given,
        call.at,
        object,
      ),
    );
    const { rest } = store.read(answer);
    return store.allocate({
      ...said,
      rest: unionTraits(said.rest, { marks: rest.marks, columns: said.rest.columns }),
    });
  }
  if (value.model && liveRows(program, values) !== null)
    return callModelMethod(program, object, "predict", args, call.at);
  return unknownCall(program, value.code?.name ?? "", [...values, store.read(object)], [], call);
}

/** Whether an object is a network that a loop trains: torch's modules. */
function isNetwork({ code }: Value): boolean {
  return code?.bases.some((base) => base === "Module" || base === "LightningModule") ?? false;
}

/** A method as its object hands it over. */
export function boundTo(method: Code, owner: Reference): Code {
  return method.access === "static" ? { ...method, self: null } : { ...method, self: method.self ?? owner };
}

/** Whether a method of a class of the notebook's own is a model's from outside: it predicts, and does not transform. */
export function isOwnModel(value: Value, name: string): boolean {
  const { code } = value;
  if (!code?.methods || code.methods.has("transform")) return false;
  const predicts = code.methods.has("predict") || code.bases.some((base) => classRole(base) === "model");
  return predicts && (name === "fit" || estimatorEffect(name) === "evaluate");
}

/** A network that is asked by a method of its own is asked once: what that asks it is a step of it. */
export function forgetAnswersOf(program: Program, object: Reference, value: Value): void {
  const { store, answers } = program;
  if (!isNetwork(store.read(object))) return;
  for (const { kind, id, at } of allTraits(value, store.read).marks.values()) {
    const answer = kind === "predicted" ? answers.get(id) : undefined;
    if (answer?.owner === object) forgetAnswer(program, at, answer.inputs);
  }
}

/** A method that a class of the notebook's own does not write out: an estimator's, by what it does write; or nobody knows which. */
export function callOwnEstimator(
  program: Program,
  object: Reference,
  value: Value,
  name: string,
  args: readonly Passed[],
  call: Call,
): Reference {
  const { store } = program;
  const { code } = value;
  const attribute = value.entries?.get(name);
  if (attribute !== undefined) return program.call(attribute, args, call);
  const owner = code?.self ?? object;
  const fit = code?.methods?.get("fit");
  const transform = code?.methods?.get("transform");
  if (name === "fit_transform" && transform) {
    if (fit) program.invoke({ ...fit, self: fit.self ?? owner }, args);
    return program.invoke({ ...transform, self: transform.self ?? owner }, args.slice(0, 1));
  }
  if (isModelCall(value, name, args)) return callModelMethod(program, owner, name, args, call.at);
  const values = args.map((arg) => arg.value);
  // What a network inherits: `Net().cuda()` is the network on another device, `net.train()` in another mode.
  const isItself = estimatorEffect(name) === "itself" || name === "train";
  if (code?.bases.length && isItself && liveRows(program, values) === null) return owner;
  const other = code?.methods?.get("__getattr__");
  if (other) {
    const named = passedAt(program, store.allocate(scalar(name)), call.at);
    return program.call(program.invoke({ ...other, self: owner }, [named]), args, call);
  }
  if (code && !hasUnreadBase(code) && liveRows(program, values) === null)
    return store.allocate(derived(program, values));
  loosen(store, [owner]);
  return unknownCall(
    program,
    `${code?.name ?? ""}.${name}`,
    [...values, store.read(owner)],
    args.map((arg) => arg.reference),
    call,
  );
}

/** What `super()` stands for in a method that runs: its object, with what its class inherits. */
export function superOf(program: Program): Value {
  const { running } = program;
  if (running === null || running.self === null || running.inherited === null) return unknown;
  const { self, inherited } = running;
  const { code, entries } = program.store.read(self);
  const methods = new Map([...inherited].map(([name, method]) => [name, { ...method, self }]));
  const inner = {
    ...running,
    name: code?.name ?? running.name,
    bases: code?.bases ?? [],
    methods,
    params: [],
    self,
  };
  return {
    ...ownCode(inner),
    path: "super",
    entries: new Map([...(entries ?? [])].filter(([name]) => !methods.has(name))),
  };
}
