import { classes } from "../../api/classes.ts";
import type { Expression } from "../../ir.ts";
import { bindAttribute } from "../expressions/bind-target.ts";
import { readAttribute } from "../expressions/read-attribute.ts";
import type { Program } from "../program.ts";
import { elementsOf } from "../values/derive.ts";
import { unknown } from "../values/traits.ts";
import { changeUnfollowed, notFollowed, unfollowed } from "../values/unfollowed.ts";
import type { Callable, Passed, Reference, Value } from "../values/value.ts";
import { passedAt } from "./arguments.ts";
import { names } from "./call-names.ts";
import { superOf } from "./call-own.ts";
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

/** Functions that call another, or find or make one; null for all others. */
export function callHigherOrder(
  program: Program,
  path: string,
  name: string,
  args: readonly Passed[],
  call: Call,
): Reference | null {
  const { store } = program;
  const [first, second, third] = args;
  // A method by its class: `pd.DataFrame.mean(X)`.
  const of = path.slice(0, -name.length - 1).replace(/^.*\./, "");
  if (first && of !== "" && (frameClasses.has(of) || (classes.has(of) && first.value.model)))
    return program.callAttribute(first.reference, name, args.slice(1), call);
  const callable = (made: Callable): Reference => store.allocate({ ...unknown, callable: made });
  switch (name) {
    case "partial":
    case "curry":
      return first && isCallable(first.value)
        ? callable({ op: "partial", of: first.reference, args: args.slice(1) })
        : null;
    case "delayed":
    case "njit":
    case "jit":
    case "vectorize":
    case "wraps":
    case "lru_cache":
    case "cache":
    case "remote":
      return first && isCallable(first.value) ? first.reference : callable({ op: "hand-on" });
    case "Parallel":
      return callable({ op: "hand-on" });
    case "methodcaller":
      return typeof first?.value.constant === "string"
        ? callable({ op: "caller", name: first.value.constant, args: args.slice(1) })
        : null;
    case "attrgetter":
      return typeof first?.value.constant === "string"
        ? callable({ op: "getter", name: first.value.constant })
        : null;
    case "map":
    case "starmap":
      return first && isCallable(first.value)
        ? mapped(program, first, args.slice(1), name === "starmap", call)
        : null;
    case "reduce":
      return first && second && isCallable(first.value)
        ? reduced(program, first, second, third ?? null, call)
        : null;
    case "apply_along_axis":
      return first && third ? program.call(first.reference, [third, ...args.slice(3)], call) : null;
    case "run":
    case "run_until_complete":
      return path.startsWith("asyncio.") && first ? first.reference : null;
    case "to_thread":
      return first ? program.call(first.reference, args.slice(1), call) : null;
    case "gather":
    case "as_completed":
    case "wait":
    case "compute":
      return /^(asyncio|concurrent|dask|distributed)\b/.test(path)
        ? store.allocate({
            ...unknown,
            items: args.flatMap((arg) => arg.value.items ?? [arg.reference]),
          })
        : null;
    case "getattr":
    case "getattr_static":
      if (!first || !second) return null;
      if (typeof second.value.constant === "string")
        return readAttribute(program, first.reference, second.value.constant, call.at);
      return callable({
        op: "unfollowed",
        of: first.reference,
        what: notFollowed(program.textOf(call.at)),
      });
    case "setattr":
      if (!first || !second || !third) return null;
      if (typeof second.value.constant === "string")
        bindAttribute(program, first.reference, second.value.constant, third.reference);
      else changeUnfollowed(program, notFollowed(program.textOf(call.at)), [first.reference], call.at);
      return store.allocate(unknown);
    case "globals":
    case "locals":
    case "vars":
    case "get_ipython": {
      if (!first || first.value.kind === "names") return store.allocate(names);
      const { entries } = first.value;
      return store.allocate({ ...unknown, entries: entries ?? new Map() });
    }
    case "super":
      return store.allocate(superOf(program));
    case "import_module":
      return typeof first?.value.constant === "string"
        ? store.allocate({ ...unknown, kind: "name", path: first.value.constant })
        : null;
  }
  return null;
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

function mapped(
  program: Program,
  callback: Passed,
  sources: readonly Passed[],
  isStar: boolean,
  call: Call,
): Reference {
  const { store } = program;
  const lists = sources
    .filter((source) => source.name === null)
    // Of a table, the whole of it stands for each of its parts.
    .map(({ value, reference }) => (value.items || value.entries ? elementsOf(program, value) : [reference]));
  const turns = lists.length === 0 ? 0 : Math.min(...lists.map((list) => list.length));
  const answers = Array.from({ length: turns }, (_, at) => {
    const given = lists.flatMap((list) => list.slice(at, at + 1));
    const [only] = given;
    const spread = isStar && only !== undefined ? (store.read(only).items ?? given) : given;
    return program.call(
      callback.reference,
      spread.map((one) => passedAt(program, one, call.at)),
      call,
    );
  });
  const isList = sources.every(({ value }) => value.items !== null || value.entries !== null);
  return isList ? store.allocate({ ...unknown, items: answers }) : (answers[0] ?? store.allocate(unknown));
}

function reduced(
  program: Program,
  callback: Passed,
  source: Passed,
  start: Passed | null,
  call: Call,
): Reference {
  const elements = [...elementsOf(program, source.value)];
  const first = start?.reference ?? elements.shift();
  if (first === undefined) return source.reference;
  return elements.reduce(
    (before, element) =>
      program.call(
        callback.reference,
        [before, element].map((one) => passedAt(program, one, call.at)),
        call,
      ),
    first,
  );
}
