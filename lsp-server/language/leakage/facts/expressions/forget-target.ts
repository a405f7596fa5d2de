import type { Expression } from "../../ir.ts";
import { dropEntry } from "../effects/containers/dict-methods.ts";
import { without } from "../effects/without.ts";
import type { Program } from "../program.ts";
import { constantOf } from "../values/kinds.ts";

/** `del name`, `del frame["c"]`, `del held["key"]`. */
export function forgetTarget(program: Program, target: Expression): void {
  const { store } = program;
  if (target.op === "name") store.forget(target.name);
  if (target.op !== "index") return;
  const owner = program.evaluate(target.of);
  const frame = store.read(owner);
  if (frame.entries && frame.kind === "data") {
    dropEntry(program, owner, store.read(program.evaluate(target.index)));
    return;
  }
  const name = constantOf(store.read(program.evaluate(target.index)));
  store.write(owner, typeof name === "string" ? without(frame, [name]) : { ...frame, gone: null });
}
