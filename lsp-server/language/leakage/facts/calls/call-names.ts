import type { Expression, Place } from "../../ir.ts";
import type { Program } from "../program.ts";
import { constantOf, unknown } from "../values/kinds.ts";
import type { Reference } from "../values/reference.ts";
import { brief } from "../values/rows.ts";
import { changeUnfollowed, unfollowed, unknownCall } from "../values/unfollowed.ts";
import type { Constant, Passed, Value } from "../values/value.ts";

type Call = Extract<Expression, { op: "call" }>;

/** `globals()` and its kin: the notebook's names as a dict. */
export const names: Value = { ...unknown, kind: "names" };

/** `globals()[key]`. */
export function readName(program: Program, key: Constant, at: Place): Reference {
  const { store } = program;
  if (typeof key === "string") return program.evaluate({ op: "name", name: key, at });
  const held = [...store.globals().values()].map(store.read).filter(({ kind }) => kind === "data");
  return store.allocate(unfollowed(program, whichName(program, at), held, at));
}

/** `globals()[key] = value`: where nobody knows the key, any table of the notebook may be another now. */
export function bindName(program: Program, key: Constant, reference: Reference, at: Place | null): void {
  const { store } = program;
  if (typeof key === "string") {
    store.bindGlobal(key, reference);
    return;
  }
  if (at === null) return;
  const tables = [...store.globals().values()].filter((one) => store.read(one).kind === "data");
  changeUnfollowed(program, whichName(program, at), tables, at);
}

/** A method of `globals()`. */
export function callNames(
  program: Program,
  owner: Reference,
  name: string,
  args: readonly Passed[],
  call: Call,
): Reference {
  const { store } = program;
  const [first] = args;
  switch (name) {
    case "get":
    case "pop":
    case "__getitem__":
      return readName(program, constantOf(first?.value), call.at);
    case "setdefault":
    case "__setitem__":
      if (args[1]) bindName(program, constantOf(first?.value), args[1].reference, call.at);
      return args[1]?.reference ?? owner;
    case "push":
    case "update":
      for (const arg of args) {
        if (arg.name !== null) store.bindGlobal(arg.name, arg.reference);
        for (const [key, entry] of arg.value.entries ?? [])
          bindName(program, key.startsWith("?") ? undefined : key, entry, call.at);
      }
      return owner;
    case "copy":
      return owner;
    case "keys":
    case "clear":
    case "magic":
    case "run_line_magic":
    case "run_cell_magic":
    case "system":
    case "getoutput":
    case "set_next_input":
    case "enable_matplotlib":
    case "enable_gui":
    case "showtraceback":
      return store.allocate(unknown);
    default: {
      const held = [...store.globals().values()].filter((one) => store.read(one).kind === "data");
      return unknownCall(program, program.textOf(call.callee.at), held.map(store.read), [], call);
    }
  }
}

function whichName(program: Program, at: Place): string {
  return `Which name \`${brief(program.textOf(at)).replaceAll(/\s+/g, " ").replaceAll("`", "'")}\` stands for is not known from the text.`;
}
