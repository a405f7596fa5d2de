import { callerEffect, classRole } from "../../api/known.ts";
import type { Expression } from "../../ir.ts";
import { callerEffects } from "../effects/caller-effects.ts";
import { mapped } from "../effects/callers/mapped.ts";
import { readAttribute } from "../expressions/read-attribute.ts";
import type { Program } from "../program.ts";
import { unknown } from "../values/kinds.ts";
import type { Reference } from "../values/reference.ts";
import { unfollowed } from "../values/unfollowed.ts";
import type { Callable, Passed, Value } from "../values/value.ts";
import { passedAt } from "./arguments.ts";
import { isCallable } from "./callable.ts";

type Call = Extract<Expression, { op: "call" }>;

/** Runs what was bound before. */
export function callCallable(
  program: Program,
  callable: Callable,
  args: readonly Passed[],
  call: Call,
): Reference {
  const { store } = program;
  const [first, ...others] = args;
  switch (callable.op) {
    case "method":
      return program.callAttribute(callable.owner, callable.name, args, call);
    case "partial": {
      const named = new Set(args.map((arg) => arg.name));
      const before = callable.args.filter((arg) => arg.name === null || !named.has(arg.name));
      const positional = before.filter((arg) => arg.name === null);
      const byName = before.filter((arg) => arg.name !== null);
      return program.call(callable.of, [...positional, ...args, ...byName], call);
    }
    case "caller":
      return first
        ? program.callAttribute(first.reference, callable.name, [...callable.args, ...others], call)
        : store.allocate(unknown);
    case "getter":
      return first
        ? callable.name
            .split(".")
            .reduce((owner, name) => readAttribute(program, owner, name, call.at), first.reference)
        : store.allocate(unknown);
    case "hand-on":
      return first?.reference ?? store.allocate(unknown);
    case "unfollowed": {
      const answer = store.read(program.call(callable.of, args, call));
      return store.allocate(
        unfollowed(program, callable.what, [answer, ...args.map((arg) => arg.value)], call.at),
      );
    }
  }
}

/** Runs a function that calls another, or finds or makes one; null for all others. */
export function callCaller(
  program: Program,
  path: string,
  name: string,
  args: readonly Passed[],
  call: Call,
): Reference | null {
  const [first] = args;
  // A method by its class: `pd.DataFrame.mean(X)`.
  const of = path.slice(0, -name.length - 1).replace(/^.*\./, "");
  if (first && of !== "" && (frameClasses.has(of) || (classRole(of) !== undefined && first.value.model)))
    return program.callAttribute(first.reference, name, args.slice(1), call);
  const effect = callerEffect(path);
  return effect === undefined ? null : callerEffects[effect]({ program, name, path, args, call });
}

const frameClasses: ReadonlySet<string> = new Set(["DataFrame", "Series", "ndarray", "Expr", "str"]);

/** Methods that run the function they are handed: an executor's, a pool's, a cluster's; null for all others. */
export function callThrough(
  program: Program,
  owner: Value,
  name: string,
  args: readonly Passed[],
  call: Call,
): Reference | null {
  const [first, second] = args;
  if (!first || !isCallable(first.value) || owner.model) return null;
  // A frame's own `map` and `apply` are another matter.
  const isTable = owner.rows !== null && !owner.rows.tables.every((table) => table.startsWith("call:"));
  switch (name) {
    case "submit":
    case "run_in_executor":
    case "call_soon":
      return program.call(first.reference, args.slice(1), call);
    case "apply_async":
    case "apply": {
      if (isTable || !second?.value.items) return null;
      const given = second.value.items.map((item) => passedAt(program, item, call.at));
      return program.call(first.reference, given, call);
    }
    case "map":
    case "imap":
    case "imap_unordered":
    case "map_async":
    case "starmap":
    case "starmap_async":
      return isTable || args.length < 2
        ? null
        : mapped(program, first, args.slice(1), name.startsWith("starmap"), call);
  }
  return null;
}
